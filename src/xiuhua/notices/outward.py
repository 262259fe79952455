"""Requests to addresses that people of a city typed in: never into this server's own network unless it was allowed.

The name is resolved once, every address it has is looked at, and the connection goes to one of these very addresses,
so that a name that changes between the look and the call gains nothing. Redirections are not followed.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final
from urllib.parse import SplitResult, urlsplit, urlunsplit

from xiuhua.platform.errors import Invalid
from xiuhua.platform.jobs.model import JobFailed, JobHopeless

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolve = Callable[[str, int], Sequence[str]]
"""Host and port → addresses; raises `OSError`."""
LONGEST_URL: Final = 500
_TIMEOUT_S: Final = 10.0
_PORTS: Final = {"http": 80, "https": 443}


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a host by the system's resolver."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def networks(text: str) -> tuple[Network, ...]:
    """Networks such as `10.20.0.0/16 fd00::/8`. Raises `Invalid`."""
    try:
        return tuple(ip_network(part) for part in text.split())
    except ValueError as error:
        raise Invalid(f"{error}") from error


def url_fault(url: str) -> str | None:
    """What is wrong with a webhook's URL, by its form; None when nothing is."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "is no URL"
    if parts.scheme not in _PORTS or not parts.hostname or len(url) > LONGEST_URL or port == 0:
        return f"is no http or https URL of at most {LONGEST_URL} characters"
    if parts.username or parts.password or parts.fragment or not url.isascii() or any(sign <= " " for sign in url):
        return "holds a name, a password, a fragment or signs that do not belong there"
    return None


@dataclass(frozen=True, slots=True)
class Outward:
    """Calls out, to public addresses and to networks that were allowed."""

    allowed: tuple[Network, ...] = ()
    resolve: Resolve = field(default=resolved)
    verify: bool | str = True
    """As httpx has it: whether the other side's certificate is checked, or by which authorities."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """The status that the other side answered; its words are not read.

        Raises `JobHopeless` for an address that is not to be called, `JobFailed` when it cannot be reached.
        """
        import httpx  # noqa: PLC0415 - a tenth of a second and 10 MB that only a sending process needs

        if fault := url_fault(url):
            raise JobHopeless(f"the URL {fault}")
        parts = urlsplit(url)
        host, port = str(parts.hostname), parts.port or _PORTS[parts.scheme]
        address = self._address(host, port)
        pinned = urlunsplit(SplitResult(parts.scheme, _netloc(address, port), parts.path or "/", parts.query, ""))
        sent = {**headers, "Host": parts.netloc, "User-Agent": "Xiuhua", "Accept": "*/*"}
        try:
            with (
                httpx.Client(verify=self.verify, trust_env=False, timeout=_TIMEOUT_S) as client,
                client.stream(
                    "POST", pinned, content=body, headers=sent, extensions={"sni_hostname": host}
                ) as answer,
            ):  # fmt: skip
                return answer.status_code
        except (httpx.HTTPError, OSError) as error:
            raise JobFailed(f"the address cannot be reached ({type(error).__name__})") from error

    def _address(self, host: str, port: int) -> Address:
        try:
            found = [ip_address(one.partition("%")[0]) for one in self.resolve(host, port)]
        except (OSError, ValueError) as error:
            raise JobFailed("the host's name cannot be resolved") from error
        if not found:
            raise JobFailed("the host's name cannot be resolved")
        if not all(map(self.may, found)):
            # One private address among public ones is how a name is made to point inside.
            raise JobHopeless("the host has an address within a private network that was not allowed")
        return found[0]

    def may(self, address: Address) -> bool:
        """Whether an address may be called: a public one, or one of an allowed network."""
        real = getattr(address, "ipv4_mapped", None) or address
        if any(real.version == network.version and real in network for network in self.allowed):
            return True
        return bool(real.is_global) and not real.is_multicast and not _embeds(real)


def _embeds(address: Address) -> bool:
    """IPv6 that carries an IPv4 address to be reached by translation (6to4, NAT64, Teredo): may mean anything."""
    if isinstance(address, IPv4Address):
        return False
    return bool(address.sixtofour or address.teredo) or address in _NAT64


_NAT64: Final = ip_network("64:ff9b::/96")


def _netloc(address: Address, port: int) -> str:
    return f"[{address}]:{port}" if address.version == 6 else f"{address}:{port}"
