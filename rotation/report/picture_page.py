"""A page of sections with tables and pictures, self-contained like the week's page. Knows nothing of what they show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rotation.report.figures.picture import Picture
from rotation.report.html import page_parts, rendered_template


@dataclass(frozen=True)
class Grid:
    """A table.

    Args:
        caption: what it shows.
        header: column headings; the first column names the rows.
        rows: cells in words.
        numeric: whether the other columns are numbers.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: bool = True


@dataclass(frozen=True)
class Section:
    """A part of the page: a heading, then paragraphs, tables and pictures."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    pictures: tuple[Picture, ...] = ()


def picture_page(title: str, lead: str, sections: Sequence[Section]) -> bytes:
    """Render a page.

    Args:
        title: its heading.
        lead: one line below it.
        sections: its parts, in order.

    Returns:
        UTF-8 HTML that needs no network.
    """
    pictures = [picture for section in sections for picture in section.pictures]
    content = {"title": title, "lead": lead, "sections": sections, **page_parts(pictures)}
    return rendered_template("pictures.html.j2", content)
