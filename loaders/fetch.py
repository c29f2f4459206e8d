"""Fetching a feed by its address, with all of its pages, as one file.

A file without pages is kept as it came. Pages are written one after the other in UTF-8, without
byte order marks. Where each item is fetched whole, it stands in the place of the listed one, in a
document for each page with the total that the page states.

The network is reached here and nowhere else. Proxies are those of the environment, certificates are
verified, and a server that is busy or briefly away is asked again. A feed that does not give all
that it says it has is refused whole.
"""

import hashlib
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import IO, BinaryIO, cast
from urllib.parse import quote, urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util.retry import Retry

from loaders.errors import FetchError
from loaders.formats.reading.content import shown_encoding
from loaders.formats.reading.paging import Page, Paging, Query, UnfinishedError, code_of
from loaders.snapshot import Opener
from loaders.source import SourceFile

TIMEOUTS = (10.0, 60.0)
LARGEST = 4 << 30
LARGEST_PAGE = 64 << 20
MOST_PAGES = 20_000
LONGEST = 2 * 60 * 60.0
LONGEST_PAGE = 10 * 60.0
MOST_MISSING = 0.1
_CHUNK = 1 << 20
_RETRIES = Retry(
    total=3,
    backoff_factor=0.5,
    status_forcelist=(429, 502, 503, 504),
    allowed_methods=("GET",),
    raise_on_status=False,
    retry_after_max=30,
)
_MISSING = (requests.codes.not_found, requests.codes.gone)
_COMMENT = b"//"
Tell = Callable[[str], None]


def fetched(file: SourceFile, tell: Tell = lambda said: None) -> Opener:
    """What fetches a file of a source, whole, when it is opened.

    `tell` takes a sentence about what was done without.

    Raises, when opened:
        FetchError: an address does not answer in time, answers with an error or with another item
            than the one asked for; pages have no end, or end before the end that they state.
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
                _Feed(session, file, url, tell).write(kept)
            kept.seek(0)
        except BaseException:
            kept.close()
            raise
        return cast(BinaryIO, kept)

    return opener


@dataclass(slots=True)
class _Feed:
    session: requests.Session
    file: SourceFile
    url: str
    tell: Tell
    written: int = 0
    listed: int = 0
    missing: int = 0
    seen: set[bytes] = field(default_factory=set)
    began: float = field(default_factory=time.monotonic)

    def write(self, kept: IO[bytes]) -> None:
        paging = self.file.format.paging
        if paging is None:
            for chunk in self._chunks(self.url, {}, LONGEST):
                kept.write(chunk)
            return
        for document, page in self._pages(paging):
            if self.file.full_records:
                self._write_whole(document, paging, kept)
            else:
                kept.write(page.strip() + b"\n")
        if self.missing > MOST_MISSING * self.listed:
            raise FetchError(
                self.url,
                f"lists {self.listed} items, and {self.missing} of them cannot be fetched whole",
            )
        if self.missing:
            self.tell(
                f"{self.missing} of {self.listed} items are missing where they should be whole; "
                "what the list says of them is loaded."
            )

    def _write_whole(self, document: Page, paging: Paging, kept: IO[bytes]) -> None:
        """Write a page with each of its items whole; one without an `id` stays as it is listed."""
        items = paging.listed(document)
        if items is None:
            raise FetchError(self.url, f"gives a page without a list of “{paging.items}”")
        kept.write(b"{%s: [\n" % json.dumps(paging.items).encode())
        for number, item in enumerate(items):
            code = code_of(item)
            whole = None if code is None else self._item(code)
            kept.write(b",\n" if number else b"")
            kept.write(json.dumps(item).encode() if whole is None else whole)
        total = json.dumps(document.get(paging.total)).encode()
        kept.write(b"\n], %s: %s}\n" % (json.dumps(paging.total).encode(), total))
        self.listed += len(items)

    def _item(self, code: str) -> bytes | None:
        """An item whole; None where there is none at its address."""
        parts = urlsplit(self.url)
        path = f"{parts.path.rstrip('/')}/{quote(code, safe='')}"
        url = urlunsplit(parts._replace(path=path, fragment=""))
        try:
            item = self._whole(url, {})
        except _MissingError:
            self.missing += 1
            return None
        if code_of(_document(url, item)) != code:
            raise FetchError(url, f"gives another item than “{code}”, or one without an “id”")
        return item

    def _pages(self, paging: Paging) -> Iterator[tuple[Page, bytes]]:
        query: Query | None = paging.first
        first: Page | None = None
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
            document = _document(self.url, page)
            first = first or document
            yield document, page
            try:
                query = paging.following(document, query, first)
            except UnfinishedError as reason:
                raise FetchError(self.url, str(reason)) from None
        raise FetchError(self.url, f"has more than {MOST_PAGES:,} pages")

    def _whole(self, url: str, query: Query) -> bytes:
        """A page in UTF-8, without a mark and without lines of comment before it."""
        content = bytearray()
        for chunk in self._chunks(url, query, LONGEST_PAGE):
            content += chunk
            if len(content) > LARGEST_PAGE:
                raise FetchError(url, f"gives a page of more than {LARGEST_PAGE >> 20} MiB")
        page = bytes(content)
        shown = shown_encoding(page[:4])
        codec = shown.codec if shown else self.file.encoding or "utf-8"
        try:
            page = page[shown.mark if shown else 0 :].decode(codec).encode()
        except UnicodeError:
            raise FetchError(
                url, f"gives a page that is not text in the encoding {codec}"
            ) from None
        while (page := page.strip()).startswith(_COMMENT):
            page = page.partition(b"\n")[2]
        return page

    def _chunks(self, url: str, query: Query, longest: float) -> Iterator[bytes]:
        """What an address gives, as it comes: a slow server is noticed between any two bytes."""
        end = min(time.monotonic() + longest, self.began + LONGEST)
        try:
            with self.session.get(url, params=query, timeout=TIMEOUTS, stream=True) as response:
                if response.status_code != requests.codes.ok:
                    status = f"{response.status_code} {response.reason or ''}".strip()
                    kind = _MissingError if response.status_code in _MISSING else FetchError
                    raise kind(response.url, f"answers {status}")
                while chunk := response.raw.read1(_CHUNK, decode_content=True):
                    self.written += len(chunk)
                    if self.written > LARGEST:
                        raise FetchError(url, f"gives more than {LARGEST >> 30} GiB")
                    if time.monotonic() > end:
                        raise FetchError(url, "takes too long")
                    yield chunk
        except (requests.RequestException, HTTPError) as error:
            raise FetchError(url, f"cannot be fetched ({type(error).__name__})") from error


class _MissingError(FetchError):
    """There is nothing at an address."""


def _document(url: str, page: bytes) -> Page:
    try:
        document = json.loads(page)
    except (ValueError, RecursionError):
        raise FetchError(url, "gives a page that is not well-formed JSON") from None
    if not isinstance(document, dict):
        raise FetchError(url, "gives a page that is no JSON object")
    return document


def _told(query: Query) -> str:
    return ", ".join(f"{name} {value}" for name, value in query.items())
