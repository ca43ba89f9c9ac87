"""One row schema for each table of the company folder: its columns, their kinds, ranges and defaults."""
