"""The policy file (TOML) -> ``Policy``, every fault with the line and the dotted key."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from rotation.company import ClockSpan, Policy
from rotation.intake.closest import Closest
from rotation.intake.explain import allowed_of, message_of
from rotation.intake.findings import Findings
from rotation.intake.folder import read_bytes

LARGEST_POLICY = 1_000_000


def read_policy(path: Path) -> Policy:
    """Read a policy file.

    Args:
        path: the TOML file, UTF-8.

    Returns:
        The policy; what the file leaves out has its default.

    Raises:
        InputFaults: every fault of the file.
    """
    found = Findings()
    text = _text(path, found)
    policy = None if text is None else _policy(text, path.name, found)
    found.raise_faults()
    assert policy is not None
    return policy


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _text(path: Path, found: Findings) -> str | None:
    data = read_bytes(path, path.name, found)
    if data is None:
        return None
    if len(data) > LARGEST_POLICY:
        found.fault(path.name, 0, "", f"{len(data)} bytes", "is too large", f"at most {LARGEST_POLICY:,} bytes")
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        found.fault(path.name, row, "", "", f"byte 0x{data[error.start]:02X} is not UTF-8", "UTF-8 text")
        return None


def _policy(text: str, file: str, found: Findings) -> Policy | None:
    try:
        values = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"\(at line (\d+), column \d+\)", str(error))
        row = int(place[1]) if place else text.count("\n") + 1
        found.fault(file, row, "", "", f"is not TOML: {error}", "TOML 1.0")
        return None
    try:
        return Policy.model_validate(values)
    except ValidationError as error:
        lines = _lines_of_keys(text)
        for detail in error.errors(include_url=False):
            _note(detail, file, lines, found)
        return None


def _note(detail: ErrorDetails, file: str, lines: dict[str, int], found: Findings) -> None:
    path = detail["loc"]
    key = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
    row = lines.get(key, 0) or lines.get(".".join(key.split(".")[:-1]), 0)
    value = "" if isinstance(detail["input"], dict | list | BaseModel) else _as_toml(detail["input"])
    if detail["type"] == "extra_forbidden":
        known = _keys(path[:-1])
        hint = Closest(known).hint(str(path[-1]))
        found.fault(file, row, key, value, f"unknown key{hint}", ", ".join(known))
        return
    field = _field(path)
    found.fault(file, row, key, value, message_of(detail), allowed_of(field) if field else "")


def _as_toml(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _model(path: tuple[int | str, ...]) -> type[BaseModel] | None:
    """The section that a path leads to: the policy, a section of it, or one of its unpleasant spans."""
    if not path:
        return Policy
    if path[0] == "unpleasant":
        return ClockSpan
    field = Policy.model_fields.get(str(path[0]))
    kind = field.annotation if field else None
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _keys(path: tuple[int | str, ...]) -> list[str]:
    model = _model(path)
    return list(model.model_fields) if model else []


def _field(path: tuple[int | str, ...]) -> FieldInfo | None:
    names = [part for part in path if isinstance(part, str)]
    if len(names) < len(path) and len(names) == 1:
        return None
    model = _model(path[:-1]) if len(names) > 1 else Policy
    return model.model_fields.get(names[-1] if len(names) < 3 else names[1]) if model and names else None


def _lines_of_keys(text: str) -> dict[str, int]:
    """The line of each dotted key, for files written in the usual way: one key a line under its section."""
    lines: dict[str, int] = {}
    section, spans = "", 0
    for n, line in enumerate(text.splitlines(), start=1):
        if many := re.match(r"\s*\[\[\s*([\w-]+)\s*\]\]", line):
            spans += 1
            section = f"{many[1]}.{spans}"
            lines.setdefault(section, n)
        elif one := re.match(r"\s*\[\s*([\w.-]+)\s*\]", line):
            section = one[1]
            lines.setdefault(section, n)
        elif key := re.match(r"\s*([\w.-]+)\s*=", line):
            lines.setdefault(f"{section}.{key[1]}".strip("."), n)
    return lines
