"""A source: one publisher's feed, declared in TOML, kept in one named graph."""

import codecs
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from loaders.audience import Audience
from loaders.construct import KEYS, Construct, read_construct
from loaders.errors import DeclarationError
from loaders.formats import FORMATS, find_format
from loaders.formats.reading.format import Format
from loaders.formats.reading.rdf_items import RdfItems
from loaders.issues import Fault
from loaders.leak_exceptions import LeakException, read_exceptions
from loaders.values import Reader, organisation_key, web_address, words

RESERVED = frozenset(
    {"ontology", "links", "quality", "provenance", "inferred", "contributions", "edits", "vocab"}
)
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes a source: the key of an organisation of ours, or else somebody's IRI."""

    name: str
    key: str = ""
    iri: str = ""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a source. `place` is where it lies; None when it has to be given on loading.

    A load stops when it yields fewer records than `minimum` or more than `maximum`. `encoding` is
    how its text is written, where it does not say so itself and is not UTF-8. A file that lies
    nowhere may be fetched from `url`; with `full_records` each item that its pages list is fetched
    whole, by its code; with a `construct`, `url` is that of a SPARQL endpoint, which is asked that.
    """

    name: str
    format: Format
    place: Traversable | None
    minimum: int = 1
    maximum: int | None = None
    encoding: str | None = None
    url: str | None = None
    full_records: bool = False
    construct: Construct | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One source as declared. `left_out_at_most` bounds the records that may be left out.

    `holder` is the key of the organisation whose register it is, `organisations` the keys of those
    that it names, by what it calls them. What is `illustrative` is made up, to show how something
    is recorded: it is no record of any real body. `things_may_end` is why things that it described
    may be in it no more, in a sentence for everybody.
    """

    name: str
    title: str
    files: tuple[SourceFile, ...]
    description: str | None = None
    publisher: Publisher | None = None
    licence: str | None = None
    address: str | None = None
    audience: Audience = Audience.INTERNAL
    left_out_at_most: int | None = None
    holder: str | None = None
    organisations: Mapping[str, str] = field(default_factory=dict)
    illustrative: bool = False
    exceptions: tuple[LeakException, ...] = ()
    things_may_end: str | None = None


def check_name(name: str) -> None:
    """Refuse a name that could not be a graph's, or that is kept for a graph of our own.

    Raises:
        DeclarationError: with the reason.
    """
    if not _NAME.fullmatch(name):
        raise DeclarationError(
            f"“{name}” cannot name a source: use lower-case letters, digits and single hyphens."
        )
    if name in RESERVED:
        raise DeclarationError(f"“{name}” is kept for a graph of the service's own.")


def declared_sources(
    *folders: Traversable, refused: dict[str, DeclarationError] | None = None
) -> dict[str, Source]:
    """Every declared source by name: the package's own, and those in further folders.

    A folder of sources holds one folder for each, named as the source, with a `source.toml` in it.
    Where `refused` is given, what is wrong with a declaration goes there, by the name of its
    folder, and the others are read all the same.

    Raises:
        DeclarationError: a declaration cannot be read, or a source is declared twice.
    """
    found: dict[str, Source] = {}
    for folder in (resources.files("loaders") / "sources", *folders):
        for declaration in _declarations(folder):
            try:
                if declaration.name in found:
                    raise DeclarationError(f"the source “{declaration.name}” is declared twice.")
                check_name(declaration.name)
                found[declaration.name] = read_declaration(declaration)
            except DeclarationError as error:
                if refused is None:
                    raise
                refused[declaration.name] = error
    return dict(sorted(found.items()))


def _declarations(folder: Traversable) -> Iterator[Traversable]:
    if folder.is_dir():
        for entry in folder.iterdir():
            if (entry / "source.toml").is_file():
                yield entry


def read_declaration(folder: Traversable) -> Source:
    """The source that a folder's `source.toml` declares (`docs/declaring-a-source.md`).

    Raises:
        DeclarationError: the TOML is malformed, a key is missing, unknown or of the wrong type.
    """
    try:
        # With the byte order mark that Notepad and Excel may write.
        table = tomllib.loads((folder / "source.toml").read_text(encoding="utf-8-sig"))
        return _source(folder, table)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, DeclarationError) as error:
        raise DeclarationError(f"{folder.name}/source.toml: {error}") from error


def _source(folder: Traversable, table: Mapping[str, Any]) -> Source:
    _only(
        table,
        {"title", "description", "licence", "address", "holder", "things-may-end"},
        {"publisher", "audience", "left-out-at-most", "files", "organisations", "illustrative"}
        | {"exceptions"},
    )
    if "title" not in table or table.get("files", []) == []:
        raise DeclarationError("a source needs a title and at least one [[files]] table.")
    try:
        audience = Audience(table.get("audience", Audience.INTERNAL))
    except ValueError:
        raise DeclarationError(f"there is no audience “{table['audience']}”.") from None
    return Source(
        name=folder.name,
        title=table["title"],
        description=table.get("description"),
        publisher=_publisher(table["publisher"]) if "publisher" in table else None,
        licence=_checked(table, "licence", web_address),
        address=_checked(table, "address", web_address),
        audience=audience,
        left_out_at_most=_count(table, "left-out-at-most"),
        holder=_checked(table, "holder", organisation_key),
        organisations=_organisations(table.get("organisations", {})),
        illustrative=_flag(table, "illustrative"),
        files=_files(folder, table["files"]),
        exceptions=read_exceptions(table.get("exceptions", [])),
        things_may_end=table.get("things-may-end"),
    )


