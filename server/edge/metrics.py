"""Figures for Prometheus: requests, operations, sockets, and how long they took."""

import hmac
import ipaddress
import os
from collections.abc import Callable

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client import generate_latest as exposition
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The counters of one app. `request` and `operation` are told; `sockets` is asked when scraped.

    `endpoint` is the handler of /metrics: for whoever has `token`, or without one for this machine only.
    """

    def __init__(self, *, sockets: Callable[[], int] = lambda: 0, token: str | None = None) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "forecourt_requests", "HTTP requests", ["method", "route", "status"], registry=self.registry
        )
        self._request_seconds = Histogram(
            "forecourt_request_seconds", "Seconds per request", ["route"],
            buckets=BUCKETS, registry=self.registry,
        )  # fmt: skip
        self._operations = Counter(
            "forecourt_operations", "GraphQL operations", ["name", "kind", "outcome"], registry=self.registry
        )
        self._operation_seconds = Histogram(
            "forecourt_operation_seconds", "Seconds per GraphQL operation", ["name"],
            buckets=BUCKETS, registry=self.registry,
        )  # fmt: skip
        self._not_admitted = Counter(
            "forecourt_not_admitted", "Asked to come back later", ["kind"], registry=self.registry
        )
        self._sockets = Gauge("forecourt_sockets_open", "Open WebSockets", registry=self.registry)
        self.sockets = sockets
        self.token = token

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        method = method if method in _METHODS else "other"
        self._requests.labels(method, route, str(status)).inc()
        self._request_seconds.labels(route).observe(seconds)

    def operation(self, name: str, kind: str, outcome: str, seconds: float) -> None:
        self._operations.labels(name, kind, outcome).inc()
        if kind != "subscription":
            self._operation_seconds.labels(name).observe(seconds)

    def not_admitted(self, kind: str) -> None:
        self._not_admitted.labels(kind).inc()

    def text(self) -> bytes:
        """The exposition. With PROMETHEUS_MULTIPROC_DIR set it is that of all processes together."""
        self._sockets.set(self.sockets())
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            everyone = CollectorRegistry()
            MultiProcessCollector(everyone)  # type: ignore[no-untyped-call]
            return exposition(everyone)
        return exposition(self.registry)

    def endpoint(self, request: Request) -> Response:
        if not _may_scrape(request, token=self.token):
            return PlainTextResponse("Not here.", status_code=404)
        return Response(self.text(), headers={"content-type": CONTENT_TYPE_LATEST})


def _may_scrape(request: Request, *, token: str | None) -> bool:
    if token:
        return hmac.compare_digest(
            request.headers.get("authorization", "").encode(), f"Bearer {token}".encode()
        )
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers or request.client is None:
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
