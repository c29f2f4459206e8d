"""Who a client is: an address, told by a proxy only where the proxy is trusted."""

import ipaddress
import tracemalloc

import pytest

from service.client_address import client_of

INSIDE = (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("fd00::/8"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("192.0.2.1", None, "192.0.2.1"),
        ("192.0.2.1", "198.51.100.7", "192.0.2.1"),
        ("10.0.0.1", None, "10.0.0.1"),
        ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        ("10.0.0.1", "203.0.113.9, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        ("10.0.0.1", "10.0.0.3,10.0.0.2", "10.0.0.3"),
        ("10.0.0.1", "198.51.100.7:4711", "198.51.100.7"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.7, unknown, 10.0.0.2", "10.0.0.2"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "[2001:db8:1:2:3::4]:80", "2001:db8:1:2::/64"),
        ("fd00::1", "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", None, "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", None, "192.0.2.1"),
        ("::ffff:10.0.0.1", "198.51.100.7", "198.51.100.7"),
        ("", "198.51.100.7", ""),
    ],
)
def test_the_last_address_that_no_trusted_proxy_could_have_made_up_is_the_client(
    peer: str, forwarded: str | None, client: str
) -> None:
    assert client_of(peer, forwarded, INSIDE) == client


def test_without_trusted_proxies_nobody_is_believed() -> None:
    assert client_of("10.0.0.1", "198.51.100.7", ()) == "10.0.0.1"


def test_of_a_long_field_the_end_alone_is_read_and_remembered() -> None:
    long = f"{'203.0.113.9, ' * 30_000}198.51.100.7, 10.0.0.2"
    assert client_of("10.0.0.1", long, INSIDE) == "198.51.100.7"
    assert client_of("10.0.0.1", "1" * 400_000, INSIDE) == "10.0.0.1"


@pytest.mark.parametrize("trusted", [(), INSIDE])
def test_strangers_cannot_fill_the_memory_with_long_fields(
    trusted: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...],
) -> None:
    tracemalloc.start()
    try:
        for number in range(100):
            client_of("10.0.0.1", f"{number}" * 100_000, trusted)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 1_000_000
