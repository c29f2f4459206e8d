"""The document about a thing: its forms, where each of them is had, and how they are linked.

It knows no request, so that whoever answers one can make the same of it.
"""

from dataclasses import dataclass

from service.description import Description, Standing, document, licences, represent, standing
from service.locations import uri_of
from service.representations import DESCRIPTIONS, Representation
from service.store import Release

TIMEMAP, LINK_FORMAT = "/timemap", "application/link-format"


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a Link field (RFC 8288); `datetime` is that of a memento (RFC 7089 §2.2.4)."""

    target: str
    rel: str
    type: str | None = None
    datetime: str | None = None

    def __str__(self) -> str:
        kind = f'; type="{self.type}"' if self.type else ""
        time = f'; datetime="{self.datetime}"' if self.datetime else ""
        return f'<{self.target}>; rel="{self.rel}"{kind}{time}'


def has_past(release: Release, iri: str) -> bool:
    """Whether the document about an IRI is had as it was, too: an open directory keeps no past."""
    return iri.startswith(f"{release.base}id/") and not release.manifest.get("open")


def gate_links(place: str) -> list[Link]:
    """The links of a document to itself as original and TimeGate, and to its TimeMap.

    Where its past is found (RFC 7089 §2.2); `place` is its path.
    """
    return [Link(place, "original timegate"), Link(TIMEMAP + place, "timemap", LINK_FORMAT)]


@dataclass(frozen=True, slots=True)
class Document:
    """What a release says of one thing, in all its forms; `forms` are where each one is had."""

    release: Release
    description: Description
    forms: tuple[tuple[Representation, str], ...]

    def location(self, representation: Representation) -> str:
        """Where exactly this representation is had (RFC 9110 §8.7)."""
        return dict(self.forms)[representation]

    def links(self, representation: Representation) -> list[Link]:
        """What goes with a representation: the thing, the other forms, and the licences."""
        iri = self.description.iri
        about = Link(self.release.locations.path_of(iri) or uri_of(iri), "describes")
        others = (
            Link(location, "alternate", each.media_type)
            for each, location in self.forms
            if each is not representation
        )
        named = licences(self.release, self.description)
        licensed = (Link(uri_of(each), "license") for each in named)
        return [about, *others, *self._gate(), *licensed]

    def _gate(self) -> list[Link]:
        """What leads to its past, where it has one: documents about things have, of a release."""
        iri = self.description.iri
        if not has_past(self.release, iri):
            return []
        return gate_links(self.release.locations.document_path(iri))

    def body(self, representation: Representation) -> bytes:
        """The description in an RDF syntax."""
        return represent(document(self.release, self.description), representation)


def document_at(release: Release, description: Description, path: str) -> Document:
    """The document of a description that is served at a path, which may have a query."""
    forms = ((each, _concrete(release, description.iri, path, each)) for each in DESCRIPTIONS)
    return Document(release, description, tuple(forms))


def _concrete(release: Release, iri: str, path: str, representation: Representation) -> str:
    """Where a representation is had: by suffix, where no other thing's IRI is spelled like that."""
    suffix = f".{representation.name}"
    if "?" in path:
        return f"{path}&format={representation.name}"
    if standing(release, iri + suffix) is not Standing.UNKNOWN:
        return f"{path}?format={representation.name}"
    return path + suffix
