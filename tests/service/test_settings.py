"""Settings: from the environment and from flags, and what is refused."""

import ipaddress
from pathlib import Path

import pytest

from service.settings import GIB, Settings, SettingsError


def test_without_any_variable_the_documented_defaults_hold() -> None:
    settings = Settings.from_environ({"PATH": "/bin"})
    assert settings == Settings()
    assert (settings.data, settings.host, settings.port) == (Path("var"), "127.0.0.1", 8000)
    assert (settings.query_timeout, settings.query_memory) == (30.0, 2 * GIB)


@pytest.mark.parametrize(
    ("variable", "text", "name", "value"),
    [
        ("GMKG_DATA", "/srv/data", "data", Path("/srv/data")),
        ("GMKG_BASE", "https://data.example.org/", "base", "https://data.example.org/"),
        ("GMKG_HOST", "0.0.0.0", "host", "0.0.0.0"),
        ("GMKG_PORT", "0", "port", 0),
        ("GMKG_PUBLIC_URL", "https://example.org", "public_url", "https://example.org"),
        ("GMKG_QUERY_TIMEOUT", "2.5", "query_timeout", 2.5),
        ("GMKG_QUERY_MEMORY", "512 MiB", "query_memory", 512 << 20),
        ("GMKG_QUERY_WORKERS", "3", "query_workers", 3),
        ("GMKG_MAX_RESULT_BYTES", "1000", "max_result_bytes", 1000),
        (
            "GMKG_TRUSTED_PROXIES",
            "10.0.0.0/8, ::1",
            "trusted_proxies",
            (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("::1")),
        ),
        ("GMKG_ENGINE", "embedded", "engine", "embedded"),
    ],
)
def test_each_documented_variable_is_read(
    variable: str, text: str, name: str, value: object
) -> None:
    assert getattr(Settings.from_environ({variable: text}), name) == value
    assert getattr(Settings.from_environ({}, **{name: text}), name) == value


def test_a_flag_wins_over_the_environment_unless_it_was_not_given() -> None:
    environ = {"GMKG_PORT": "1", "GMKG_HOST": "one"}
    settings = Settings.from_environ(environ, port=2, host=None)
    assert (settings.port, settings.host) == (2, "one")


@pytest.mark.parametrize(
    ("variable", "sentence"),
    [
        ("GMKG_PROT", "GMKG_PROT is no setting. Did you mean GMKG_PORT?"),
        ("GMKG_QUERY_TIME", "GMKG_QUERY_TIME is no setting. Did you mean GMKG_QUERY_TIMEOUT?"),
        ("GMKG_XYZZY", "GMKG_XYZZY is no setting."),
        ("GMKG_port", "GMKG_port is no setting. Did you mean GMKG_PORT?"),
    ],
)
def test_an_unknown_variable_is_refused_with_the_nearest_known_one(
    variable: str, sentence: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environ({variable: "1"})
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("GMKG_DATA", " "),
        ("GMKG_BASE", "https://data.example.org"),
        ("GMKG_BASE", "data.example.org/"),
        ("GMKG_BASE", "https://data.example.org/?a/"),
        ("GMKG_PORT", "65536"),
        ("GMKG_PORT", "-1"),
        ("GMKG_PUBLIC_URL", "example.org"),
        ("GMKG_PUBLIC_URL", "https://example.org/graph"),
        ("GMKG_QUERY_TIMEOUT", "0"),
        ("GMKG_QUERY_TIMEOUT", "inf"),
        ("GMKG_QUERY_MEMORY", "2 GB"),
        ("GMKG_QUERY_MEMORY", "0"),
        ("GMKG_QUERY_WORKERS", "0"),
        ("GMKG_TRUSTED_PROXIES", "proxy"),
        ("GMKG_ENGINE", "https://example.org/sparql"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_the_variable_s_name(
    variable: str, text: str
) -> None:
    with pytest.raises(SettingsError, match=f"^{variable} is "):
        Settings.from_environ({variable: text})


@pytest.mark.parametrize(
    ("settings", "origin"),
    [
        (Settings(), "http://127.0.0.1:8000"),
        (Settings(host="0.0.0.0", port=80), "http://localhost:80"),
        (Settings(host="::1"), "http://[::1]:8000"),
        (Settings(public_url="https://example.org/"), "https://example.org"),
    ],
)
def test_the_origin_is_where_clients_reach_the_service(settings: Settings, origin: str) -> None:
    assert settings.origin == origin
