"""Who a client is, as far as sharing between clients needs to know.

A client is an address: the one that the connection comes from, or, where that is a proxy which
the settings name, the last address of X-Forwarded-For that is no such proxy. Whoever has one
address of IPv6 has a whole network of 64 bits to choose from, so that network is one client.
"""

import ipaddress
from collections.abc import Iterable
from functools import lru_cache

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

SUBSCRIBER_BITS = 64
# Characters of the field: what is read is remembered, and a client may send 400,000.
MOST_READ = 500


def client_of(peer: str, forwarded: str | None, trusted: tuple[Network, ...]) -> str:
    """The client of a request from the address `peer`, with its X-Forwarded-For as it came.

    The field is believed from its end backwards, and only as far as trusted proxies wrote it:
    what stands before that, any client can make up. So no more than the end of it is read.
    """
    if not trusted or not forwarded:
        return _client_of(peer, None, trusted)
    if len(forwarded) > MOST_READ:
        forwarded = forwarded[-MOST_READ:].partition(",")[2]
    return _client_of(peer, forwarded, trusted)


@lru_cache(maxsize=4096)
def _client_of(peer: str, forwarded: str | None, trusted: tuple[Network, ...]) -> str:
    address = _read(peer)
    if address is None:
        return peer
    if forwarded and trusted:
        for text in reversed(forwarded.split(",")):
            if not _is_within(address, trusted):
                break
            earlier = _read(text)
            if earlier is None:
                break
            address = earlier
    return _subscriber(address)


def _read(text: str) -> Address | None:
    """The address in a member of the field, which may carry a port and brackets."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def _is_within(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in network for network in networks)


def _subscriber(address: Address) -> str:
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.ip_network((address, SUBSCRIBER_BITS), strict=False))
