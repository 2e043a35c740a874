"""Every answer says what a page of ours may load."""

import re

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from server.edge.headers import SecurityHeaders, content_policy


async def hello(request):
    return PlainTextResponse("done")


def get(path: str = "/", **options):
    app = Starlette(routes=[Route("/", hello)], middleware=[Middleware(SecurityHeaders, **options)])
    return TestClient(app, base_url="http://crm.test:8000").get(path)


def test_answers_and_errors_carry_them():
    for path in ("/", "/nowhere"):
        headers = get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert "camera=()" in headers["permissions-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "strict-transport-security" not in headers
    assert "max-age" in get(hsts=True).headers["strict-transport-security"]


def test_the_policy_allows_nothing_inline_and_nothing_foreign():
    policy = dict(part.split(" ", 1) for part in content_policy("crm.test").split("; "))
    assert "unsafe" not in str(policy)
    assert not re.search(r"https?:", str(policy))
    assert policy["script-src"] == policy["style-src"] == policy["default-src"] == "'self'"
    assert policy["connect-src"] == "'self' ws://crm.test wss://crm.test"
    assert policy["base-uri"] == "'none'"


def test_a_host_that_is_none_adds_nothing_to_the_policy():
    for host in ("crm.test; script-src *", "a b", "", "*", "x" * 300, "crm.test:80000000"):
        assert "connect-src 'self';" in content_policy(host) + ";"
    assert "ws://[::1]:8000" in content_policy("[::1]:8000")
