"""Fetching a feed by its address, with all of its pages, as one file.

A file without pages is kept as it came. Pages are written one after the other in UTF-8, without
byte order marks. Where each item is fetched whole, it stands in the place of the listed one, in a
document for each page with the total that the page states.

A server is asked for what it gave before only where that is another by now: each page by itself,
since that the first is as it was says nothing of the others, and each item that is fetched whole.
What is as it was is taken from the snapshot. A feed that does not give all that it says it has is
refused whole.
"""

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import IO, BinaryIO, cast
from urllib.parse import quote, urlsplit, urlunsplit

from loaders.earlier_fetch import Earlier, Memory, Part, asked_as
from loaders.errors import FetchError
from loaders.formats.reading.content import shown_encoding
from loaders.formats.reading.paging import Page, Paging, Query, UnfinishedError, code_of
from loaders.requesting import LONGEST, Connection, MissingError, Validators
from loaders.snapshot import Opener
from loaders.source import SourceFile

LARGEST_PAGE = 64 << 20
MOST_PAGES = 20_000
LONGEST_PAGE = 10 * 60.0
MOST_MISSING = 0.1
_COMMENT = b"//"
_RDF = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "trig": "application/trig",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}
Tell = Callable[[str], None]


def fetched(
    file: SourceFile,
    tell: Tell = lambda said: None,
    memory: Memory | None = None,
    contact: str | None = None,
) -> Opener:
    """What fetches a file of a source, whole, when it is opened.

    `tell` takes a sentence about what was done without, or was not needed. `memory` is where it is
    remembered what was fetched before; `contact` is told to the servers.

    Raises, when opened:
        FetchError: an address does not answer in time, answers with an error or with another item
            than the one asked for; pages have no end, or end before the end that they state.
    """
    assert file.url is not None
    url = file.url

    def opener() -> BinaryIO:
        kept = tempfile.TemporaryFile()  # noqa: SIM115 - handed to whoever opened it
        try:
            with (
                Connection(_accepted(file), contact, fresh=bool(memory and memory.fresh)) as web,
                _earlier(memory, file) as earlier,
            ):
                written = _Written(kept)
                if file.construct is not None:
                    from loaders.endpoint import write_construct  # its library is slow to import

                    write_construct(web, url, file.construct, written.write, tell)
                else:
                    _Feed(web, file, url, tell, earlier, written).write()
            if memory is not None:
                memory.remember(file, written.sha256(), written.parts)
            kept.seek(0)
        except BaseException:
            kept.close()
            raise
        return cast(BinaryIO, kept)

    return opener


def _earlier(memory: Memory | None, file: SourceFile) -> AbstractContextManager[Earlier]:
    return memory.earlier(file) if memory else nullcontext(Earlier())


def _accepted(file: SourceFile) -> str:
    """The media types that are wanted: that of the file's name, where it names a syntax of RDF."""
    named = _RDF.get(file.name.rpartition(".")[2].casefold(), "application/json")
    return f"{named}, */*;q=0.5"


class _Written:
    """A file as it is written: its digest, and where in it the answers lie."""

    def __init__(self, file: IO[bytes]) -> None:
        self.parts: dict[str, Part] = {}
        self._file = file
        self._digest = hashlib.sha256()
        self._size = 0

    def write(self, content: bytes) -> None:
        """Write what is ours, and nobody's answer."""
        self._file.write(content)
        self._digest.update(content)
        self._size += len(content)

    def write_answer(self, url: str, query: Query, answer: "_Answered") -> None:
        """Write what a server answers, and note where it lies."""
        start = self._size
        for chunk in answer.chunks:
            self.write(chunk)
        if since := answer.validators:
            self.parts[asked_as(url, query)] = Part(
                start, self._size - start, since.etag, since.modified
            )

    def sha256(self) -> str:
        """The digest of all that was written, in hexadecimal."""
        return self._digest.hexdigest()


@dataclass(frozen=True, slots=True)
class _Answered:
    """What comes of asking a server: the content, as it was sent now or is kept."""

    chunks: Iterable[bytes]
    validators: Validators


class _Kept(_Answered):
    """An answer that is kept, and the same now."""


