"""Fetching a feed by its address, with all of its pages: what came is one file, as it came.

The network is reached here and nowhere else. Proxies are those of the environment, certificates are
verified, and a server that is busy or briefly away is asked again.
"""

import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import IO, BinaryIO, cast
from urllib.parse import quote

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

from loaders.errors import FetchError
from loaders.formats.paging import Paging, Query
from loaders.snapshot import Opener
from loaders.source import SourceFile

TIMEOUTS = (10.0, 60.0)
LARGEST = 4 << 30
LARGEST_PAGE = 64 << 20
MOST_PAGES = 20_000
_CHUNK = 1 << 20
_RETRIES = Retry(
    total=3,
    backoff_factor=0.5,
    status_forcelist=(429, 502, 503, 504),
    allowed_methods=("GET",),
    raise_on_status=False,
)


def fetched(file: SourceFile) -> Opener:
    """What fetches a file of a source, whole, when it is opened.

    Raises, when opened:
        FetchError: an address does not answer, answers with an error, or pages have no end.
    """
    assert file.url is not None
    url = file.url

    def opener() -> BinaryIO:
        kept = tempfile.TemporaryFile()  # noqa: SIM115 - handed to whoever opened it
        try:
            with requests.Session() as session:
                session.mount("http://", HTTPAdapter(max_retries=_RETRIES))
                session.mount("https://", HTTPAdapter(max_retries=_RETRIES))
                session.headers["User-Agent"] = f"gmkg/{version('gmkg')}"
                session.headers["Accept"] = "application/json, */*;q=0.5"
                _Feed(session, url, file.format.paging, file.full_records).write(kept)
            kept.seek(0)
        except BaseException:
            kept.close()
            raise
        return cast(BinaryIO, kept)

    return opener


@dataclass(slots=True)
class _Feed:
    session: requests.Session
    url: str
    paging: Paging | None
    full_records: bool
    written: int = 0
    seen: set[bytes] = field(default_factory=set)

    def write(self, kept: IO[bytes]) -> None:
        if self.paging is None:
            for chunk in self._chunks(self.url, {}):
                kept.write(chunk)
            return
        keys: list[str] = []
        for page in self._pages(self.paging):
            if self.full_records:
                keys += self.paging.keys(_document(self.url, page))
            else:
                kept.write(page.strip() + b"\n")
        for key in dict.fromkeys(keys):
            kept.write(self._whole(f"{self.url.rstrip('/')}/{quote(key, safe='')}", {}) + b"\n")

    def _pages(self, paging: Paging) -> Iterator[bytes]:
        query: Query | None = paging.first
        for _ in range(MOST_PAGES):
            if query is None:
                return
            page = self._whole(self.url, query)
            digest = hashlib.sha256(page).digest()
            if digest in self.seen:
                raise FetchError(
                    self.url, f"gives one page twice ({_told(query)}): its pages have no end"
                )
            self.seen.add(digest)
            yield page
            query = paging.following(_document(self.url, page), query)
        raise FetchError(self.url, f"has more than {MOST_PAGES:,} pages")

    def _whole(self, url: str, query: Query) -> bytes:
        content = bytearray()
        for chunk in self._chunks(url, query):
            content += chunk
            if len(content) > LARGEST_PAGE:
                raise FetchError(url, f"gives a page of more than {LARGEST_PAGE >> 20} MiB")
        return bytes(content)

    def _chunks(self, url: str, query: Query) -> Iterator[bytes]:
        try:
            with self.session.get(url, params=query, timeout=TIMEOUTS, stream=True) as response:
                if response.status_code != requests.codes.ok:
                    status = f"{response.status_code} {response.reason or ''}".strip()
                    raise FetchError(response.url, f"answers {status}")
                for chunk in response.iter_content(_CHUNK):
                    self.written += len(chunk)
                    if self.written > LARGEST:
                        raise FetchError(url, f"gives more than {LARGEST >> 30} GiB")
                    yield chunk
        except requests.RequestException as error:
            raise FetchError(url, f"cannot be fetched ({type(error).__name__})") from error


def _document(url: str, page: bytes) -> Mapping[str, object]:
    try:
        document = json.loads(page)
    except (ValueError, RecursionError):
        raise FetchError(url, "gives a page that is not well-formed JSON") from None
    if not isinstance(document, dict):
        raise FetchError(url, "gives a page that is no JSON object")
    return document


def _told(query: Query) -> str:
    return ", ".join(f"{name} {value}" for name, value in query.items())
