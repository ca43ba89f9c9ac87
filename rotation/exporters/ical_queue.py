"""ical/queues/QUEUE_ID.ics: for whoever looks after a queue, who is on when."""

from __future__ import annotations

from rotation.exporters._exporter import Format
from rotation.exporters._writing import file_name
from rotation.ical import Entries, feed
from rotation.plan import Edition


def render(edition: Edition) -> dict[str, bytes]:
    """One calendar for each queue; times in texts are on the site's clock."""
    entries = Entries(edition)
    return {
        f"ical/queues/{file_name(queue.queue_id)}.ics": feed(
            f"Queue: {entries.words.queue(queue.queue_id)}", entries.of_queue(queue.queue_id)
        )
        for queue in edition.case.company.queues
    }


EXPORTER = Format("ical_queue", "ical/queues/*.ics: for each queue, who is on when", render)
