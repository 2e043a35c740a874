"""What an operator sees: health, figures, logs."""

import asyncio

import pytest
import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from structlog.testing import capture_logs

from server.edge.access import AccessLog
from server.edge.health import health_routes
from server.edge.metrics import Metrics

database = {"state": "there"}


async def check() -> None:
    if database["state"] == "gone":
        raise ConnectionError
    if database["state"] == "stuck":
        await asyncio.sleep(60)


async def lead(request):
    structlog.get_logger().info("inside")
    if request.path_params["id"] == "bug":
        raise RuntimeError
    return PlainTextResponse("lead")


@pytest.fixture
def metrics():
    return Metrics(sockets=lambda: 7)


@pytest.fixture
def client(metrics):
    database["state"] = "there"
    app = Starlette(
        routes=[
            *health_routes(check=check, seconds=0.05),
            Route("/leads/{id}", lead),
            Route("/metrics", metrics.endpoint),
            Route("/metrics-token", Metrics(token="s3cret").endpoint),
        ],
        middleware=[Middleware(AccessLog, observe=metrics.request)],
    )
    return TestClient(app, raise_server_exceptions=False, client=("127.0.0.1", 5000))


def test_a_process_that_answers_is_alive_and_ready_only_with_its_database(client):
    assert client.get("/healthz").text == client.get("/healthz").text == "ok"
    assert client.get("/readyz").status_code == 200
    for state in ("gone", "stuck"):
        database["state"] = state
        response = client.get("/readyz")
        assert (response.status_code, response.headers["retry-after"]) == (503, "2")
        assert client.get("/healthz").status_code == 200


def test_requests_are_counted_by_route_and_operations_by_name(client, metrics):
    for id in ("1", "2", "bug"):
        client.get(f"/leads/{id}")
    client.get("/nowhere/at/all")
    client.request("BREW", "/leads/1")
    metrics.operation("MyLeads", "query", "ok", 0.01)
    text = client.get("/metrics").text
    assert 'forecourt_requests_total{method="GET",route="/leads/{id}",status="200"} 2.0' in text
    assert 'forecourt_requests_total{method="GET",route="/leads/{id}",status="500"} 1.0' in text
    assert 'route="other",status="404"' in text
    assert 'method="other"' in text
    assert 'forecourt_operations_total{kind="query",name="MyLeads",outcome="ok"} 1.0' in text
    assert "forecourt_sockets_open 7.0" in text
    assert "/leads/1" not in text


def test_figures_are_for_this_machine_or_for_who_has_the_token(client):
    assert client.get("/metrics", headers={"x-forwarded-for": "1.2.3.4"}).status_code == 404
    elsewhere = TestClient(client.app, client=("10.0.0.9", 5000))
    assert elsewhere.get("/metrics").status_code == 404
    assert elsewhere.get("/metrics-token").status_code == 404
    assert (
        elsewhere.get("/metrics-token", headers={"authorization": "Bearer wröng".encode()}).status_code == 404
    )
    assert elsewhere.get("/metrics-token", headers={"authorization": "Bearer s3cret"}).status_code == 200


def test_a_request_is_logged_once_under_the_id_that_it_answers_with(client):
    with capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logs:
        response = client.get("/leads/1?phone=07700900123")
        client.get("/healthz")
    inside, request = logs
    assert request["request_id"] == inside["request_id"] == response.headers["x-request-id"]
    assert (request["method"], request["path"], request["status"]) == ("GET", "/leads/1", 200)
    assert "07700900123" not in str(logs)


def test_a_crash_is_logged_as_500(client):
    with capture_logs() as logs:
        client.get("/leads/bug")
    assert logs[-1]["status"] == 500
