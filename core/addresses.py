"""Which network addresses an outgoing call may reach: the public internet, and nothing at home."""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

NAT64 = IPv6Network("64:ff9b::/96")

Address = IPv4Address | IPv6Address


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a host, asked once. Raises OSError when it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(text: str) -> bool:
    """Whether an address belongs to the public internet, also behind its IPv6 disguises."""
    address = ip_address(text.partition("%")[0])
    hidden = _hidden(address) if isinstance(address, IPv6Address) else None
    if hidden is not None and not _is_global(hidden):
        return False
    if isinstance(address, IPv6Address) and (address.teredo or address.is_site_local):
        return False
    mapped = isinstance(address, IPv6Address) and address.ipv4_mapped is not None
    return mapped or _is_global(address)


def _hidden(address: IPv6Address) -> IPv4Address | None:
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _is_global(address: Address) -> bool:
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )
