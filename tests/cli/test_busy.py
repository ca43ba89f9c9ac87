"""``rotation busy``: the busy times as JSON, or one clear error; no bad file is taken for a free week."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from rotation.cli.main import main
from rotation.intake import calendar_limit

FROM, TO = "2026-11-30T00:00-08:00", "2026-12-07T00:00-08:00"
EVENT = "UID:a|DTSTART:20261201T170000Z|DTEND:20261201T180000Z"
SERIES = "UID:a|DTSTART:20251201T170000Z|DTEND:20251201T180000Z|RRULE:"
TUESDAY = ["2026-12-01T17:00:00Z", "2026-12-01T18:00:00Z"]
ENDLESS_ZONE = (
    "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:19700101T000000\nRRULE:FREQ=SECONDLY\n"
    "TZOFFSETFROM:+0000\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n"
)


def calendar(*events: str, head: str = "") -> bytes:
    """A calendar of events, whose lines are separated by ``|``."""
    bodies = "".join("BEGIN:VEVENT\n" + event.replace("|", "\n") + "\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{bodies}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def busy(folder: Path, data: bytes, *options: str, tz: str = "America/Los_Angeles") -> Result:
    (folder / "x.ics").write_bytes(data)
    arguments = ["busy", str(folder / "x.ics"), "--tz", tz, "--from", FROM, "--to", TO, *options]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code in (0, 2) and "Traceback" not in result.output
    return result


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (b"<!doctype html><html><body>Sign in</body></html>", "is a web page"),
        (b'{"items": []}', "is JSON"),
        (b"[]", "is JSON"),
        (gzip.compress(calendar(EVENT)), "is compressed"),
        (calendar(EVENT).decode().encode("utf-16"), "is UTF-16"),
        (calendar(EVENT).decode().encode("utf-16-le"), "does not begin with"),
        (bytes(range(256)), "does not begin with"),
        (calendar(EVENT)[:-20], "closes nothing that is open"),
        (calendar(EVENT)[:70], "is cut off"),
        (calendar(EVENT).removesuffix(b"END:VCALENDAR\r\n"), "is cut off"),
        (calendar(EVENT) + b"<html>", "stands outside of the calendar"),
        (calendar(EVENT + "|SUMMARY:\0"), "has a NUL byte"),
        (calendar(EVENT + "|DESCRIPTION:" + "x" * 10_000_000), "at most 10,000,000 bytes"),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * 1000 + b"END:X\n" * 1000 + b"END:VCALENDAR\n", "nested too deeply"),
        (b"BEGIN:VCALENDAR\n" * 1000, "lies inside VCALENDAR"),
        (calendar(head=f"BEGIN:VTODO\n{calendar(EVENT).decode()}END:VTODO\n"), "lies inside"),
        (calendar(SERIES + "FREQ=SECONDLY"), "repeats SECONDLY"),
        (calendar(SERIES + "FREQ=MINUTELY;COUNT=3"), "repeats MINUTELY"),
        (calendar(SERIES + "FREQ=DAILY;INTERVAL=0"), "INTERVAL=0"),
        (calendar(SERIES + "FREQ=DAILY;COUNT=0"), "COUNT=0"),
        (calendar(SERIES + "FREQ=DAILY;COUNT=-1"), "COUNT=-1"),
        (calendar(SERIES + "FREQ=DAILY;INTERVAL=99999999999999999999"), "RRULE cannot be read"),
        (calendar(SERIES + "RSCALE=CHINESE;FREQ=DAILY"), "cannot be expanded"),
        (calendar(SERIES), "repeats ?"),
        (calendar(EVENT + "|RDATE:" + ",".join(["20261202T170000Z"] * 100_000)), "more than 20,000 dates"),
        (calendar(EVENT + "|RDATE:soon"), "RDATE cannot be read"),
        (calendar("UID:a|DTSTART:20261201T180000Z|DTEND:20261201T170000Z"), "before it starts"),
        (calendar("UID:a|DTSTART:20261201T17\x010000Z|DURATION:PT1H"), "DTSTART cannot be read"),
        (calendar("UID:a|DTSTART:20261201T170000Z|DURATION:1 hour"), "DURATION cannot be read"),
        (calendar("UID:a|SUMMARY:no start"), "has no DTSTART"),
        (calendar("UID:a|DTSTART;VALUE=TIME:170000Z|DURATION:PT1H"), "has no DTSTART"),
        (calendar(head="BEGIN:VFREEBUSY\nFREEBUSY 20261202T180000Z/PT1H\nEND:VFREEBUSY\n"), "is not a content line"),
        (calendar(head="BEGIN:VFREEBUSY\nFREEBUSY:yes\nEND:VFREEBUSY\n"), "cannot be read"),
        (calendar(EVENT, head=ENDLESS_ZONE.replace("+0100", "+9900")), "cannot be expanded"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_trusted_is_an_error(data: bytes, message: str, tmp_path: Path) -> None:
    result = busy(tmp_path, data)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "x.ics" in result.stderr and message in result.stderr


@pytest.mark.parametrize(
    ("data", "warning"),
    [
        (calendar(EVENT), ""),
        (calendar(EVENT) * 2, ""),
        (calendar(EVENT, EVENT), ""),
        (b"\xef\xbb\xbf" + calendar(EVENT).replace(b"\r\n", b"\n"), ""),
        (calendar(EVENT).replace(b"\r\n", b"\r"), ""),
        (calendar(EVENT + "|SUMMARY:a\x01\x07\x1b\x0b\x0c\x85\u2028b"), ""),
        (calendar(EVENT + "|SUMMARY:Müller\\, \"J\"\\; \\\\ 👩‍💻\\n"), ""),
        (calendar(EVENT + "|SUMMARY:B").replace(b"SUMMARY:B", b"SUMMARY:B\xf6\xff"), "read as Windows-1252"),
        (calendar(EVENT + "|a line that was never folded"), "cannot be read"),
        (calendar(EVENT.replace("DTSTART", "begin:valarm|end:valarm|dtstart")), ""),
        (calendar("UID:a|DTSTART;TZID=Mars/Base:20261201T090000|DURATION:PT1H"), "not a known time zone"),
        (calendar("UID:a|DTSTART;TZID=X:20261201T090000|DURATION:PT1H", head=ENDLESS_ZONE), "cannot be read"),
        (calendar("UID:a|DTSTART:20261201T090000|DURATION:PT1H", head="X-WR-TIMEZONE:Nowhere\n"), "Nowhere"),
        (calendar('UID:a|DTSTART;X-A=1;TZID="America/New_York";X-B="a;b:c":20261201T120000|DURATION:PT1H'), ""),
        (calendar(SERIES + "FREQ=YEARLY"), ""),
        (calendar(*[EVENT.replace("UID:a", f"UID:{n}") + "|DESCRIPTION:" + "x" * 100 for n in range(5000)]), ""),
    ],
)  # fmt: skip
def test_what_can_be_read_is_read_and_doubts_are_said(data: bytes, warning: str, tmp_path: Path) -> None:
    result = busy(tmp_path, data)
    assert result.exit_code == 0, result.stderr
    assert json.loads(result.stdout) == [TUESDAY]
    assert warning in result.stderr if warning else not result.stderr


def test_times_are_cut_to_the_window_and_merged(tmp_path: Path) -> None:
    data = calendar(
        "UID:a|DTSTART:20261129T000000Z|DTEND:20261130T090000Z",
        "UID:b|DTSTART:20261130T090000Z|DTEND:20261130T093000Z",
        "UID:c|DTSTART:20261207T070000Z|DTEND:99991231T000000Z",
        "UID:d|DTSTART:20261208T070000Z|DTEND:20261208T080000Z",
    )
    assert json.loads(busy(tmp_path, data).stdout) == [
        ["2026-11-30T08:00:00Z", "2026-11-30T09:30:00Z"],
        ["2026-12-07T07:00:00Z", "2026-12-07T08:00:00Z"],
    ]


@pytest.mark.parametrize(
    ("lines", "options", "is_busy"),
    [
        ("DTSTART:20261201T170000Z|DURATION:PT1H|STATUS:TENTATIVE", (), False),
        ("DTSTART:20261201T170000Z|DURATION:PT1H|STATUS:TENTATIVE", ("--tentative", "busy"), True),
        ("DTSTART:20261201T170000Z|DURATION:PT1H|TRANSP:TRANSPARENT", (), False),
        ("DTSTART:20261201T170000Z|DURATION:PT1H|TRANSP:TRANSPARENT", ("--marked-free", "busy"), True),
        ("DTSTART:20261201T170000Z|DURATION:PT1H|TRANSP:TRANSPARENT", ("--all-day", "busy"), False),
        ("DTSTART:20261201T170000Z|DURATION:PT1H|STATUS:CANCELLED", ("--marked-free", "busy"), False),
        ("DTSTART;VALUE=DATE:20261201", (), True),
        ("DTSTART;VALUE=DATE:20261201", ("--all-day", "free"), False),
        ("DTSTART;VALUE=DATE:20261201|TRANSP:TRANSPARENT", (), False),
        ("DTSTART;VALUE=DATE:20261201|TRANSP:TRANSPARENT", ("--all-day", "busy"), True),
        ("DTSTART;VALUE=DATE:20261201|TRANSP:TRANSPARENT", ("--marked-free", "busy"), True),
    ],
)
@pytest.mark.parametrize("extra", ["", "|RDATE:20200101T000000Z"], ids=["usual", "by the libraries"])
def test_the_choices_for_a_calendar_decide_what_counts(
    lines: str, options: tuple[str, ...], is_busy: bool, extra: str, tmp_path: Path
) -> None:
    if "VALUE=DATE" in lines:
        extra = extra.replace("RDATE:20200101T000000Z", "RDATE;VALUE=DATE:20200101")
    assert bool(json.loads(busy(tmp_path, calendar(f"UID:a|{lines}{extra}"), *options).stdout)) == is_busy


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--tz", "Mars/Base", "--from", FROM, "--to", TO], "is not an IANA time zone"),
        (["--tz", "America/Los_Angles", "--from", FROM, "--to", TO], "did you mean 'America/Los_Angeles'"),
        (["--tz", "UTC", "--from", TO, "--to", FROM], "is not before"),
        (["--tz", "UTC", "--from", FROM, "--to", FROM], "is not before"),
        (["--tz", "UTC", "--from", "monday", "--to", TO], "is not an instant"),
        (["--tz", "UTC", "--from", "2026-11-30T00:00", "--to", TO], "write 2026-11-30T00:00+00:00"),
        (["--tz", "UTC", "--from", FROM], "--to"),
    ],
)
def test_a_question_that_cannot_be_asked_is_an_error(arguments: list[str], message: str, tmp_path: Path) -> None:
    (tmp_path / "x.ics").write_bytes(calendar(EVENT))
    result = CliRunner().invoke(main, ["busy", str(tmp_path / "x.ics"), *arguments])
    assert result.exit_code == 2 and message in result.stderr and not result.stdout


@pytest.mark.parametrize("path", ["missing.ics", ".", "/dev/zero"])
def test_what_is_no_file_is_an_error(path: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["busy", str(tmp_path / path), "--tz", "UTC", "--from", FROM, "--to", TO])
    assert result.exit_code == 2 and not result.stdout


def test_reading_ends_when_the_time_is_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A day that no year has, searched for since 1900 in four hundred series.
    rule = "DTSTART:19000101T000000Z|DURATION:PT1H|RRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMONTH=2;BYMONTHDAY=30"
    monkeypatch.setattr("rotation.cli.commands.busy.LONGEST_S", 0.3)
    result = busy(tmp_path, calendar(*[f"UID:{n}|{rule}" for n in range(400)]))
    assert result.exit_code == 2 and "takes more than 0.3 seconds" in result.stderr
    assert calendar_limit.LONGEST_S <= 10
