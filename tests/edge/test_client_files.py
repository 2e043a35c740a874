"""The client arrives with the right headers, and no more of the disk than was built."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from server.edge.client_files import ASK, FOREVER, ClientFiles

HTML = {"accept": "text/html,*/*;q=0.8"}


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    root = tmp_path_factory.mktemp("client")
    (root / "secret.txt").write_text("secret")
    dist = root / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<title>Forecourt</title>")
    (dist / "service-worker.js").write_text("self.x = 1")
    (dist / "manifest.webmanifest").write_text("{}")
    (dist / "icon.png").write_bytes(b"png")
    (dist / "assets" / "app-1a2b.js").write_text("const a = 1;" * 200)
    (dist / "assets" / "app-1a2b.js.br").write_bytes(b"brotli")
    (dist / "assets" / "app-1a2b.js.gz").write_bytes(b"gzipped")
    (dist / "assets" / "app-1a2b.css").write_text("a { color: red }" * 200)
    return TestClient(Starlette(routes=ClientFiles(dist).routes()), headers={"accept-encoding": "identity"})


def test_hashed_assets_are_kept_for_ever_and_the_rest_is_asked_about(client):
    assert client.get("/assets/app-1a2b.js").headers["cache-control"] == FOREVER
    for path in ("/", "/index.html", "/service-worker.js", "/manifest.webmanifest"):
        assert client.get(path).headers["cache-control"] == ASK
    assert client.get("/assets/app-1a2b.js").headers["content-type"] == "text/javascript; charset=utf-8"
    assert client.get("/manifest.webmanifest").headers["content-type"] == "application/manifest+json"


def test_what_has_not_changed_is_not_sent_again(client):
    first = client.get("/index.html")
    again = client.get("/index.html", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/leads", "/leads/0192f0c4-aaaa", "/drives/today"])
def test_a_route_of_the_client_gets_its_page(client, path):
    response = client.get(path, headers=HTML)
    assert (response.status_code, response.text) == (200, "<title>Forecourt</title>")
    assert client.get(path, headers={"accept": "*/*"}).text == response.text
    assert client.get(path, headers={"accept": "application/json"}).status_code == 404


@pytest.mark.parametrize(
    "path", ["/assets/gone-99.js", "/assets/gone", "/graphql", "/api/leads", "/metrics", "/favicon.ico"]
)
def test_what_is_no_page_is_404_even_for_a_browser(client, path):
    assert client.get(path, headers=HTML).status_code == 404


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt", "//etc/passwd.txt"]
)
def test_nothing_beside_the_client_is_served(client, path):
    response = client.get(path)
    assert response.status_code == 404


def test_the_smallest_form_that_the_browser_takes_is_sent(client):
    def encoding(path: str, accept: str):
        response = client.build_request("GET", path, headers={"accept-encoding": accept})
        sent = client.send(response, stream=True)
        return sent.headers.get("content-encoding")

    assert encoding("/assets/app-1a2b.js", "gzip, deflate, br") == "br"
    assert encoding("/assets/app-1a2b.js", "gzip") == "gzip"
    assert encoding("/assets/app-1a2b.js", "br;q=0, gzip;q=0.5") == "gzip"
    assert encoding("/assets/app-1a2b.js", "identity") is None
    css = client.get("/assets/app-1a2b.css", headers={"accept-encoding": "gzip, br"})
    assert css.headers["content-encoding"] == "gzip"
    assert css.text == "a { color: red }" * 200
    assert css.headers["vary"] == "accept-encoding"


def test_only_reading_is_possible(client):
    assert client.post("/").status_code == 405
    head = client.head("/index.html")
    assert (head.status_code, head.headers["content-length"]) == (200, "24")
