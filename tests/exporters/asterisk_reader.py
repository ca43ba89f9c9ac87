"""A second reader of queues.conf, written after Asterisk's own two parsers (main/config.c, main/app.c, app_queue.c).

It does what Asterisk does, silent mistakes included: comments, the backslash before a semicolon, sections of one name,
quotes and brackets in arguments, penalties by atoi, values cut at 79 octets, one interface once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Member:
    interface: str
    penalty: int
    name: str
    ringinuse: bool


@dataclass
class Section:
    options: dict[str, str] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)


def without_comment(line: str) -> str:
    """process_text_line: a semicolon ends the line; a backslash before it goes and the semicolon stays."""
    start = 0
    while (at := line.find(";", start)) >= 0:
        if at > start and line[at - 1] == "\\":
            line = line[: at - 1] + line[at:]
            start = at
        else:
            assert not line.startswith(";--", at), "a block comment"
            return line[:at]
    return line


def arguments(text: str) -> list[str]:
    """__ast_app_separate_args with remove_chars: quotes go, a backslash makes the next character ordinary."""
    found, current, quoted, parens, brackets, at = [], "", False, 0, 0, 0
    while at < len(text):
        sign = text[at]
        if sign == "\\":
            at += 1
            current += text[at : at + 1]
        elif sign == '"':
            quoted = not quoted
        elif sign == "," and not (quoted or parens or brackets):
            found.append(current)
            current = ""
        else:
            parens = parens + 1 if sign == "(" else max(0, parens - (sign == ")"))
            brackets = brackets + 1 if sign == "[" else max(0, brackets - (sign == "]"))
            current += sign
        at += 1
    return [*found, current]


def kept(value: str) -> str:
    """A field of struct member: 80 octets with the closing zero."""
    return value.encode()[:79].decode("utf-8", errors="surrogateescape")


def member(value: str) -> Member:
    fields = [*arguments(value), "", "", "", "", ""]
    digits = re.match(r"\s*(\d+)", fields[1])
    ringinuse = fields[4].strip() not in ("no", "0", "false", "n", "f", "off")
    return Member(kept(fields[0]), int(digits[1]) if digits else 0, kept(fields[2].strip() or fields[0]), ringinuse)


def read(content: bytes) -> dict[str, Section]:
    """Sections by name; the first of one name counts, the last member of one interface counts."""
    sections: dict[str, Section] = {}
    current = Section()
    for raw in content.decode().split("\n"):
        line = without_comment(raw).strip()
        if line.startswith("["):
            name = line[1 : line.index("]")][:79]
            again = name.casefold() in (known.casefold() for known in sections)
            current = Section() if again else sections.setdefault(name, Section())
        elif line:
            key, sign, value = line.partition("=")
            assert sign, f"no value: {line}"
            value = value.removeprefix(">").strip()
            if key.strip() == "member":
                one = member(value)
                current.members[one.interface.casefold()] = one
            else:
                current.options[key.strip()] = value
    return sections
