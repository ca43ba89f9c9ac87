"""Python's cyclic garbage collector stands still while millions of rows are built.

The rows refer to nothing that refers back, so there is nothing to find, and each search would walk all rows so far:
with 100,000 people that took two fifths of the reading time. Knows nothing of tables.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """No cyclic collection inside; afterwards as before."""
    active = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if active:
            gc.enable()
