"""What a first visit costs on the wire: the page and all it loads, compressed as a browser asks for it."""

import http.client
import re
from dataclasses import dataclass

LOADED = re.compile(r'<(?:link|script|img)\b[^>]*?(?:href|src)="(/static/[^"]+)"')
IMPORTED = re.compile(r'(?:from|import)\s*["\'](\.{0,2}/[^"\']+)["\']')


@dataclass(frozen=True)
class Visit:
    """Bytes of each address loaded, headers included."""

    sizes: dict[str, int]

    @property
    def total(self) -> int:
        """All bytes."""
        return sum(self.sizes.values())


def first_visit(port: int, path: str) -> Visit:
    """Load `path` with an empty cache and return what came over the wire."""
    size, text = load(port, path)
    sizes = {path: size}
    waiting = list(dict.fromkeys(LOADED.findall(text)))
    while waiting:
        address = waiting.pop(0)
        if address not in sizes:
            sizes[address], code = load(port, address)
            waiting += imported(address, code)
    return Visit(sizes)


def imported(address: str, code: str) -> list[str]:
    """Return the addresses of the modules that the module `code` at `address` imports."""
    folder = address.rpartition("/")[0]
    return [f"{folder}/{name.removeprefix('./')}" for name in IMPORTED.findall(code)] if ".js" in address else []


def load(port: int, path: str) -> tuple[int, str]:
    """Return the bytes of the compressed reply with its headers, and its text."""
    size = fetched(port, path, "br, gzip")[0]
    return size, fetched(port, path, "identity")[1].decode()


def fetched(port: int, path: str, coding: str) -> tuple[int, bytes]:
    """Return the size of the reply on the wire and its body."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    line.request("GET", path, headers={"Accept-Encoding": coding, "Accept-Language": "ko"})
    reply = line.getresponse()
    head = sum(len(name) + len(value) + 4 for name, value in reply.getheaders()) + len("HTTP/1.1 200 OK") + 4
    body = reply.read()
    line.close()
    return head + len(body), body
