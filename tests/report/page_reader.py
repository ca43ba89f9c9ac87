"""Reads a page back with the standard library's parser: an independent witness of what a browser would find."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

VOID = ("meta", "link", "img", "br", "input", "hr", "base", "source")


class Page(HTMLParser):
    """Elements with their attributes, text outside of scripts and styles, and scripts."""

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.styles: list[str] = []
        self.cells: list[str] = []
        self._texts: list[str] = []
        self._open: list[str] = []
        self.feed(content.decode("utf-8"))
        self.close()
        assert not self._open, self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in VOID:
            return
        self._open.append(tag)
        if tag == "script":
            self.scripts.append((dict(attrs), ""))
        if tag in ("td", "th"):
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        inside = self._open[-1] if self._open else ""
        if inside == "script":
            attributes, text = self.scripts[-1]
            self.scripts[-1] = attributes, text + data
        elif inside == "style":
            self.styles.append(data)
        else:
            self._texts.append(data)
            if "td" in self._open or "th" in self._open:
                self.cells[-1] += data

    @property
    def text(self) -> str:
        """What a reader sees of texts."""
        return "".join(self._texts)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    def data(self, script_id: str) -> Any:
        """The JSON of a data block."""
        return json.loads(next(text for attributes, text in self.scripts if attributes.get("id") == script_id))

    @property
    def code(self) -> list[str]:
        """Scripts that run."""
        return [text for attributes, text in self.scripts if "type" not in attributes]
