"""Who serves which queue in which ringing order, from when to when: the same for every telephone system."""

from rotation.routing.changes import RoutingChange, changes
from rotation.routing.policy import Standing, is_mentor, is_novice, standing_of
from rotation.routing.snapshots import Snapshot, snapshots
from rotation.routing.table import RoutingRow, routing_table, who

__all__ = [
    "RoutingChange",
    "RoutingRow",
    "Snapshot",
    "Standing",
    "changes",
    "is_mentor",
    "is_novice",
    "routing_table",
    "snapshots",
    "standing_of",
    "who",
]
