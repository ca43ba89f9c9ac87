"""This project's own search, by the call that ``rotation plan`` makes."""

from __future__ import annotations

import time

import numpy as np

from rotation.plan import Case
from rotation.solve.compiling import compile_ahead
from rotation.solve.instance import Instance
from rotation.solve.search import Search
from rotation.solve.settings import SearchSettings, Watch


def prepare() -> None:
    """Load the compiled code, as the command does before its clock starts."""
    compile_ahead()


def solve(_case: Case, instance: Instance, seconds: float) -> tuple[np.ndarray, int | None]:
    """Search until nothing better can exist or the time is up."""
    search = Search(instance, SearchSettings(time_limit_s=seconds, gap=0.0, workers=2), Watch(time.monotonic))
    search.run()
    return search.roster.flat(), search.bound
