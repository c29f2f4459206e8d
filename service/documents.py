"""The document about a thing: its forms, where each of them is had, and how they are linked.

It knows no request, so that whoever answers one can make the same of it.
"""

from dataclasses import dataclass

from service.description import Description, Standing, document, licences, represent, standing
from service.locations import uri_of
from service.representations import DESCRIPTIONS, Representation
from service.store import Release


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a Link field (RFC 8288)."""

    target: str
    rel: str
    type: str | None = None

    def __str__(self) -> str:
        kind = f'; type="{self.type}"' if self.type else ""
        return f'<{self.target}>; rel="{self.rel}"{kind}'


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
        return [about, *others, *(Link(uri_of(each), "license") for each in named)]

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
