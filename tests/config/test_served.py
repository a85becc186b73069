"""The site as `make run` serves it: the real server, collected static files, a database of its own."""

import http.client
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.local import free_port, wait_for
from tests.config.programs import ROOT, environment, run

UP_WITHIN = 30  # seconds


@dataclass(frozen=True)
class Reply:
    """What the server answered; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    data: Path

    def get(self, path: str, method: str = "GET", **headers: str) -> Reply:
        """Ask for `path`; underscores in header names stand for hyphens. Redirects are not followed."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        line.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        reply = line.getresponse()
        found = Reply(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())
        line.close()
        return found


def prepare(**values: str) -> "subprocess.CompletedProcess[str]":
    return run(sys.executable, "-m", "scripts.prepare", check=False, **values)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The site, prepared and served by the scripts that `make run` uses."""
    found = Server(free_port(), tmp_path_factory.mktemp("data"))
    values = {"PORT": str(found.port), "DATA_DIR": str(found.data)}
    prepared = prepare(**values)
    assert prepared.returncode == 0, prepared.stdout + prepared.stderr
    assert f"http://127.0.0.1:{found.port}/" in prepared.stdout
    process = subprocess.Popen([sys.executable, "-m", "scripts.serve"], cwd=ROOT, env=environment(**values))
    try:
        wait_for(found.port, UP_WITHIN)
        yield found
    finally:
        process.terminate()
        assert process.wait(timeout=15) == 0


@pytest.fixture(scope="module")
def home(server: Server) -> str:
    return server.get("/en/").body.decode()


def linked(html: str, ending: str) -> list[str]:
    """Return the static addresses in `html` that end in `ending`."""
    return re.findall(rf'"(/static/[^"]+{re.escape(ending)})"', html)


def test_the_door_leads_home_in_the_visitors_language(server: Server) -> None:
    for asked, home in [("ko-KR,ko;q=0.9,en;q=0.8", "/ko/"), ("en-US,en", "/en/"), ("fr", "/ko/")]:
        reply = server.get("/", Accept_Language=asked)
        assert (reply.status, reply.headers["location"]) == (302, home)
        assert "Accept-Language" in reply.headers["vary"]
    chosen = server.get("/", Accept_Language="ko", Cookie="django_language=en")
    assert chosen.headers["location"] == "/en/"


def test_machines_are_told_that_it_is_well(server: Server) -> None:
    reply = server.get("/healthz")
    assert (reply.status, reply.body, reply.headers["cache-control"]) == (200, b"ok\n", "no-store")


def test_the_course_is_there(server: Server) -> None:
    reply = server.get("/ko/courses/ecs/lessons/launch-types/")
    assert reply.status == 200
    assert 'id="fargate-no-servers"' in reply.body.decode()


@pytest.mark.parametrize(
    ("ending", "kind"), [(".css", "text/css"), (".js", "text/javascript"), (".svg", "image/svg+xml")]
)
def test_static_files_are_hashed_and_kept_for_ever(server: Server, home: str, ending: str, kind: str) -> None:
    addresses = linked(home, ending)
    assert addresses
    for address in addresses:
        assert re.search(rf"\.[0-9a-f]{{12}}{re.escape(ending)}$", address)
        reply = server.get(address)
        assert reply.status == 200
        assert reply.headers["content-type"].startswith(kind)
        assert reply.headers["cache-control"] == "max-age=315360000, public, immutable"


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_static_files_are_compressed_beforehand(server: Server, home: str, coding: str) -> None:
    address = linked(home, ".css")[0]
    plain, packed = server.get(address), server.get(address, Accept_Encoding=coding)
    assert packed.headers["content-encoding"] == coding
    assert len(packed.body) < len(plain.body) / 2
    assert "Accept-Encoding" in packed.headers["vary"]


def test_pages_are_compressed(server: Server) -> None:
    reply = server.get("/ko/courses/ecs/lessons/efs/", Accept_Encoding="gzip")
    assert reply.headers["content-encoding"] == "gzip"


def test_modules_import_hashed_modules(server: Server, home: str) -> None:
    for address in linked(home, ".js"):
        for name in re.findall(rb'from\s*"(\./[^"]+)"', server.get(address).body):
            assert re.search(rb"\.[0-9a-f]{12}\.js$", name)


PAGES = [
    ("/en/", 200),
    ("/ko/courses/ecs/", 200),
    ("/ko/courses/ecs/lessons/efs/", 200),
    ("/ko/search/?q=EFS", 200),
    ("/ko/progress/", 200),
    ("/ko/quizzes/", 200),
    ("/ko/builder/", 200),
    ("/ko/accounts/login/", 200),
    ("/ko/accounts/signup/", 200),
    ("/healthz", 200),
    ("/", 302),
    ("/ko/nowhere/", 404),
    ("/nowhere", 404),
    ("/static/nothing.css", 404),
]


@pytest.mark.parametrize(("path", "status"), PAGES)
def test_every_reply_carries_the_guards(server: Server, path: str, status: int) -> None:
    reply = server.get(path)
    assert reply.status == status
    guards(reply)


def guards(reply: Reply) -> None:
    """Assert the headers that no reply of this site may lack."""
    policy = dict(part.strip().partition(" ")[::2] for part in reply.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in reply.headers["content-security-policy"]
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["x-frame-options"] == "DENY"
    assert reply.headers["referrer-policy"] == "same-origin"
    assert reply.headers["cross-origin-opener-policy"] == "same-origin"


def test_a_post_without_its_token_is_refused_in_words(server: Server) -> None:
    reply = server.get("/ko/courses/ecs/lessons/efs/read/", "POST")
    assert reply.status == 403
    guards(reply)
    assert "<h1" in reply.body.decode()


def test_a_host_that_is_not_ours_is_refused(server: Server) -> None:
    assert server.get("/ko/", Host="elsewhere.example").status == 400


def test_cookies_are_guarded(server: Server) -> None:
    cookie = server.get("/ko/accounts/login/").headers["set-cookie"]
    assert "SameSite=Lax" in cookie


def test_a_taken_port_is_said_before_anything_else(server: Server) -> None:
    done = prepare(PORT=str(server.port), DATA_DIR=str(server.data))
    assert done.returncode == 1
    assert f"make run PORT={server.port + 1}" in done.stdout


def test_a_second_start_makes_nothing_anew(server: Server) -> None:
    manifest = server.data / "static" / "staticfiles.json"
    before = manifest.stat().st_mtime_ns
    done = prepare(PORT=str(free_port()), DATA_DIR=str(server.data))
    assert done.stdout.startswith("Naru: ")
    assert manifest.stat().st_mtime_ns == before
