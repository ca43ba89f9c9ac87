"""A queue_log as Asterisk writes it, and as it should not be."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from rotation.intake.findings import Findings
from rotation.intake.queue_log import Kind, QueueEvent, read_queue_log

LOG = """\
1780300800|NONE|NONE|NONE|QUEUESTART|
1780300801|NONE|repair|Malik Bianchi|ADDMEMBER|
1780300810|1780300809.17|repair|NONE|ENTERQUEUE||2065551234|1
1780300822|1780300809.17|repair|Malik Bianchi|RINGNOANSWER|12000
1780300830|1780300809.17|repair|Malik Bianchi|CONNECT|20|1780300828.18|2
1780301010|1780300809.17|repair|Malik Bianchi|COMPLETECALLER|20|180|1
1780301020|1780301019.20|repair|NONE|ENTERQUEUE||anonymous|1
1780301055|1780301019.20|repair|NONE|ABANDON|1|1|35
1780301060|1780301060.21|repair|Malik Bianchi|BLINDTRANSFER|6200|default|7|90|1
1780301061|1780301060.21|repair|Malik Bianchi|ATTENDEDTRANSFER|BRIDGE|8a3f|7|91|1
1780301070|NONE|repair|Malik Bianchi|PAUSE|lunch
1780301080|NONE|NONE|Malik Bianchi|UNPAUSEALL|
1780301090|1780301090.1|repair|NONE|EXITWITHKEY|2|1|1|9
1780301099|NONE|repair|Malik Bianchi|REMOVEMEMBER|
"""


def read(text: str, zone: str | None = None) -> tuple[tuple[QueueEvent, ...], Findings]:
    found = Findings()
    return read_queue_log(text.encode(), "queue_log", found, ZoneInfo(zone) if zone else None), found


def test_every_event_of_a_day_is_read_with_its_numbers() -> None:
    events, found = read(LOG)
    assert not found.faults and not found.warnings
    assert [event.kind.name for event in events] == [
        "ADD_MEMBER", "ENTER", "RING_NO_ANSWER", "CONNECT", "COMPLETE_CALLER", "ENTER", "ABANDON",
        "BLIND_TRANSFER", "ATTENDED_TRANSFER", "PAUSE", "UNPAUSE_ALL", "EXIT_KEY", "REMOVE_MEMBER",
    ]  # fmt: skip
    connect, complete = events[3], events[4]
    assert connect == QueueEvent(
        dt.datetime(2026, 6, 1, 8, 0, 30, tzinfo=dt.UTC), "1780300809.17", "repair", "Malik Bianchi", Kind.CONNECT,
        20.0, None, 2.0, ("20", "1780300828.18", "2"), 5,
    )  # fmt: skip
    assert (complete.wait_s, complete.talk_s) == (20.0, 180.0)
    assert events[2].ring_s == 12.0
    assert events[6].wait_s == 35.0
    assert [(event.wait_s, event.talk_s) for event in events[7:9]] == [(7.0, 90.0), (7.0, 91.0)]
    assert (events[9].parameters, events[10].queue, events[11].wait_s) == (("lunch",), "", 9.0)


def test_all_faults_come_together_with_row_and_value() -> None:
    events, found = read(
        "yesterday|1.1|repair|NONE|ENTERQUEUE||1|1\n"
        "1780300810|1.2|repair\n"
        "1780300811|1.3|repair|NONE|ABANDON|1|1|-4\n"
        "1780300812|NONE|repair|NONE|ENTERQUEUE||1|1\n"
        "1780300813|1.4|repair|Ann|COMPLETEAGENT|3\n"
        "1780300814|1.5|repair|NONE|ENTERQUEUE||1|1\n"
    )
    assert [event.call_id for event in events] == ["1.5"]
    assert [(fault.row, fault.column, fault.value, fault.message) for fault in sorted(found.faults)] == [
        (1, "time", "yesterday", "is no time of a queue_log"),
        (2, "", "1780300810|1.2|repair", "has 3 fields"),
        (3, "wait time of ABANDON", "-4", "is negative"),
        (4, "", "1780300812|NONE|repair|NONE|ENTERQUEUE||1|1", "ENTERQUEUE names no call"),
        (5, "talk time of COMPLETEAGENT", "", "is missing"),
    ]


def test_words_of_other_applications_are_warned_of_once() -> None:
    events, found = read("1780300810|1.1|repair|NONE|SURVEY|5\n1780300811|1.1|repair|NONE|SURVEY|4\n")
    assert not events and not found.faults
    assert [(w.value, w.message) for w in found.warnings] == [
        ("SURVEY", "is no event of a queue (2 times) and was not read")
    ]


def test_a_last_line_cut_off_is_left_out_with_a_warning() -> None:
    events, found = read(LOG + "1780301100|178")
    assert len(events) == 13 and not found.faults
    assert [warning.row for warning in found.warnings] == [15]


def test_a_clock_time_needs_a_clock_and_the_hour_that_comes_twice_is_told_by_order() -> None:
    text = "".join(
        f"2026-11-01 {clock}.250000|{n}.1|repair|NONE|ENTERQUEUE||1|1\n"
        for n, clock in enumerate(["00:59:00", "01:10:00", "01:50:00", "01:05:00", "01:55:00", "02:01:00"])
    )
    assert {fault.message for fault in read(text)[1].faults} == {"is a clock time of an unknown clock"}
    events, found = read(text, "America/Los_Angeles")
    assert not found.faults
    hours = [event.at.strftime("%H:%M") for event in events]
    assert hours == ["07:59", "08:10", "08:50", "09:05", "09:55", "10:01"]


def test_a_clock_time_that_no_clock_showed_is_a_fault() -> None:
    _, found = read("2026-03-08 02:30:00|1.1|repair|NONE|ENTERQUEUE||1|1\n", "America/Los_Angeles")
    assert [fault.message for fault in found.faults] == ["does not exist on the clock of America/Los_Angeles"]


@given(st.binary(max_size=400))
def test_any_bytes_give_events_or_faults_and_never_an_exception(data: bytes) -> None:
    read_queue_log(data, "queue_log", Findings(), ZoneInfo("Europe/Berlin"))


@given(st.lists(st.lists(st.sampled_from(["1", "-1", "", "x", "NONE", *Kind]), max_size=9), max_size=5))
def test_any_fields_give_events_or_faults_and_never_an_exception(lines: list[list[str]]) -> None:
    text = "\n".join("|".join(["1780300810", *fields]) for fields in lines)
    events, _ = read(text)
    assert all(event.at.tzinfo is not None for event in events)
