"""No endpoint holds more of a body than it was allowed."""

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from server.edge.bodies import BodyBounds

read: list[int] = []


async def count(request):
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        read.append(size)
    return PlainTextResponse(str(size))


def client() -> TestClient:
    routes = [Route(path, count, methods=["POST"]) for path in ("/small", "/upload", "/upload/own")]
    bounds = Middleware(BodyBounds, most=1000, by_prefix={"/upload": 5000, "/upload/own": None})
    return TestClient(Starlette(routes=routes, middleware=[bounds]))


def pieces(count: int):
    for _ in range(count):
        yield b"x" * 100


def test_a_body_within_its_bounds_passes():
    assert client().post("/small", content=b"x" * 1000).text == "1000"
    assert client().post("/upload", content=pieces(50)).text == "5000"
    assert client().post("/upload/own", content=pieces(90)).text == "9000"


def test_a_larger_one_is_413_declared_or_not():
    assert client().post("/small", content=b"x" * 1001).status_code == 413
    assert client().post("/upload", content=pieces(51)).status_code == 413


async def test_reading_stops_at_the_bound():
    received, sent = [], []

    async def receive():
        received.append(1)
        return {"type": "http.request", "body": b"x" * 400, "more_body": True}

    async def send(message):
        sent.append(message)

    async def endless(scope, receive, send):
        while True:
            await receive()

    scope = {"type": "http", "path": "/", "method": "POST", "headers": []}
    await BodyBounds(endless, most=1000)(scope, receive, send)
    assert len(received) == 3
    assert sent[0]["status"] == 413
