"""An adjustment says one thing of a stretch of time: a factor or calls, with a reason, on the grid."""

from __future__ import annotations

from itertools import pairwise

from rotation.intake.crosscheck import Question
from rotation.intake.findings import Findings
from rotation.intake.site_grid import interval_start


def adjustments(question: Question, found: Findings) -> None:
    """Note adjustments that say nothing or two things, end before they start, or lie off the grid."""
    table, site, step = question.tables.adjustments, question.tables.site, question.policy.interval_min
    for n, row in table.rows:
        if (row.factor is None) == (row.calls is None):
            message = "has neither a factor nor calls" if row.factor is None else "has a factor and calls"
            found.fault(table.file, n, "factor", table.cell(n, "factor"), message, "one of the two")
        if row.end <= row.start:
            found.fault(table.file, n, "end", table.cell(n, "end"), "is not after start", "an instant after start")
        for column, instant in (("start", row.start), ("end", row.end)):
            if interval_start(instant, site, step) != instant:
                message = f"is not on the grid of {step} minutes"
                found.fault(table.file, n, column, table.cell(n, column), message, f"every {step} minutes")
    ordered = sorted(table.rows, key=lambda item: (item[1].queue_id, item[1].start, item[0]))
    for (earlier, one), (later, two) in pairwise(ordered):
        if one.queue_id == two.queue_id and two.start < one.end:
            found.fault(
                table.file, later, "start", table.cell(later, "start"), f"overlaps row {earlier}", "one at a time"
            )


CHECK = adjustments
