"""Three releases imported into khal one after the other end in the last one's schedule exactly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from icalendar import Calendar

from rotation.exporters import exporters
from rotation.store import Store
from tests.store.test_releases import add
from tests.store.weeks import BEFORE, FIRST

from .test_caldav import HOUR, SECOND, THIRD

CONFIG = """[calendars]
[[work]]
path = {folder}/work
type = calendar
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = UTC
default_timezone = UTC
[sqlite]
path = {folder}/khal.db
[default]
default_calendar = work
"""


def khal(folder: Path, *words: str) -> str:
    program = [sys.executable, "-m", "khal", "-c", str(folder / "khal.conf"), *words]
    environment = {**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(program, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_three_releases_imported_end_in_the_last_ones_schedule(tmp_path: Path) -> None:
    if subprocess.run([sys.executable, "-c", "import khal"], check=False).returncode:
        if os.environ.get("CI") == "true":
            pytest.fail("khal is not installed; it belongs to the extra `test`")
        pytest.skip("khal is not installed (pip install khal)")
    (tmp_path / "work").mkdir()
    (tmp_path / "khal.conf").write_text(CONFIG.format(folder=tmp_path))
    with Store.open(str(tmp_path / "store.sqlite")) as store:
        for number, texts in enumerate((FIRST, SECOND, THIRD)):
            release = add(store, *texts, parent=number, at=BEFORE + number * HOUR)
            files = exporters()["ical_employee"].render(release.edition)
            for name, content in files.items():
                (tmp_path / "one.ics").write_bytes(content)
                if b"BEGIN:VEVENT" in content:
                    khal(tmp_path, "import", "--batch", "-a", "work", str(tmp_path / "one.ics"))
                assert name.startswith("ical/employees/")
    stored = [e for f in (tmp_path / "work").glob("*.ics") for e in Calendar.from_ical(f.read_bytes()).walk("VEVENT")]
    assert len(stored) == len({str(event["UID"]) for event in stored})
    standing = {(str(e["UID"]), e.start, e.end, int(e["SEQUENCE"])) for e in stored if e["STATUS"] == "CONFIRMED"}
    assert standing == {(f"{s.shift_id}@rotation", s.start, s.end, s.sequence) for s in release.shifts}
    assert {str(e["UID"]) for e in stored if e["STATUS"] == "CANCELLED"} >= {
        f"{shift.shift_id}@rotation" for shift in release.cancelled
    }
    week = release.edition.case.horizon
    form = "{uid}|{start}|{end}|{status}"
    shown = khal(tmp_path, "list", "-df", "", "-f", form, f"{week.start:%Y-%m-%d}", f"{week.end:%Y-%m-%d}")
    for shift in release.shifts:
        assert f"{shift.shift_id}@rotation|{shift.start:%Y-%m-%d %H:%M}|{shift.end:%Y-%m-%d %H:%M}|" in shown
