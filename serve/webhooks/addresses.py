"""Which network addresses a webhook may have: none inside the own network.

A name is resolved once and the connection goes to the very address that was checked, so that a
name cannot point elsewhere between the check and the connection.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from riac.errors import RiacError

# RFC 6052: an IPv4 address behind a translator, in the last 32 bits.
_NAT64 = IPv6Network("64:ff9b::/96")


class AddressRefusedError(RiacError):
    """A webhook's name leads into the own network."""

    code = "address_refused"


def resolve(host: str, port: int, *, allow_private: bool) -> str:
    """Return the address to connect to.

    Raises:
        AddressRefusedError: none of the addresses is public.
        OSError: the name cannot be resolved.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(sockaddr[0]) for *_, sockaddr in found]
    for address in addresses:
        if allow_private or is_public(address):
            return address
    raise AddressRefusedError(f"{host} leads to {', '.join(addresses)}, which is not public")


def is_public(address: str) -> bool:
    """Say whether an address is in the public internet, looking through embedded IPv4."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        embedded = _embedded(ip)
        if embedded is not None:
            return _plainly_public(ip) and _plainly_public(embedded)
    return _plainly_public(ip)


def _embedded(ip: IPv6Address) -> IPv4Address | None:
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def _plainly_public(ip: IPv4Address | IPv6Address) -> bool:
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
