"""The settings of one running service, read once and never changed.

Each is an environment variable `GMKG_…` and a flag of the same name; a flag wins. Nothing
is read at import, and no other module looks at the environment.
"""

import difflib
import ipaddress
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urlsplit

from service.errors import ServiceError
from service.request_log import MODES, SLOW

PREFIX = "GMKG_"
GIB = 1 << 30
UNITS = {"": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": GIB}

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class SettingsError(ServiceError):
    """A setting is unknown or has a value that cannot be used."""

    def __init__(self, variable: str, complaint: str) -> None:
        self.variable = variable
        super().__init__(f"{variable} {complaint}")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the service is told from outside; `docs/operating.md` lists the variables.

    `public_url` is where clients reach the service, when links must be absolute. `base` only
    guards: a data directory made for another base is refused. Without `query_workers` the
    number follows the processors of the machine. `trusted_proxies` say who a client is.
    `request_log` is one of `request_log.MODES`. Both timeouts are in seconds.
    """

    data: Path = Path("var")
    base: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str | None = None
    query_timeout: float = 30.0
    query_memory: int = 2 * GIB
    query_workers: int | None = None
    max_result_bytes: int = GIB // 4
    trusted_proxies: tuple[Network, ...] = ()
    request_log: str = SLOW
    stop_timeout: float = 6.0
    engine: str = "embedded"

    @classmethod
    def from_environ(cls, environ: Mapping[str, str], **flags: object) -> "Settings":
        """The settings that environment and flags give; a flag that is None was not given."""
        known = {field.name for field in fields(cls)}
        given: dict[str, object] = {}
        for variable, text in environ.items():
            if variable.startswith(PREFIX):
                name = variable.removeprefix(PREFIX).lower()
                if name not in known or variable != variable_of(name):
                    raise SettingsError(variable, f"is no setting.{_nearest(variable, known)}")
                given[name] = text
        for name, value in flags.items():
            if name not in known:
                raise SettingsError(variable_of(name), f"is no setting.{_nearest(name, known)}")
            if value is not None:
                given[name] = value
        return cls(**{name: _read(name, value) for name, value in given.items()})  # type: ignore[arg-type]

    @property
    def origin(self) -> str:
        """Where clients reach this service, without a slash at the end."""
        if self.public_url is not None:
            return self.public_url.rstrip("/")
        host = "localhost" if self.host in ("0.0.0.0", "::") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def variable_of(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def _nearest(given: str, known: set[str]) -> str:
    near = difflib.get_close_matches(
        given.removeprefix(PREFIX).lower(), sorted(known), n=1, cutoff=0.5
    )
    return f" Did you mean {variable_of(near[0])}?" if near else ""


def _read(name: str, value: object) -> object:
    """The value as its setting wants it: text is parsed, anything else must be right already."""
    if not isinstance(value, str):
        return value
    try:
        return READERS[name](value.strip())
    except ValueError as fault:
        raise SettingsError(variable_of(name), f"is {value!r}, but {fault}.") from None


def _text(value: str) -> str:
    if not value:
        raise ValueError("it must not be empty")
    return value


def _port(value: str) -> int:
    if not value.isdecimal() or int(value) > 65535:
        raise ValueError("a port is a number from 0 to 65535")
    return int(value)


def _count(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise ValueError("a whole number from 1 is wanted")
    return int(value)


def _size(value: str) -> int:
    found = re.fullmatch(r"([0-9]+) ?(|KiB|MiB|GiB)", value)
    if not found or not int(found[1]):
        raise ValueError("a size is a number of bytes, or a number with KiB, MiB or GiB")
    return int(found[1]) * UNITS[found[2]]


def _seconds(value: str) -> float:
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", value) or not float(value):
        raise ValueError("a number of seconds above 0 is wanted")
    return float(value)


def _base(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise ValueError("a base is an http or https IRI without query or fragment")
    if not value.endswith("/"):
        raise ValueError("a base ends in a slash")
    return value


def _public_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("it must be an http or https URL")
    if parts.path not in ("", "/") or parts.query or parts.fragment:
        raise ValueError("the service stands at the root of a host, so the URL has no path")
    return value


def _networks(value: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in value.split(",") if part)
    except ValueError:
        raise ValueError("a comma-separated list of addresses or networks is wanted") from None


def _request_log(value: str) -> str:
    if value not in MODES:
        raise ValueError(f"it is one of {', '.join(MODES)}")
    return value


def _engine(value: str) -> str:
    if value != "embedded":
        raise ValueError("the only engine is `embedded`")
    return value


READERS: Mapping[str, Callable[[str], object]] = {
    "data": lambda value: Path(_text(value)),
    "base": _base,
    "host": _text,
    "port": _port,
    "public_url": _public_url,
    "query_timeout": _seconds,
    "query_memory": _size,
    "query_workers": _count,
    "max_result_bytes": _size,
    "trusted_proxies": _networks,
    "request_log": _request_log,
    "stop_timeout": _seconds,
    "engine": _engine,
}
