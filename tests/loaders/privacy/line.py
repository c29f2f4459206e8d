"""One leak through the whole line: loaded, published, and looked for wherever the public looks."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from loaders.audience import Audience
from loaders.directory import initialise
from loaders.errors import StructureError, ValidationError
from loaders.figures import plain
from loaders.formats import find_format
from loaders.issues import Effect, Issue
from loaders.pipeline import load_source
from loaders.publish import publish
from loaders.release import Release
from loaders.source import Publisher, Source, SourceFile
from tests.loaders.conftest import openers
from tests.loaders.publishing import LICENCE, store_of

HOLDER = "GM-exampleton"
_OF_FILES = frozenset({"unknown-column", "comment-lines", "out-of-scope"})
_BODY = b"key,name,type\nGM-exampleton,Exampleton Council,invented-body\n"


class Fate(StrEnum):
    """What becomes of a leak; all but the last mean that the public never sees it."""

    FILE_REFUSED = "file refused"
    RECORD_OUT = "record left out"
    WITHHELD = "value withheld"
    RELEASE_REFUSED = "release refused"
    INSIDE = "kept from the public"
    NOT_READ = "not read"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Seed:
    """A leak: where it is, a file that holds it, what of it nobody may find, and its fate.

    `hidden` are the texts to look for, as a reader sees them. `why` says why a leak is missed.
    `file` is the name of the file.
    """

    where: str
    format: str
    content: bytes
    hidden: tuple[str, ...]
    fate: Fate
    why: str = ""
    file: str = "leak.csv"


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a leak, where the public finds it, and whether issues and messages tell it."""

    fate: Fate
    public: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def run(seed: Seed, folder: Path) -> Found:
    """Load a leak as a public source beside one of its publisher, publish, and look for it."""
    directory = initialise(folder / "var")
    bodies = _source("bodies", "organisation-csv", "bodies.csv")
    load_source(directory, bodies, openers({"bodies.csv": _BODY}))
    source = _source("leak", seed.format, seed.file)
    try:
        loaded = load_source(directory, source, openers({seed.file: seed.content}))
    except StructureError as error:
        return Found(Fate.FILE_REFUSED, told=_told(seed, [str(error)]))
    issues = list(loaded.issues)
    said = [str(each) + (each.value or "") for each in issues]
    try:
        release = publish(directory).release
    except ValidationError as error:
        if "what may be of a person" not in str(error):
            raise
        return Found(Fate.RELEASE_REFUSED, told=_told(seed, [*said, str(error)]))
    if public := tuple(_seen(seed, release)):
        return Found(Fate.MISSED, public, _told(seed, said))
    return Found(_quiet_fate(seed, issues, release), told=_told(seed, said))


def _source(name: str, format_: str, file: str) -> Source:
    return Source(
        name=name,
        title=f"The {name}",
        files=(SourceFile(file, find_format(format_), None, 0),),
        publisher=Publisher("Tests", iri="https://publisher.example/"),
        licence=LICENCE,
        audience=Audience.PUBLIC,
        holder=HOLDER,
    )


def _quiet_fate(seed: Seed, issues: list[Issue], release: Release) -> Fate:
    """Why the public does not see a leak, though the file was loaded and published."""
    effects = {each.effect for each in issues if each.rule not in _OF_FILES}
    for effect, fate in ((Effect.LEFT_OUT, Fate.RECORD_OUT), (Effect.WITHHELD, Fate.WITHHELD)):
        if effect in effects:
            return fate
    if any(each.rule == "contact-of-a-person" for each in issues):
        return Fate.WITHHELD  # what stood in a text was taken out of it, and noted
    statements = _statements(release, Audience.INTERNAL)
    return Fate.INSIDE if any(_holds(seed, each) for each in statements) else Fate.NOT_READ


def _seen(seed: Seed, release: Release) -> Iterator[str]:
    """Where a leak stands in what the public may have: its store, and the files beside it."""
    if any(_holds(seed, each) for each in _statements(release, Audience.PUBLIC)):
        yield "store"
    folder = release.path / Audience.PUBLIC
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes().lower()
            if any(each.lower().encode() in content for each in seed.hidden):
                yield path.relative_to(folder).parts[0]


def _statements(release: Release, audience: Audience) -> Iterator[str]:
    """What a store says, a statement each, as it is written."""
    for quad in store_of(release, audience):
        yield f"{quad.subject.value} {quad.predicate.value} {quad.object.value}"


def _told(seed: Seed, texts: list[str]) -> tuple[str, ...]:
    """The texts that tell of a leak. Each names its file, as whoever loads it named it already."""
    return tuple(each for each in texts if _holds(seed, each.replace(seed.file, "")))


def _holds(seed: Seed, text: str) -> bool:
    """Whether a text holds what is hidden, as a reader sees both: case and spaces count nothing."""
    said = _squeezed(text)
    return any(_squeezed(each) in said for each in seed.hidden)


def _squeezed(text: str) -> str:
    return "".join(plain(text).casefold().split())
