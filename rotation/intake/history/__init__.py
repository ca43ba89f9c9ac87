"""A raw call history as switches and warehouses export it -> one clean frame, with counts of what was left out and why.

The company folder's call_history.csv is strict: a fault refuses it. Raw exports are never in order; here each unusable
row is counted, and only what makes the whole file unusable is a fault.
"""

from rotation.intake.history.dropped import Dropped
from rotation.intake.history.reading import RawHistory, read_raw_history

__all__ = ["Dropped", "RawHistory", "read_raw_history"]
