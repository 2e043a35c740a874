"""A foreign page acts with nobody's cookies, by HTTP or by socket."""

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from server.edge.origin import OriginCheck

COOKIE = {"cookie": "session=ada"}


async def hello(request):
    return PlainTextResponse("done")


async def socket(websocket):
    await websocket.accept()
    await websocket.close()


def client(*, base_url: str = "http://crm.test", **options) -> TestClient:
    app = Starlette(
        routes=[Route("/", hello, methods=["GET", "POST"]), WebSocketRoute("/ws", socket)],
        middleware=[Middleware(OriginCheck, **options)],
    )
    return TestClient(app, base_url=base_url)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://crm.test"}, 200),
        ({"origin": "https://crm.test"}, 200),
        ({"origin": "http://crm.test:80"}, 200),
        ({"origin": "http://crm.test:8000"}, 403),
        ({"origin": "http://evil.test"}, 403),
        ({"origin": "http://crm.test.evil.test"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"origin": "http://["}, 403),
        ({"origin": "ftp://crm.test"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "same-origin"}, 200),
        ({}, 200),
    ],
    ids=str,
)
def test_a_write_with_cookies_comes_from_our_own_pages(headers, status):
    response = client().post("/", headers={**COOKIE, "host": "crm.test", **headers})
    assert response.status_code == status


def test_reading_is_not_the_business_of_origins():
    assert client().get("/", headers={**COOKIE, "origin": "http://evil.test"}).status_code == 200


def test_behind_a_proxy_the_public_origin_is_named():
    named = client(base_url="http://10.0.0.7:8000", allowed=["https://crm.test/"])
    assert named.post("/", headers={**COOKIE, "origin": "https://crm.test"}).status_code == 200
    assert named.post("/", headers={**COOKIE, "origin": "http://crm.test"}).status_code == 403


def test_a_token_without_cookies_is_no_page():
    headers = {"authorization": "Bearer t", "origin": "http://evil.test"}
    assert client().post("/", headers=headers).status_code == 200
    assert client().post("/", headers={**headers, **COOKIE}).status_code == 403


def test_a_foreign_handshake_is_refused():
    headers = {**COOKIE, "host": "crm.test"}
    with client().websocket_connect("/ws", headers={**headers, "origin": "https://crm.test"}):
        pass
    with client().websocket_connect("/ws", headers=headers):
        pass
    foreign = client().websocket_connect("/ws", headers={**headers, "origin": "http://evil.test"})
    with pytest.raises(WebSocketDisconnect), foreign:
        pass
