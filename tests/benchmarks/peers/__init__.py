"""Other ways to plan the same week: each takes the compiled week and gives back shifts, nothing more.

A peer's ``solve(case, instance, seconds)`` returns rows (employee, queue, first interval, length) and its proven bound,
or None where it proves nothing. What a plan is worth is not the peer's to say.
"""
