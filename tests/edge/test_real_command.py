"""`forecourt serve` as another program meets it: a process of its own, real cookies, real sockets."""

import asyncio
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

import asyncpg
import httpx
import orjson
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from server import db
from server.people.model import Person
from server.people.passwords import hash_password
from server.settings import Settings
from tests import postgres
from tests.cast import CAST
from tests.conftest import disconnect, settings_for
from tests.past import written
from tests.servers import SERVE, started

PASSWORD = "harbour-lantern-2026"
SIGN_IN = """mutation In($email: String!, $password: String!, $language: String! = "en") {
  signIn(email: $email, password: $password, language: $language) {
    token person { name } problems { code field message } } }"""
ME = "{ viewer { person { name } } }"
SPEC = "application/graphql-response+json"


@dataclass(frozen=True)
class Served:
    address: str
    settings: Settings

    def browser(self) -> httpx.Client:
        """With a cookie jar, and the headers that a page of ours sends."""
        return httpx.Client(base_url=self.address, headers={"accept": SPEC, "origin": self.address})


def ask(client: httpx.Client, query: str, **variables: object) -> httpx.Response:
    return client.post("/graphql", json={"query": query, "variables": variables})


def sign_in(client: httpx.Client, name: str = "sam", password: str = PASSWORD) -> httpx.Response:
    return ask(client, SIGN_IN, email=f"{name}@test.example", password=password)


