"""Asking servers on the web, within bounds. The network is reached here and nowhere else.

Proxies are those of the environment, certificates are verified, and a server that is busy or
briefly away is asked again. An answer is had bit by bit, unpacked, and counted as it comes, so that
neither a slow server, nor a large answer, nor one that is small until unpacked, goes unnoticed.
"""

import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies, select_proxy
from urllib3.exceptions import HTTPError
from urllib3.util.retry import Retry

from loaders.errors import FetchError
from loaders.formats.reading.paging import Query

TIMEOUTS = (10.0, 60.0)
LARGEST = 4 << 30
LONGEST = 2 * 60 * 60.0
MOST_REDIRECTS = 5
_CHUNK = 1 << 20
_RETRIES = Retry(
    total=3,
    backoff_factor=0.5,
    status_forcelist=(429, 502, 503, 504),
    allowed_methods=("GET", "POST"),  # what is posted is a query, which changes nothing
    raise_on_status=False,
    retry_after_max=30,
)
_MISSING = (requests.codes.not_found, requests.codes.gone)
_REDIRECTS = (301, 302, 303, 307, 308)
_KEEPING_THE_BODY = (307, 308)


class MissingError(FetchError):
    """There is nothing at an address."""


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server tells an answer from a later one (RFC 9110, section 8.8)."""

    etag: str | None = None
    modified: str | None = None

    def __bool__(self) -> bool:
        return bool(self.etag or self.modified)

    def conditions(self) -> dict[str, str]:
        """The header fields that ask for an answer only where it is another by now."""
        fields = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in fields.items() if value}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answers: `chunks` is None where it says that nothing is new since it was asked.

    `kind` is the media type, without its parameters.
    """

    chunks: Iterator[bytes] | None
    validators: Validators
    kind: str


class _Session(requests.Session):
    """A session that leaves redirects alone: else it would read the whole body of each."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """No redirect is the session's to follow."""


class Connection:
    """A sitting of requests for one file, which together have so much time and so many bytes.

    `accept` names the media types that are wanted, `contact` is where those who run a server reach
    whoever asks. With `fresh`, caches on the way have to ask the server itself.
    """

    def __init__(self, accept: str, contact: str | None = None, *, fresh: bool = False) -> None:
        self._session = _Session()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=_RETRIES))
        program = f"gmkg/{version('gmkg')}"
        self._session.headers["User-Agent"] = f"{program} (+{contact})" if contact else program
        self._session.headers["Accept"] = accept
        if fresh:
            self._session.headers["Cache-Control"] = "no-cache"
        self._written = 0
        self._began = time.monotonic()

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    @contextmanager
    def ask(
        self,
        url: str,
        query: Query,
        longest: float,
        since: Validators | None = None,
        *,
        posted: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Iterator[Answer]:
        """Ask an address, by POST where something is `posted`; `longest` is in seconds.

        `since` are the validators of what is kept of an earlier answer.

        Raises:
            MissingError: there is nothing at the address.
            FetchError: it cannot be had, or not within the bounds; or a redirect leads where none
                should: from https to http, to something other than the web, or from the public
                internet to an address inside a network.
        """
        end = min(time.monotonic() + longest, self._began + LONGEST)
        fields = {**(headers or {}), **(since.conditions() if since else {})}
        try:
            with self._followed(url, query, posted, fields) as response:
                unchanged = response.status_code == requests.codes.not_modified
                if not (unchanged and since) and response.status_code != requests.codes.ok:
                    status = f"{response.status_code} {response.reason or ''}".strip()
                    kind = MissingError if response.status_code in _MISSING else FetchError
                    raise kind(response.url, f"answers {status}")
                yield Answer(
                    None if unchanged else self._chunks(url, response, end),
                    Validators(response.headers.get("ETag"), response.headers.get("Last-Modified")),
                    response.headers.get("Content-Type", "").partition(";")[0].strip().casefold(),
                )
        except (requests.RequestException, HTTPError) as error:
            raise FetchError(url, f"cannot be fetched ({type(error).__name__})") from error

    def _chunks(self, url: str, response: requests.Response, end: float) -> Iterator[bytes]:
        """A body as it comes, unpacked: a slow server is noticed between any two bytes."""
        while chunk := response.raw.read1(_CHUNK, decode_content=True):
            self._written += len(chunk)
            if self._written > LARGEST:
                raise FetchError(url, f"gives more than {LARGEST >> 30} GiB")
            if time.monotonic() > end:
                raise FetchError(url, "takes too long")
            yield chunk

    def _followed(
        self, url: str, query: Query, posted: bytes | None, fields: Mapping[str, str]
    ) -> requests.Response:
        """The answer that redirects lead to; the caller closes it."""
        asked, place = url, url
        for _ in range(MOST_REDIRECTS + 1):
            response = self._session.request(
                "GET" if posted is None else "POST",
                place,
                params=query,
                data=posted,
                headers=fields,
                timeout=TIMEOUTS,
                stream=True,
                allow_redirects=False,
            )
            follows = _REDIRECTS if posted is None else _KEEPING_THE_BODY
            location = response.headers.get("Location")
            if response.status_code not in follows or not location:
                return response
            response.close()
            query = {}  # it stands in the address that the server names, if it is wanted there
            place = _target(asked, response.url, location)
        raise FetchError(asked, f"leads through more than {MOST_REDIRECTS} redirects")


def _target(asked: str, place: str, location: str) -> str:
    """Where a redirect leads, if it may."""
    try:
        # Header fields are read as Latin-1; an address beyond ASCII is written in UTF-8.
        target = urljoin(place, location.encode("latin-1").decode("utf-8", "replace"))
    except ValueError:
        raise FetchError(asked, "redirects to what is no web address") from None
    _check_redirect(asked, place, target)
    return target


def _check_redirect(asked: str, place: str, target: str) -> None:
    """Refuse a redirect that nobody who declared an address can have meant.

    A declared address may lie anywhere, inside one's own network too; a server of the public
    internet may not send us there, nor from what is encrypted to what is not.

    Raises:
        FetchError: with the reason.
    """
    try:
        to, before = urlsplit(target), urlsplit(place)
        host = to.hostname
    except ValueError:
        raise FetchError(asked, "redirects to what is no web address") from None
    if to.scheme not in {"http", "https"} or not host:
        raise FetchError(asked, f"redirects to what is no web address ({to.scheme}:)")
    if before.scheme == "https" and to.scheme == "http":
        raise FetchError(asked, f"redirects from https to http ({target})")
    if _is_inside(target) and not _is_inside(asked):
        raise FetchError(
            asked, f"redirects to an address inside a network, which no public server may ({host})"
        )


def _is_inside(url: str) -> bool:
    """Whether a host is an address that is not one of the public internet, or is named for one.

    A name that is for a proxy to find is looked up by nobody here; `localhost` is always inside.
    """
    host = urlsplit(url).hostname or ""
    if host.rstrip(".").casefold().endswith("localhost"):
        return True
    try:
        addresses = [ip_address(host)]
    except ValueError:
        if select_proxy(url, get_environ_proxies(url)):
            return False
        addresses = _looked_up(host)
    return any(not _public(each) for each in addresses)


def _looked_up(host: str) -> list[IPv4Address | IPv6Address]:
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []  # asking it says why
    return [ip_address(str(address[0])) for *_, address in found]


def _public(address: IPv4Address | IPv6Address) -> bool:
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_global
