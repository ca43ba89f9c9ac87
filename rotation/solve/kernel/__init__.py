"""The compiled heart: one employee's cheapest week at given prices, and sweeps of it over all employees.

Knows arrays only, no rule by name. Compiled by numba on first use and kept in its cache; releases the interpreter's
lock, so that threads share the work.
"""
