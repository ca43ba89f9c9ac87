"""rotation plans who in a company answers which telephone queue when.

The way of the data: company tables and calendars become one validated ``Company``; with a week, a staffing
requirement and a fairness ledger it is a ``Case``; the rules declare themselves on the case; the solver answers with
a ``Plan``; an independent audit judges the plan; exporters and reports render it.
"""

__version__ = "0.1.0"
