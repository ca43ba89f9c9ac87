"""Renders an edition as one self-contained page; pure: the same edition gives the same bytes. Knows no wording."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from rotation.plan import Edition
from rotation.report.figures import theme
from rotation.report.figures.coverage import coverage_pictures
from rotation.report.figures.fairness import fairness_picture
from rotation.report.figures.gantt import gantt_pictures, is_crowded
from rotation.report.figures.participation import participation_picture
from rotation.report.figures.picture import Picture
from rotation.report.figures.trace import trace_picture
from rotation.report.figures.week_axis import WeekAxis
from rotation.report.headline import headline, terms
from rotation.report.page import clash_rows, coverage_days, not_inside_rows, queue_legend, shortage_rows
from rotation.report.service import Service, service_pictures
from rotation.report.service_words import missed_rows, service_days, service_words
from rotation.report.spelling import decimal, hours, moment, plain, share, whole


def render(edition: Edition, service: Service | None = None) -> bytes:
    """The week's page.

    Args:
        edition: the judged plan.
        service: what a simulation expects of it; None leaves the section out.

    Returns:
        UTF-8 HTML that needs no network: plotly.js, style, data and script are inside, and a content security policy
        lets only those two scripts run.
    """
    return rendered_template("report.html.j2", _content(edition, service))


def rendered_template(name: str, content: dict[str, Any]) -> bytes:
    """A template with its content, as UTF-8."""
    return _environment().get_template(name).render(content).encode("utf-8", "replace")


def page_parts(pictures: Sequence[Picture]) -> dict[str, Any]:
    """What every page with pictures needs inside: style, plotly.js, the pictures' data, the scripts' hashes."""
    return {
        "pictures": [(picture.picture_id, _embedded(picture.figure)) for picture in pictures],
        "themes": _embedded({mode: theme.template(mode) for mode in ("light", "dark")}),
        "style": Markup(_shipped("style.css")),
        "plotly_js": Markup(_plotly_js()),
        "draw_js": Markup(_shipped("draw.js")),
        "script_hashes": [_csp_hash(_plotly_js()), _csp_hash(_shipped("draw.js"))],
    }


def _content(edition: Edition, service: Service | None) -> dict[str, Any]:
    coverage, gantt = coverage_pictures(edition), gantt_pictures(edition)
    participation, fairness, trace = participation_picture(edition), fairness_picture(edition), trace_picture(edition)
    expected = service_pictures(service) if service else ()
    pictures = [*coverage, *expected, *gantt, participation, fairness, *([trace] if trace else [])]
    return {
        "headline": headline(edition),
        "stamped": edition.stamped_at.astimezone(edition.case.horizon.zone),
        "search": edition.search,
        "terms": terms(edition.points, edition.case.company.policy.weights),
        "clashes": clash_rows(edition),
        "coverage": coverage,
        "coverage_days": coverage_days(edition),
        "service": service_days(service) if service else (),
        "service_pictures": expected,
        "service_words": service_words(service) if service else "",
        "service_missed": missed_rows(service) if service else (),
        "shortages": shortage_rows(edition),
        "gantt": gantt,
        "crowded": is_crowded(edition),
        "whole_days": WeekAxis(edition).whole_days,
        "queues": queue_legend(edition),
        "participation": participation,
        "not_inside": not_inside_rows(edition),
        "fairness": fairness,
        "trace": trace,
        "ramps": {mode: theme.ramp(mode) for mode in ("light", "dark")},
        **page_parts(pictures),
    }


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("rotation.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: plain(value) if type(value) is str else value,
    )
    environment.filters.update(moment=moment, hours=hours, whole=whole, share=share, decimal=decimal)
    return environment


def _embedded(content: object) -> Markup:
    """JSON that cannot end its script element: every <, >, & and ' is escaped, keys are in order."""
    return Markup(htmlsafe_json_dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False))


@lru_cache(maxsize=2)
def _shipped(name: str) -> str:
    return resources.files("rotation.report").joinpath("templates", name).read_text("utf-8").replace("\r", "")


@lru_cache(maxsize=1)
def _plotly_js() -> str:
    return str(get_plotlyjs()).replace("\r", "").replace("</script", "<\\/script")


def _csp_hash(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