def _organisations(table: object) -> Mapping[str, str]:
    """Organisations' keys by what the source calls them."""
    if not isinstance(table, dict):
        raise DeclarationError("“organisations” is a table: write [organisations] above its keys.")
    _only(table, set(table), set())
    return {words(stated): _checked(table, stated, organisation_key) or "" for stated in table}


def _publisher(table: object) -> Publisher:
    if not isinstance(table, dict):
        raise DeclarationError("“publisher” is a table: write [publisher] above its keys.")
    _only(table, {"name", "iri", "key"}, set())
    if ("iri" in table) == ("key" in table) or "name" not in table:
        raise DeclarationError("a publisher needs a name, and an iri or a key.")
    return Publisher(
        name=table["name"],
        key=_checked(table, "key", organisation_key) or "",
        iri=_checked(table, "iri", web_address) or "",
    )


def _files(folder: Traversable, tables: object) -> tuple[SourceFile, ...]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise DeclarationError("“files” is a list of tables: write [[files]] above each.")
    files = tuple(_file(folder, table) for table in tables)
    for number, file in enumerate(files):
        if file.name in {other.name for other in files[:number]}:
            raise DeclarationError(f"the file “{file.name}” is declared twice.")
    return files


def _file(folder: Traversable, table: Mapping[str, Any]) -> SourceFile:
    _only(
        table,
        {"name", "format", "encoding", "url"} | KEYS,
        {"minimum", "maximum", "full-records", "page-size"},
    )
    if not ("name" in table and "format" in table):
        raise DeclarationError("each [[files]] table needs a name and a format.")
    if table["name"] in {".", ".."} or set("/\\") & set(table["name"]):
        raise DeclarationError(
            f"“name” is the name of a file beside this one, not {table['name']}."
        )
    minimum, maximum = _count(table, "minimum"), _count(table, "maximum")
    least = 1 if minimum is None else minimum
    if maximum is not None and maximum < least:
        raise DeclarationError(f"“maximum” is {maximum}, less than the minimum of {least}.")
    place = folder / table["name"]
    format_ = find_format(table["format"])
    kind = format_.layout.kind if isinstance(format_.layout, RdfItems) else None
    construct = read_construct(folder, table, kind, _count(table, "page-size"))
    return SourceFile(
        name=table["name"],
        format=format_,
        place=place if place.is_file() else None,
        minimum=least,
        maximum=maximum,
        encoding=_encoding(table.get("encoding")),
        url=_checked(table, "endpoint" if construct else "url", web_address),
        full_records=_full_records(table, format_),
        construct=construct,
    )


def _full_records(table: Mapping[str, Any], format_: Format) -> bool:
    value = _flag(table, "full-records")
    if value and "url" not in table:
        raise DeclarationError("“full-records” goes with a “url”.")
    if value and not _has_whole_items(format_):
        names = ", ".join(name for name, each in FORMATS.items() if _has_whole_items(each))
        raise DeclarationError(
            f"“full-records” goes with a format whose items can be fetched whole: {names}."
        )
    return value


def _has_whole_items(format_: Format) -> bool:
    return format_.paging is not None and format_.paging.has_whole_items


def _encoding(name: str | None) -> str | None:
    try:
        if name:
            "".encode(name)  # unlike codecs.lookup, it refuses codecs that are none of text
        return codecs.lookup(name).name if name else None
    except (LookupError, ValueError):
        raise DeclarationError(f"there is no encoding “{name}”.") from None


def _checked(table: Mapping[str, Any], key: str, read: Reader[str]) -> str | None:
    try:
        return read(table[key]) if key in table else None
    except Fault as fault:
        raise DeclarationError(f"“{key}”: {fault.message}") from None


def _flag(table: Mapping[str, Any], key: str) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise DeclarationError(f"“{key}” is true or false, not {value!r}.")
    return value


def _count(table: Mapping[str, Any], key: str) -> int | None:
    value = table.get(key)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise DeclarationError(f"“{key}” is a whole number, not {value!r}.")
    return value


def _only(table: Mapping[str, Any], texts: set[str], others: set[str]) -> None:
    for key, value in table.items():
        if key not in texts | others:
            raise DeclarationError(
                f"there is no key “{key}” here, only {', '.join(sorted(texts | others))}."
            )
        if key in texts and not (isinstance(value, str) and value.strip()):
            raise DeclarationError(f"“{key}” is a text, not {value!r}.")
