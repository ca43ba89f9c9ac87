"""A picture: a plotly figure with a fixed id, a caption and its content in words for those who do not see it."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from rotation.report.spelling import plain

LONGEST_LABEL = 60


@dataclass(frozen=True)
class Picture:
    """A figure for the page.

    Args:
        picture_id: fixed id, unique on the page.
        title: heading.
        caption: what to see in it, one or two sentences.
        alt: the content in words, for screen readers.
        height_px: height.
        figure: data and layout as plotly.js takes them, of lists, numbers and texts only.
    """

    picture_id: str
    title: str
    caption: str
    alt: str
    height_px: int
    figure: dict[str, Any]


def drawn(traces: list[Any], layout: dict[str, Any], height_px: int) -> dict[str, Any]:
    """Build and check a figure; the page adds the theme, so that light and dark share the data.

    Args:
        traces: plotly traces.
        layout: plotly layout without colours.
        height_px: height.
    """
    figure = go.Figure(data=traces, layout={"height": height_px, **layout})
    content: dict[str, Any] = figure.to_plotly_json()
    content["layout"].pop("template", None)
    return content


def label(text: str, longest: int = LONGEST_LABEL) -> str:
    """A text of the input as plotly shows it literally: plotly reads a subset of HTML in every label and hover.

    Args:
        text: any text.
        longest: characters from which on it is cut.
    """
    flat = " ".join(plain(text).split())
    short = flat if len(flat) <= longest else flat[: longest - 1] + "…"
    return html.escape(short, quote=False)


def distinct(names: list[str], ids: list[str]) -> list[str]:
    """Labels for an axis of categories: names, with the id where two names are equal."""
    shown = [label(name) for name in names]
    return [text if shown.count(text) == 1 else f"{text} ({label(key)})" for text, key in zip(shown, ids, strict=True)]
