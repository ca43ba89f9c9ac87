"""Putting results where people find them, whole or not at all."""
