"""Tests of releases as values."""
