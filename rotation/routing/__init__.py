"""Who serves which queue in which ringing order, from when to when: the same for every telephone system."""

from rotation.routing.book import Agent, RoutingBook, book_of
from rotation.routing.changes import RoutingChange, changes, rollback
from rotation.routing.policy import Standing, is_mentor, is_novice, second_standings, standing_of
from rotation.routing.snapshots import Snapshot, snapshots
from rotation.routing.table import RoutingRow, in_order, routing_table, who

__all__ = [
    "Agent",
    "RoutingBook",
    "RoutingChange",
    "RoutingRow",
    "Snapshot",
    "Standing",
    "book_of",
    "changes",
    "in_order",
    "is_mentor",
    "is_novice",
    "rollback",
    "routing_table",
    "second_standings",
    "snapshots",
    "standing_of",
    "who",
]
