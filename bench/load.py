"""A closed loop of clients: each sends its next request when the last is answered, over a connection kept open.

On a small machine the clients share the cores with the server, so they do as little as they can: bare sockets, in a
process of their own.
"""

import multiprocessing
import re
import socket
import statistics
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.queues import Queue
from urllib.parse import urlencode

CLIENTS = 8

# Where a page, or the reply to a script, names the revision of the answer it shows.
REVISION = re.compile(rb'(?:name="revision" value="|"revision": )([0-9]+)')

type Sample = tuple[list[float], Counter[int], int]


@dataclass(frozen=True)
class Act:
    """One request, repeated: client n takes the n-th of `targets`, a path and values that its form takes in turn.

    With a form it is a POST. Its values may hold {uuid}, {value} (to save what is saved already costs nothing, so it
    has to change) and {revision}, which the last reply named. `headers` are those that the page's own script sends.
    """

    name: str
    targets: list[tuple[str, list[str]]]
    form: dict[str, str] = field(default_factory=dict)
    headers: tuple[str, ...] = ("Accept: text/html",)

    def page(self, client: int, cookies: str) -> bytes:
        """Return the bytes that ask for the page of the form, which names the revision to begin with."""
        path = self.targets[client % len(self.targets)][0].removesuffix("answer/")
        return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookies}\r\n\r\n".encode()

    def request(self, client: int, turn: int, cookies: str, revision: str) -> bytes:
        """Return the bytes to send."""
        path, values = self.targets[client % len(self.targets)]
        value = values[turn % len(values)] if values else ""
        words = {"uuid": uuid.uuid4(), "value": value, "revision": revision}
        body = urlencode({name: value.format(**words) for name, value in self.form.items()})
        head = [
            f"{'POST' if self.form else 'GET'} {path} HTTP/1.1",
            "Host: 127.0.0.1",
            f"Cookie: {cookies}",
            *self.headers,
        ]
        if self.form:
            head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        return ("\r\n".join(head) + "\r\n\r\n" + body).encode()


@dataclass(frozen=True)
class Rate:
    """What came of it: requests a second over all clients, 99th percentile in ms, how many answers by status, size."""

    per_second: float
    p99: float
    statuses: dict[int, int]
    size: int


def measure(port: int, act: Act, cookies: str, seconds: float, clients: int = CLIENTS) -> Rate:
    """Run `act` for `seconds` and return its rate."""
    results: Queue[Sample] = multiprocessing.Queue()
    process = multiprocessing.Process(target=_clients, args=(port, act, cookies, seconds, clients, results))
    process.start()
    times, statuses, size = results.get()
    process.join()
    return Rate(len(times) / seconds, statistics.quantiles(times, n=100)[-1] * 1000, dict(statuses), size)


def _clients(port: int, act: Act, cookies: str, seconds: float, clients: int, results: "Queue[Sample]") -> None:
    times: list[float] = []
    statuses: Counter[int] = Counter()
    sizes: list[int] = []
    ready = threading.Barrier(clients)

    def client(number: int) -> None:
        with Line(port) as line:
            turn, reply = 0, line.ask(act.page(number, cookies)) if "revision" in act.form else b""
            ready.wait()
            end = time.monotonic() + seconds
            while (start := time.monotonic()) < end:
                reply = line.ask(act.request(number, turn, cookies, revision_in(reply)))
                times.append(time.monotonic() - start)
                statuses[int(reply[9:12])] += 1
                sizes.append(len(reply))
                turn += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put((times, statuses, max(sizes)))


def revision_in(reply: bytes) -> str:
    """Return the revision of the answer that `reply` shows; "0" when it shows none."""
    found = REVISION.search(reply)
    return found[1].decode() if found else "0"


class Line:
    """A connection kept open. Reads what our server sends: replies with a Content-Length, or none."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_error: object) -> None:
        self._socket.close()

    def ask(self, request: bytes) -> bytes:
        """Send `request`; return the whole reply."""
        self._socket.sendall(request)
        found = b""
        while (end := found.find(b"\r\n\r\n")) < 0:
            found += self._more()
        head = found[:end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        while len(found) < end + 4 + length:
            found += self._more()
        return found

    def _more(self) -> bytes:
        piece = self._socket.recv(1 << 17)
        if not piece:
            raise ConnectionError("the server closed the connection")
        return piece