@pytest.fixture(scope="module")
def served(
    template: str, cluster: postgres.Cluster | None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    (folder / "dist").mkdir()
    (folder / "dist" / "index.html").write_text("<!doctype html><title>Forecourt</title>")
    name = f"served_{uuid4().hex}"
    if cluster is None:
        shutil.copy(template, folder / "forecourt.sqlite3")
    url = cluster.create(name, template=template) if cluster else f"sqlite://{folder / 'forecourt.sqlite3'}"
    settings = settings_for(url, folder)
    asyncio.run(give_passwords(settings))
    with running(settings) as address:
        yield Served(address, settings)
    if cluster:
        cluster.drop(name)


async def give_passwords(settings: Settings) -> None:
    hashed = await hash_password(PASSWORD)
    await db.connect(settings)
    await written(Person.filter(id__in=[CAST.people[n] for n in ("sam", "sue", "max")])).update(
        password_hash=hashed
    )
    await disconnect()


@contextmanager
def running(settings: Settings) -> Iterator[str]:
    log, dist = settings.data / "server.log", settings.data / "dist"
    with started(*SERVE, settings=settings, log=log, FORECOURT_CLIENT=str(dist)) as server:
        yield server.address
    assert server.process.returncode in (0, -15), log.read_text()[-2000:]


def test_the_page_is_there_under_every_path_of_the_app(served: Served) -> None:
    with served.browser() as browser:
        for path in ("/", "/today", f"/leads/{uuid4()}", "/drives?day=2026-06-03"):
            page = browser.get(path, headers={"accept": "text/html"})
            assert page.status_code == 200, path
            assert "<title>Forecourt</title>" in page.text
            assert "default-src" in page.headers["content-security-policy"]
        for path in ("/assets/gone.js", "/api/v9/leads", "/graphql/more"):
            assert browser.get(path, headers={"accept": "text/html"}).status_code == 404, path


def test_signing_in_sets_cookies_that_no_script_and_no_other_site_can_use(served: Served) -> None:
    with served.browser() as browser:
        said = sign_in(browser)
        assert said.json()["data"]["signIn"]["person"] == {"name": "Sam Seller"}
        cookies = {c.partition("=")[0]: c for c in said.headers.get_list("set-cookie")}
        assert set(cookies) == {"forecourt_session", "forecourt_device"}
        for cookie in cookies.values():
            assert "HttpOnly" in cookie
            assert "SameSite=Lax" in cookie
            assert "Path=/" in cookie
            assert "Secure" not in cookie  # over plain HTTP the browser would throw it away
        assert ask(browser, ME).json() == {"data": {"viewer": {"person": {"name": "Sam Seller"}}}}
        assert said.headers["cache-control"] == "no-store"


def test_the_token_serves_programs_and_nothing_else_does(served: Served) -> None:
    with served.browser() as browser:
        token = sign_in(browser).json()["data"]["signIn"]["token"]
    with httpx.Client(base_url=served.address, headers={"accept": SPEC}) as program:
        for header, status in (
            ({"authorization": f"Bearer {token}"}, 200), ({"authorization": f"bearer {token}"}, 200),
            ({"authorization": f"Bearer {token}x"}, 401), ({"authorization": "Bearer"}, 401),
            ({"authorization": f"Basic {token}"}, 401), ({"cookie": "forecourt_session=nonsense"}, 401), ({}, 401),
        ):  # fmt: skip
            answer = program.post("/graphql", json={"query": ME}, headers=header)
            assert answer.status_code == status, header
            if status == 401:
                assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
                assert "data" not in answer.json()


@pytest.mark.parametrize(
    ("accept", "status", "media_type"),
    [
        (SPEC, 400, SPEC),
        (f"{SPEC}, application/json;q=0.9", 400, SPEC),
        ("application/json", 200, "application/json"),
        ("*/*", None, None),
        (None, None, None),
        ("text/html", 406, None),
    ],
)
def test_the_accept_header_chooses_media_type_and_status(
    served: Served, accept: str | None, status: int | None, media_type: str | None
) -> None:
    with httpx.Client(base_url=served.address) as client:
        del client.headers["accept"]
        headers = {"accept": accept} if accept else {}
        answer = client.post("/graphql", json={"query": "{ nonsense }"}, headers=headers)
    assert answer.status_code == status or (status is None and answer.status_code in (200, 400))
    if media_type:
        assert answer.headers["content-type"].partition(";")[0] == media_type
        assert answer.json()["errors"]


def test_a_foreign_page_neither_writes_nor_listens(served: Served) -> None:
    with served.browser() as browser:
        sign_in(browser)
        for headers in ({"origin": "http://evil.test"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"}):
            given = {"accept": SPEC, **headers}
            if "origin" not in headers:
                given["origin"] = ""
            answer = browser.post("/graphql", json={"query": ME}, headers=given)
            assert answer.status_code == 403, headers
        cookie = f"forecourt_session={browser.cookies['forecourt_session']}"
    asyncio.run(listens(served.address, cookie=cookie, origin=served.address))
    with pytest.raises(InvalidStatus):
        asyncio.run(listens(served.address, cookie=cookie, origin="http://evil.test"))


async def listens(address: str, *, cookie: str, origin: str) -> None:
    url = address.replace("http", "ws") + "/graphql"
    headers = {"cookie": cookie}
    async with connect(
        url, subprotocols=["graphql-transport-ws"], origin=origin, additional_headers=headers
    ) as line:
        await line.send('{"type":"connection_init"}')
        assert orjson.loads(await line.recv())["type"] == "connection_ack"
        await line.send('{"type":"subscribe","id":"1","payload":{"query":"subscription { news { at } }"}}')
        told = orjson.loads(await asyncio.wait_for(line.recv(), 5))
        assert told["payload"]["data"]["news"]["at"]


def test_who_signed_out_is_nobody_and_their_sockets_end_soon(served: Served) -> None:
    with served.browser() as browser:
        token = sign_in(browser).json()["data"]["signIn"]["token"]
        code = asyncio.run(
            socket_until(served.address, token, lambda: ask(browser, "mutation { signOut { signedOut } }"))
        )
        assert code == 4403
        assert "forecourt_session" not in browser.cookies
    with httpx.Client(base_url=served.address, headers={"authorization": f"Bearer {token}"}) as program:
        assert ask(program, ME).json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


async def socket_until(address: str, token: str, act) -> int | None:  # type: ignore[no-untyped-def]
    """The close code of a socket that was listening when `act` happened; within 5 s."""
    async with connect(
        address.replace("http", "ws") + "/graphql", subprotocols=["graphql-transport-ws"]
    ) as line:
        await line.send(orjson.dumps({"type": "connection_init", "payload": {"authToken": token}}).decode())
        assert orjson.loads(await line.recv())["type"] == "connection_ack"
        await asyncio.to_thread(act)
        await asyncio.wait_for(line.wait_closed(), 5)
        return line.close_code


def test_guessing_passwords_is_slowed_down_and_says_for_how_long(served: Served) -> None:
    with served.browser() as browser:
        said = [
            sign_in(browser, "max", "wrong-password").json()["data"]["signIn"]["problems"][0]
            for _ in range(6)
        ]
        assert [problem["code"] for problem in said] == ["WRONG_CREDENTIALS"] * 5 + ["TOO_MANY_ATTEMPTS"]
        right = sign_in(browser, "max").json()["data"]["signIn"]["problems"][0]
        assert right["code"] == "TOO_MANY_ATTEMPTS"  # the right password does not tell itself apart
        assert any(character.isdigit() for character in right["message"])
        chinese = ask(browser, SIGN_IN, email="max@test.example", password="x" * 12, language="zh-CN")
        assert "秒" in chinese.json()["data"]["signIn"]["problems"][0]["message"]
        nobody = sign_in(browser, "nobody", "wrong-password").json()["data"]["signIn"]["problems"][0]
        assert nobody == said[0]


def test_figures_are_for_this_machine(served: Served) -> None:
    with httpx.Client(base_url=served.address) as client:
        assert client.get("/healthz").text == "ok"
        assert "forecourt_requests" in client.get("/metrics").text
        assert client.get("/metrics", headers={"x-forwarded-for": "203.0.113.9"}).status_code == 404


@pytest.mark.postgresql
def test_without_its_database_it_is_alive_but_not_ready_and_comes_back_by_itself(served: Served) -> None:
    with served.browser() as browser:
        sign_in(browser, "sue")
        asyncio.run(let_in(served.settings, allowed=False))
        try:
            asked = browser.get("/readyz")
            assert (asked.status_code, browser.get("/healthz").status_code) == (503, 200)
            assert int(asked.headers["retry-after"]) > 0
            answer = ask(browser, ME)
            assert answer.status_code == 503, answer.text
            assert "retry-after" in answer.headers
        finally:
            asyncio.run(let_in(served.settings, allowed=True))
        deadline = time.monotonic() + 10
        while browser.get("/readyz").status_code != 200:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        assert ask(browser, ME).json()["data"]["viewer"]["person"]["name"] == "Sue Seller"


async def let_in(settings: Settings, *, allowed: bool) -> None:
    """As if the database had gone: whoever is connected is thrown out, and nobody comes in again."""
    server, _, name = settings.database_url.rpartition("/")
    connection = await asyncpg.connect(f"{server}/postgres")
    await connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS {str(allowed).lower()}')
    if not allowed:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name
        )
    await connection.close()
