"""Health and metrics: Prometheus' own parser reads them, and only the loopback is served."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest
from prometheus_client.parser import text_string_to_metric_families

from rotation.errors import SwitchFault
from rotation.switch.health import serving
from rotation.switch.watch import Watch

from .virtual_time import at


def fetch(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_metrics_are_what_the_watch_has_seen() -> None:
    watch = Watch(connected=True, runs=7, connections=2, alarms=("a", "b"), right_at=at(0))
    watch.actions["add"] = 5
    watch.failures["add"] = 1
    with serving(watch, "pbx", 0) as port:
        families = text_string_to_metric_families(fetch(port, "/metrics")[1])
        found = {one.name: one.value for family in families for one in family.samples if one.labels["switch"] == "pbx"}
    assert found["rotation_switch_actions_total"] == 5
    assert found["rotation_switch_failures_total"] == 1
    assert found["rotation_switch_alarms"] == 2
    assert found["rotation_switch_right_timestamp_seconds"] == at(0).timestamp()
    assert (found["rotation_switch_runs_total"], found["rotation_switch_connections_total"]) == (7, 2)


def test_health_is_bad_while_the_switch_is_not_connected() -> None:
    watch = Watch()
    with serving(watch, "pbx", 0) as port:
        assert fetch(port, "/health")[0] == 503
        watch.connected = True
        status, text = fetch(port, "/health")
        assert (status, json.loads(text)["standing"]) == (200, "as the table says")
        assert fetch(port, "/else")[0] == 404
        with pytest.raises(SwitchFault, match="health cannot be served"), serving(watch, "pbx", port):
            pass