@dataclass(slots=True)
class _Feed:
    web: Connection
    file: SourceFile
    url: str
    tell: Tell
    earlier: Earlier
    kept: _Written
    asked: int = 0
    unchanged: int = 0
    listed: int = 0
    missing: int = 0
    seen: set[bytes] = field(default_factory=set)

    def write(self) -> None:
        self._write()
        if self.unchanged:
            self.tell(
                "Nothing of it has changed since it was fetched, so nothing was sent again."
                if self.unchanged == self.asked
                else f"{self.unchanged} of {self.asked} answers are as they were, and were not "
                "sent again."
            )

    def _write(self) -> None:
        paging = self.file.format.paging
        if paging is None:
            with self._answer(self.url, {}, LONGEST) as answer:
                self.kept.write_answer(self.url, {}, answer)
            return
        for document, page, query in self._pages(paging):
            if self.file.full_records:
                self._write_whole(document, paging)
            else:
                self.kept.write_answer(self.url, query, page)
                self.kept.write(b"\n")
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

    def _write_whole(self, document: Page, paging: Paging) -> None:
        """Write a page with each of its items whole; one without an `id` stays as it is listed."""
        items = paging.listed(document)
        if items is None:
            raise FetchError(self.url, f"gives a page without a list of “{paging.items}”")
        self.kept.write(b"{%s: [\n" % json.dumps(paging.items).encode())
        for number, item in enumerate(items):
            code = code_of(item)
            self.kept.write(b",\n" if number else b"")
            if code is None or not self._write_item(code):
                self.kept.write(json.dumps(item).encode())
        total = json.dumps(document.get(paging.total)).encode()
        self.kept.write(b"\n], %s: %s}\n" % (json.dumps(paging.total).encode(), total))
        self.listed += len(items)

    def _write_item(self, code: str) -> bool:
        """Write an item whole, unless there is none at its address."""
        parts = urlsplit(self.url)
        path = f"{parts.path.rstrip('/')}/{quote(code, safe='')}"
        url = urlunsplit(parts._replace(path=path, fragment=""))
        try:
            item, validators = self._whole(url, {})
        except MissingError:
            self.missing += 1
            return False
        if code_of(_document(url, item)) != code:
            raise FetchError(url, f"gives another item than “{code}”, or one without an “id”")
        self.kept.write_answer(url, {}, _Answered([item], validators))
        return True

    def _pages(self, paging: Paging) -> Iterator[tuple[Page, _Answered, Query]]:
        query: Query | None = paging.first
        first: Page | None = None
        for _ in range(MOST_PAGES):
            if query is None:
                return
            page, validators = self._whole(self.url, query)
            digest = hashlib.sha256(page).digest()
            if digest in self.seen:
                raise FetchError(
                    self.url, f"gives one page twice ({_told(query)}): its pages have no end"
                )
            self.seen.add(digest)
            document = _document(self.url, page)
            first = first or document
            yield document, _Answered([page], validators), query
            try:
                query = paging.following(document, query, first)
            except UnfinishedError as reason:
                raise FetchError(self.url, str(reason)) from None
        raise FetchError(self.url, f"has more than {MOST_PAGES:,} pages")

    def _whole(self, url: str, query: Query) -> tuple[bytes, Validators]:
        """A page in UTF-8, without a mark and without lines of comment before it."""
        content = bytearray()
        with self._answer(url, query, LONGEST_PAGE) as answer:
            for chunk in answer.chunks:
                content += chunk
                if len(content) > LARGEST_PAGE:
                    raise FetchError(url, f"gives a page of more than {LARGEST_PAGE >> 20} MiB")
        page = bytes(content)
        # What is kept of a page is in UTF-8, whatever encoding the feed is declared to have.
        shown = shown_encoding(page[:4])
        codec = shown.codec if shown else self._encoding(answer)
        try:
            page = page[shown.mark if shown else 0 :].decode(codec).encode()
        except UnicodeError:
            raise FetchError(
                url, f"gives a page that is not text in the encoding {codec}"
            ) from None
        while (page := page.strip()).startswith(_COMMENT):
            page = page.partition(b"\n")[2]
        return page, answer.validators

    def _encoding(self, answer: _Answered) -> str:
        return "utf-8" if isinstance(answer, _Kept) else self.file.encoding or "utf-8"

    @contextmanager
    def _answer(self, url: str, query: Query, longest: float) -> Iterator[_Answered]:
        """What an address gives, or gave where the server says that it is the same now."""
        part = self.earlier.part(url, query)
        self.asked += 1
        with self.web.ask(url, query, longest, part.validators if part else None) as answer:
            if answer.chunks is not None:
                yield _Answered(answer.chunks, answer.validators)
                return
        assert part is not None
        self.unchanged += 1
        yield _Kept(self.earlier.content(part), answer.validators or part.validators)


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
