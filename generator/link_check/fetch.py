"""Checks whether an address works: politely, over https only, and never inside a private network.

The host is looked up once; its IP addresses are checked, and the connection goes to the one that was checked.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple
from urllib.parse import urljoin, urlsplit

from generator import __version__

Verdict = Literal["fine", "moved", "unsure", "broken"]
MOST_REDIRECTS = 5
PERMANENT, REDIRECTS = (301, 308), (301, 302, 303, 307, 308)
#: Many servers refuse HEAD but answer GET.
TRY_GET = (400, 401, 403, 404, 405, 406, 410, 501)
#: The server does not want programs, or not now; a person may still see the page.
UNSURE = (401, 402, 403, 405, 406, 408, 423, 425, 429, 451, 999)
GONE = (404, 410)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet."""
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or found
    return mapped.is_global and not mapped.is_multicast


@dataclass(frozen=True, slots=True)
class Manners:
    """How to ask: which servers, how patiently, under which name. Only tests allow other servers: their own."""

    agent: str = f"career-eportal/{__version__} (weekly link check)"
    schemes: tuple[str, ...] = ("https",)
    ports: tuple[int, ...] = (443,)
    may_ask: Callable[[str], bool] = is_public
    timeout_seconds: float = 15
    pause_seconds: float = 1
    tries: int = 3
    at_once: int = 4


class Answer(NamedTuple):
    """The result for an address: a verdict, the reason, and the new address if it moved permanently."""

    verdict: Verdict
    reason: str = ""
    moved_to: str = ""


class _RefusedError(Exception):
    """An address that is not requested; the message says why."""


def ask(address: str, manners: Manners) -> Answer:
    """Check an address, following redirects; after a network failure it is tried again."""
    answer = Answer("unsure", "no answer")
    for attempt in range(manners.tries):
        if attempt:
            time.sleep(manners.pause_seconds * attempt)
        try:
            answer = _follow(address, manners)
        except _RefusedError as refused:
            return Answer("broken", str(refused))
        except socket.gaierror:
            answer = Answer("broken", "no such host")
        except ssl.SSLCertVerificationError:
            return Answer("broken", "the certificate is not valid")
        except TimeoutError:
            answer = Answer("unsure", f"no answer within {manners.timeout_seconds:g} seconds")
        except (OSError, http.client.HTTPException, ValueError):
            answer = Answer("unsure", "the connection failed")
        if answer.verdict in ("fine", "moved") or answer.reason.startswith("it answers"):
            break
    return answer


def _follow(address: str, manners: Manners) -> Answer:
    """Request an address and follow its redirects."""
    here, moved_to, only_permanent = address, "", True
    for _ in range(MOST_REDIRECTS + 1):
        status, target = _status(here, manners)
        if status not in REDIRECTS or not target:
            return _judged(status, moved_to)
        here = urljoin(here, target)
        only_permanent = only_permanent and status in PERMANENT
        moved_to = here if only_permanent else moved_to
    return Answer("broken", f"it redirects more than {MOST_REDIRECTS} times")


def _judged(status: int, moved_to: str) -> Answer:
    words = f"it answers {status} {http.client.responses.get(status, '')}".rstrip()
    if status in GONE:
        return Answer("broken", words)
    if status in UNSURE:
        return Answer("unsure", words)
    if status >= 400:  # noqa: PLR2004 - HTTP
        return Answer("unsure" if status >= 500 else "broken", words)  # noqa: PLR2004 - HTTP
    return Answer("moved", f"it has moved to {moved_to}", moved_to) if moved_to else Answer("fine")


def _status(address: str, manners: Manners) -> tuple[int, str]:
    """Return the status of a page and the target of a redirect; HEAD first, GET if that is refused."""
    status, target = _request("HEAD", address, manners)
    return _request("GET", address, manners) if status in TRY_GET else (status, target)


def _request(method: str, address: str, manners: Manners) -> tuple[int, str]:
    parts = urlsplit(address)
    host, port = parts.hostname or "", parts.port or {"https": 443, "http": 80}.get(parts.scheme, 0)
    if parts.scheme not in manners.schemes:
        raise _RefusedError(f"it leads to {parts.scheme or 'nothing'}:, not to https")
    if port not in manners.ports or parts.username is not None:
        raise _RefusedError("it names a port or a user")
    ip = _public_ip(host, port, manners)
    connection = _Connection(host, ip, port, manners, secure=parts.scheme == "https")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, path, headers={"User-Agent": manners.agent, "Accept": "*/*"})
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", "")
    finally:
        connection.close()


def _public_ip(host: str, port: int, manners: Manners) -> str:
    """Look up a host; if any of its addresses is inside a private network, it is not requested at all."""
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not all(map(manners.may_ask, found)):
        raise _RefusedError("its host is inside a private network")
    return found[0]


class _Connection(http.client.HTTPConnection):
    """A connection to an IP address that was checked, under the name of its host."""

    def __init__(self, host: str, ip: str, port: int, manners: Manners, *, secure: bool) -> None:
        super().__init__(host, port, timeout=manners.timeout_seconds)
        self.ip, self.secure = ip, secure

    def connect(self) -> None:
        """Connect; for https, verify the certificate of the host."""
        self.sock = socket.create_connection((self.ip, self.port), self.timeout)
        if self.secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
