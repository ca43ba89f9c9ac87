"""Shifts as calendar entries: what they say and how iCalendar spells it. Pure: an edition in, bytes out."""

from rotation.ical.entries import Entries
from rotation.ical.feed import Entry, feed, reminder, resource
from rotation.ical.invitation import invitation

__all__ = ["Entries", "Entry", "feed", "invitation", "reminder", "resource"]
