"""Colours, light and dark, told apart by colour-blind readers too (Okabe and Ito's set, its yellow darkened)."""

from __future__ import annotations

from typing import Any

QUEUE_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C7A00", "#8A8F98")
QUEUE_PATTERNS = ("", "/", "x", "-", "|", "\\", "+", ".")
STATUS_MARKS = {
    "below": ("#D55E00", "triangle-down"),
    "above": ("#CC79A7", "triangle-up"),
    "inside": ("#009E73", "circle"),
    "exempt": ("#8A8F98", "square-open"),
    "away": ("#8A8F98", "circle-open"),
}
GREY = "#8A8F98"
RULE = "rgba(128,128,128,0.45)"
BLUE = "#0072B2"
ORANGE = "#E69F00"

_SHORT_TO_SURPLUS = {
    "light": ("#A63603", "#E6702E", "#F7B58F", "#E4E9EF", "#A6CEEC", "#4A97CF", "#0B5A94"),
    "dark": ("#FF9A5C", "#D96423", "#8A4116", "#2A323D", "#1F4E73", "#2F7DB5", "#7CC0F0"),
}
_NONE_TO_MANY = {
    "light": ((0.0, "#EEF2F6"), (0.25, "#BBD7EC"), (0.5, "#6FB0DA"), (0.75, "#2A7DB8"), (1.0, "#08406E")),
    "dark": ((0.0, "#1E252E"), (0.25, "#1F4E73"), (0.5, "#2F7DB5"), (0.75, "#5FAFE3"), (1.0, "#C3E3FA")),
}
_INK = {"light": ("#1A2027", "#DDE3EA", "#FFFFFF"), "dark": ("#E7ECF2", "#343D49", "#161B22")}
CLIP = 3


def queue_mark(index: int) -> tuple[str, str]:
    """Colour and pattern of a queue; patterns begin when the colours are used up."""
    pattern = index // len(QUEUE_COLOURS) % len(QUEUE_PATTERNS)
    return QUEUE_COLOURS[index % len(QUEUE_COLOURS)], QUEUE_PATTERNS[pattern]


def steps(colours: tuple[str, ...]) -> list[list[Any]]:
    """A colour scale of equal flat bands."""
    count = len(colours)
    return [[edge / count, colour] for n, colour in enumerate(colours) for edge in (n, n + 1)]


def template(mode: str) -> dict[str, Any]:
    """The plotly template of ``light`` or ``dark``."""
    ink, grid, ground = _INK[mode]
    axis = {"gridcolor": grid, "zerolinecolor": grid, "linecolor": grid, "tickcolor": grid, "automargin": True}
    scale = [list(stop) for stop in _NONE_TO_MANY[mode]]
    return {
        "data": {"heatmap": [{"type": "heatmap", "colorscale": scale}]},
        "layout": {
            "font": {"family": "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif", "size": 12, "color": ink},
            "paper_bgcolor": ground,
            "plot_bgcolor": ground,
            "xaxis": axis,
            "yaxis": axis,
            "coloraxis": {"colorscale": steps(_SHORT_TO_SURPLUS[mode]), "showscale": False},
            "hoverlabel": {"align": "left", "bgcolor": ground, "bordercolor": grid, "font": {"color": ink, "size": 13}},
            "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
            "margin": {"l": 8, "r": 16, "t": 28, "b": 8},
            "dragmode": False,
        },
    }


def ramp(mode: str) -> tuple[str, ...]:
    """The seven colours from three missing to three too many."""
    return _SHORT_TO_SURPLUS[mode]
