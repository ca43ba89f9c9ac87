"""What pydantic found wrong, said in words: a message and what is allowed instead.

The range that is shown is the range that was checked, so the two cannot differ. May know nothing of single tables.
"""

from __future__ import annotations

from typing import Any, get_args

from annotated_types import Ge, Gt, Le, Lt
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

MESSAGES = {
    "missing": "is missing",
    "int_parsing": "is not a whole number",
    "int_parsing_size": "is too large",
    "int_type": "is not a whole number",
    "int_from_float": "is not a whole number",
    "float_parsing": "is not a number",
    "float_type": "is not a number",
    "finite_number": "is not a finite number",
    "bool_parsing": "is neither true nor false",
    "bool_type": "is neither true nor false",
    "string_type": "is not text",
    "greater_than": "is too small",
    "greater_than_equal": "is too small",
    "less_than": "is too large",
    "less_than_equal": "is too large",
    "string_pattern_mismatch": "is not of the right form",
    "string_too_long": "is too long",
    "too_short": "is empty",
    "literal_error": "is not one of the choices",
    "model_type": "is not a section of keys",
    "tuple_type": "is not a list",
}


def message_of(error: ErrorDetails) -> str:
    """What is wrong, in words."""
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    return MESSAGES.get(error["type"], error["msg"])


def allowed_of(field: FieldInfo) -> str:
    """What a field accepts: its description, its range and its choices."""
    parts = [field.description or ""]
    low = {Ge: "from {}", Gt: "more than {}"}
    high = {Le: "up to {}", Lt: "less than {}"}
    bounds = " ".join(
        words[type(bound)].format(_limit(bound))
        for words in (low, high)
        for bound in field.metadata
        if type(bound) in words
    )
    choices = get_args(field.annotation)
    if choices and all(isinstance(choice, int) for choice in choices):
        bounds = " or ".join(map(str, choices))
    return "; ".join(part for part in (*parts, bounds) if part)


def _limit(bound: Any) -> str:
    number = next(getattr(bound, key) for key in ("ge", "gt", "le", "lt") if hasattr(bound, key))
    return f"{number:,}" if isinstance(number, int) else f"{number:g}"
