"""Requests to a cloud, one JSON document a line: who sends them puts the cloud's own ids for the names."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping


def lines(requests: Iterable[Mapping[str, object]]) -> str:
    """JSON Lines with sorted keys; nothing for nothing."""
    return "".join(json.dumps(one, ensure_ascii=False, sort_keys=True) + "\n" for one in requests)
