"""Calendars as libical, the C library behind many desktop calendars, understands them."""

from __future__ import annotations

import ctypes
import ctypes.util
import datetime as dt
import os
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest


@dataclass(frozen=True, order=True)
class Read:
    """What a reader says of an event."""

    uid: str
    start: dt.datetime
    end: dt.datetime
    status: str
    sequence: int
    summary: str = ""
    description: str = ""


@cache
def library() -> Any:
    """The library, or the test is skipped; on CI it must be there."""
    for name in (ctypes.util.find_library("ical"), "libical.so.3"):
        try:
            if name:
                return _declared(ctypes.CDLL(name))
        except OSError:
            continue
    if os.environ.get("CI") == "true":
        pytest.fail("libical is not installed; .ci/run installs it")
    pytest.skip("libical is not installed (apt-get install libical3)")


def _declared(lib: Any) -> Any:
    for name in ("parser_parse_string", "component_get_first_component", "component_get_next_component"):
        getattr(lib, f"ical{name}").restype = ctypes.c_void_p
    for name in ("uid", "summary", "description"):
        getattr(lib, f"icalcomponent_get_{name}").restype = ctypes.c_char_p
    lib.icalcomponent_get_first_property.restype = ctypes.c_void_p
    lib.icalproperty_get_value_as_string.restype = ctypes.c_char_p
    return lib


def _value(lib: Any, event: ctypes.c_void_p, kind: int) -> str:
    prop = lib.icalcomponent_get_first_property(event, kind)
    return lib.icalproperty_get_value_as_string(ctypes.c_void_p(prop)).decode() if prop else ""


def read_by_libical(content: bytes) -> list[Read]:
    """Every event of a calendar, in order."""
    lib = library()
    lib.icalproperty_string_to_kind.argtypes = [ctypes.c_char_p]
    names = ("DTSTART", "DTEND", "STATUS", "SEQUENCE")
    kinds = [lib.icalproperty_string_to_kind(name.encode()) for name in names]
    root = ctypes.c_void_p(lib.icalparser_parse_string(content))
    assert root.value, "libical cannot parse it"
    assert lib.icalcomponent_count_errors(root) == 0
    vevent = lib.icalcomponent_string_to_kind(b"VEVENT")
    found, event = [], lib.icalcomponent_get_first_component(root, vevent)
    while event:
        this = ctypes.c_void_p(event)
        getters = (getattr(lib, f"icalcomponent_get_{name}") for name in ("uid", "summary", "description"))
        uid, *texts = ((getter(this) or b"").decode() for getter in getters)
        start, end, status, sequence = (_value(lib, this, kind) for kind in kinds)
        found.append(Read(uid, _instant(start), _instant(end), status, int(sequence), *texts))
        event = lib.icalcomponent_get_next_component(root, vevent)
    lib.icalcomponent_free(root)
    return found


def _instant(text: str) -> dt.datetime:
    return dt.datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=dt.UTC)
