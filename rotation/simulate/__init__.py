"""A plan tried on callers: a compiled discrete-event simulation of every queue, agent and caller of a week.

Arrays in, arrays out; seeds are arguments. Knows the routing table, not how it was planned or how results are shown.
"""
