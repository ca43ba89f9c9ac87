"""Health and metrics of a daemon on the loopback: /health for supervisors, /metrics in Prometheus' text format."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from rotation.errors import SwitchFault
from rotation.switch.watch import Watch

LOOPBACK = "127.0.0.1"


class _Figures(Collector):
    """A watch as metrics."""

    def __init__(self, watch: Watch, switch: str) -> None:
        self._watch, self._switch = watch, switch

    def collect(self) -> Iterable[Metric]:
        watch, labels = self._watch, [self._switch]
        right = watch.right_at.timestamp() if watch.right_at else 0
        for name, words, value in (
            ("connected", "Whether the switch is connected", float(watch.connected)),
            ("alarms", "Alarms that stand", float(len(watch.alarms))),
            ("pending", "Whether leavers are waited for", float(watch.pending)),
            ("right_timestamp_seconds", "When the switch was last seen as the table says", right),
        ):
            gauge = GaugeMetricFamily(f"rotation_switch_{name}", words, labels=["switch"])
            gauge.add_metric(labels, value)
            yield gauge
        for name, words, counts in (
            ("actions", "Actions taken", watch.actions),
            ("failures", "Actions that the switch refused", watch.failures),
        ):
            counter = CounterMetricFamily(f"rotation_switch_{name}", words, labels=["switch", "verb"])
            for verb, count in sorted(counts.items()):
                counter.add_metric([*labels, verb], count)
            yield counter
        for name, words, count in (
            ("connections", "Connections made", watch.connections),
            ("runs", "Looks at the switch", watch.runs),
        ):
            counter = CounterMetricFamily(f"rotation_switch_{name}", words, labels=["switch"])
            counter.add_metric(labels, count)
            yield counter


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing: the log is for hand-overs."""


def application(watch: Watch, switch: str) -> Callable[..., Iterable[bytes]]:
    """The WSGI application: /health and /metrics."""
    registry = CollectorRegistry()
    registry.register(_Figures(watch, switch))
    metrics = make_wsgi_app(registry)

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "/")
        if path == "/metrics":
            found: Iterable[bytes] = metrics(environ, start)
            return found
        if path != "/health":
            start("404 Not Found", [("Content-Type", "text/plain")])
            return [b"/health and /metrics are here\n"]
        document = {
            "switch": switch,
            "connected": watch.connected,
            "alarms": watch.alarms,
            "standing": watch.standing(),
        }
        start("200 OK" if watch.connected else "503 Service Unavailable", [("Content-Type", "application/json")])
        return [json.dumps(document).encode() + b"\n"]

    return answer


@contextmanager
def serving(watch: Watch, switch: str, port: int) -> Iterator[int]:
    """Serve on the loopback while the context lasts; yields the port.

    Raises:
        SwitchFault: the port is taken.
    """
    try:
        server = make_server(LOOPBACK, port, application(watch, switch), _Server, _Quiet)
    except OSError as error:
        raise SwitchFault(f"health cannot be served on {LOOPBACK}:{port}: {error.strerror or error}") from error
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
