"""Facets: what the things of a kind can be narrowed down by, and how many each choice leaves."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from pyoxigraph import DefaultGraph, Literal, NamedNode

from ontology.vocab import ADMS, DCAT, DCT, GEO, GM, ORG
from service.store import PerRelease, Release

NOT_STATED = ""
"""The choice of those things of which nobody states the property."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A property that tells the things of a kind apart. `name` is the parameter of the address.

    Of a thing without the property, `otherwise` is what tells: its source's own words, which the
    list of the kind shows as well. Where `of` names a kind, only things of that kind are values.
    """

    name: str
    heading: str
    property: str
    otherwise: str | None = None
    of: str = ""


FACETS: Mapping[str, tuple[Facet, ...]] = {
    "organisation": (Facet("type", "Type", ORG.classification),),
    "area": (Facet("type", "Type", DCT.type), Facet("within", "Within", GEO.sfWithin)),
    "service": (
        Facet("provider", "Provider", GM.deliveredBy, GM.providerAsStated),
        Facet("type", "Type of service", GM.serviceType),
        Facet("status", "Status", ADMS.status),
        Facet("area", "Area", DCT.spatial),
    ),
    "place": (Facet("within", "Within", GEO.sfWithin),),
    "dataset": (
        Facet("publisher", "Publisher", DCT.publisher, GM.publisherAsStated),
        Facet("theme", "Theme", DCAT.theme),
        Facet("area", "Area", DCT.spatial),
        Facet("licence", "Licence", DCT.license, GM.licenceAsStated),
        Facet("frequency", "How often updated", DCT.accrualPeriodicity),
    ),
    "distribution": (Facet("file-type", "File type", DCT.format),),
    "data-service": (
        Facet("publisher", "Publisher", DCT.publisher, GM.publisherAsStated),
        Facet("status", "Status", ADMS.status),
        Facet("access", "Access", DCT.accessRights),
        Facet("licence", "Licence", DCT.license, GM.licenceAsStated),
    ),
    "information-asset": (
        Facet("holder", "Held by", GM.heldBy),
        Facet("personal-data", "Personal data", GM.personalDataLevel),
        Facet("classification", "Security classification", GM.securityClassification),
        Facet("kept-as", "Format", GM.assetFormat),
    ),
    "post": (Facet("organisation", "Organisation", ORG.postIn, of="organisation"),),
    "unit": (Facet("organisation", "Organisation", ORG.unitOf),),
    "system": (Facet("holder", "Held by", GM.heldBy),),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, and how many things it leaves of those that the rest leaves."""

    value: str
    count: int


class FacetValues:
    """The values that the things of one release have, read when first asked for."""

    def __init__(self, release: Release) -> None:
        self._store = release.store
        self._identified = f"{release.base}id/"
        self._parts = f"{release.base}.well-known/"
        self._values: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
        self._lock = Lock()

    def narrow(self, kind: str, things: Sequence[str], chosen: Mapping[str, str]) -> Sequence[str]:
        """Those of the things that have every chosen value."""
        for facet in FACETS.get(kind, ()):
            if facet.name in chosen:
                values, wanted = self._of(kind, facet), chosen[facet.name]
                things = [each for each in things if wanted in values.get(each, (NOT_STATED,))]
        return things

    def choices(self, kind: str, facet: Facet, things: Iterable[str]) -> list[Choice]:
        """The values that the things have, the most frequent first."""
        values = self._of(kind, facet)
        counts = Counter(value for each in things for value in values.get(each, (NOT_STATED,)))
        return [
            Choice(value, count)
            for value, count in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        ]

    def _of(self, kind: str, facet: Facet) -> Mapping[str, tuple[str, ...]]:
        with self._lock:
            found = self._values.get((kind, facet.property))
            if found is None:
                found = self._values[kind, facet.property] = self._read_facet(kind, facet)
            return found

    def _read_facet(self, kind: str, facet: Facet) -> dict[str, tuple[str, ...]]:
        wanted = f"{self._identified}{facet.of}/" if facet.of else ""
        values = self._read(kind, facet.property, wanted)
        return values if facet.otherwise is None else self._read(kind, facet.otherwise) | values

    def _read(self, kind: str, iri: str, wanted: str = "") -> dict[str, tuple[str, ...]]:
        beginning = f"{self._identified}{kind}/"
        values: dict[str, tuple[str, ...]] = {}
        for quad in self._store.quads_for_pattern(None, NamedNode(iri), None, DefaultGraph()):
            subject, value = quad.subject, quad.object
            if (
                isinstance(subject, NamedNode)
                and subject.value.startswith(beginning)
                and isinstance(value, NamedNode | Literal)
                and value.value.startswith(wanted)
                and not value.value.startswith(self._parts)
            ):
                values[subject.value] = (*values.get(subject.value, ()), value.value)
        return values


facet_values = PerRelease(FacetValues)
