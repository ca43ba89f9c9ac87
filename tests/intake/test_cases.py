"""Every folder of tests/cases is a company with something wrong; the complete list of findings is compared."""

import datetime as dt
import shutil
from pathlib import Path

import pytest

from rotation.errors import InputFaults
from rotation.intake import read_all

CASES = Path(__file__).parent.parent / "cases"
TODAY = dt.date(2026, 3, 2)
WINDOW = (dt.datetime(2026, 3, 2, 8, tzinfo=dt.UTC), dt.datetime(2026, 3, 9, 7, tzinfo=dt.UTC))


def overlaid(case: Path, target: Path) -> Path:
    """The base company with the files of a case laid over it, and those of remove.txt taken away."""
    shutil.copytree(CASES / "_base", target)
    shutil.copytree(case, target, dirs_exist_ok=True)
    (target / "expected.txt").unlink(missing_ok=True)
    remove = target / "remove.txt"
    if remove.exists():
        for name in remove.read_text(encoding="utf-8").split():
            (target / name).unlink()
        remove.unlink()
    return target


def findings(folder: Path) -> list[str]:
    """All fault lines, or all warnings when there is no fault."""
    try:
        intake = read_all(folder, folder / "rotation.toml", window=WINDOW, today=TODAY)
    except InputFaults as error:
        return [str(fault) for fault in error.faults]
    return [f"warning: {warning}" for warning in intake.warnings]


@pytest.mark.parametrize("case", sorted(p.name for p in CASES.iterdir() if p.is_dir() and not p.name.startswith("_")))
def test_every_finding_of_a_case_is_reported(case: str, tmp_path: Path) -> None:
    expected = (CASES / case / "expected.txt").read_text(encoding="utf-8")
    found = findings(overlaid(CASES / case, tmp_path / "company"))
    assert "".join(f"{line}\n" for line in found) == expected


def test_the_base_company_is_without_finding(tmp_path: Path) -> None:
    assert findings(overlaid(CASES / "_base", tmp_path / "company")) == []
