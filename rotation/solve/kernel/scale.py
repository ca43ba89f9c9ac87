"""Numbers that all of the kernel agrees on."""

SCALE = 256
"""Costs inside the kernel are whole multiples of 1/256 point, so that bounds are exact."""
BLOCKED = 1 << 42
"""A price that no legal cell has; prefix sums of a whole week of it stay below 2**52."""
UNREACHABLE = 1 << 55
"""A cost that no week has."""
LINEAR = -1
"""In the place of a penalty: every unit of a row costs its price, however many there are."""
PART = 16
"""Activities that guide a descent are whole multiples of 1/PART unit."""
