from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rotation.plan import Edition, Plan
from rotation.report.html import render
from rotation.report.spelling import plain
from tests.report.autumn_week import NASTY, NASTY_DEPARTMENT, edition
from tests.report.page_reader import Page


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(render(edition()))


def renamed(name: str) -> Edition:
    made = edition()
    people = tuple(dataclasses.replace(person, name=name) for person in made.case.company.employees)
    company = dataclasses.replace(made.case.company, employees=people)
    return dataclasses.replace(made, case=dataclasses.replace(made.case, company=company))


def test_the_same_edition_gives_the_same_bytes() -> None:
    assert render(edition()) == render(edition())


def test_the_headline_tells_the_editions_numbers(page: Page) -> None:
    made = edition()
    missing = made.coverage.shortage.sum() / 2
    for expected in ("2026-W44", "169 hours", "Sun 1 Nov", "America/Los_Angeles", "777", "9.91\u00a0%", f"{missing:g}"):
        assert expected in page.text
    inside = sum(row.status == "inside" for row in made.participation)
    assert f"{inside}\u202f/\u202f4" in page.text or f"{inside} / 4" in page.text


def test_nothing_is_asked_of_the_network(page: Page) -> None:
    assert not [tag for tag, _ in page.elements if tag in ("link", "img", "iframe", "object", "embed", "base", "form")]
    for _, attributes in page.elements:
        for name in ("src", "srcset", "action", "poster", "data", "background"):
            assert name not in attributes
        assert (attributes.get("href") or "#").startswith("#")
        assert not [name for name in attributes if name.startswith("on")]
    assert not re.search(r"url\(|@import", "".join(page.styles))


def test_only_the_two_shipped_scripts_may_run(page: Page) -> None:
    policy = next(str(row["content"]) for row in page.all("meta") if row.get("http-equiv") == "Content-Security-Policy")
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in page.code]
    assert "default-src 'none'" in policy
    assert "connect-src" not in policy
    assert re.findall(r"'sha256-([^']+)'", policy) == hashes
    assert "unsafe-inline" not in policy.partition("script-src")[2]
    assert len(page.code) == 2
    assert sum("plotly.js v" in text for text in page.code) == 1


def test_nasty_names_are_text_and_nothing_else(page: Page) -> None:
    assert f"{NASTY} (E2)" in page.cells
    assert NASTY in page.cells
    assert NASTY_DEPARTMENT in page.text
    assert "no <i>skill</i>" in page.cells
    plots = [row for row in page.all("div") if row.get("class") == "plot"]
    assert len(page.scripts) == len(plots) + 3


def test_nasty_names_are_literal_for_plotly_too(page: Page) -> None:
    texts = [text for attributes, text in page.scripts if attributes.get("type") == "application/json"]
    assert all("<" not in text and ">" not in text and "&" not in text for text in texts)
    bars = [bar for bar in page.data("gantt-0-figure")["data"] if bar["name"] == "desk"]
    hover = next(text for text in bars[0]["hovertext"] if "(E2)" in text)
    assert "&lt;script&gt;" in hover
    assert set(re.findall(r"<[^>]*>", hover)) == {"<b>", "</b>", "<br>"}
    assert "%{" not in bars[0]["hovertemplate"].replace("%{hovertext}", "")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=30) | st.sampled_from(["]]>", "<!--<script>", "\\u003c"])
)
def test_any_name_leaves_the_page_whole(name: str) -> None:
    read = Page(render(renamed(name)))
    assert f"{plain(name)} (E2)" in read.cells
    assert len(read.code) == 2


def test_clashes_stand_above_all_numbers(page: Page) -> None:
    assert page.text.index("2 clashes: this plan must not be released") < page.text.index("Missing agent-hours")
    clean = Page(render(edition(clashes=False)))
    assert "must not be released" not in clean.text
    assert "Feasible" in clean.text


def test_tables_tell_who_is_outside_and_where_it_is_short(page: Page) -> None:
    for expected in (
        "below",
        "exempt",
        "nobody <b>certified</b> works then",
        "16\u00a0h",
        "14\u00a0h",
        "Excused Person",
    ):
        assert expected in page.cells
    assert "Ann Lee" not in page.cells or "inside" not in page.cells


def test_the_page_can_be_read_without_eyes(page: Page) -> None:
    assert page.all("html") == [{"lang": "en"}]
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    plots = [row for row in page.all("div") if row.get("class") == "plot"]
    assert plots
    assert all(len(str(row["aria-label"])) > 30 and row["role"] == "img" for row in plots)
    assert len(page.all("caption")) == len(page.all("table"))
    assert len(page.all("figcaption")) == len(page.all("figure")) == len(plots)
    assert all("scope" in row for row in page.all("th"))
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    labels = [row.get("aria-labelledby") for _, row in page.elements if "aria-labelledby" in row]
    assert set(labels) <= set(ids)


def test_every_plot_has_its_figure_and_there_is_a_dark_theme(page: Page) -> None:
    for row in page.all("div"):
        if row.get("class") == "plot":
            figure = page.data(f"{row['id']}-figure")
            assert figure["data"]
            assert "template" not in figure["layout"]
    assert set(page.data("themes")) == {"light", "dark"}


def test_a_week_without_shifts_people_or_search_renders() -> None:
    made = edition(clashes=False)
    bare = dataclasses.replace(
        made,
        plan=Plan(()),
        shortages=(),
        points={},
        search=dataclasses.replace(made.search, trace=(), objective=0, lower_bound=0, versions={}),
    )
    company = dataclasses.replace(made.case.company, employees=(), departments=(), queues=(), exemptions=())
    horizon = made.case.horizon
    empty = dataclasses.replace(
        made.case,
        company=company,
        required=made.case.required[:0],
        core=made.case.core[:0],
        is_open=made.case.is_open[:0],
    )
    assert "The search left no trace." in Page(render(bare)).text
    deserted = dataclasses.replace(bare, case=empty, participation=())
    assert str(horizon.week) in Page(render(deserted)).text
