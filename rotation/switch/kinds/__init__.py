"""The kinds of switches: one driver a file."""
