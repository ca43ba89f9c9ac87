"""What planners and employees do to a released week: each reads the store, asks every rule, and writes once or not.

One deed a file. Knows no terminal and no clock: who acts, and when, is handed in.
"""

from rotation.changes.actor import Actor

__all__ = ["Actor"]
