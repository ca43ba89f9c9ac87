"""What all row schemas share. May know nothing of single tables."""

from __future__ import annotations

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Row(BaseModel):
    """A row of a table; a field without default is a required column, and an empty cell takes the default."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    file: ClassVar[str]

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """All columns of the table."""
        return tuple(cls.model_fields)

    @classmethod
    def required(cls) -> tuple[str, ...]:
        """The columns that the table must have."""
        return tuple(name for name, field in cls.model_fields.items() if field.is_required())
