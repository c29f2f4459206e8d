"""What follows from the ontology, on a thing's page: apart from what sources state."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from ontology.vocab import DCT, ORG, RDF
from service.description import describe
from service.pages.thing import DescriptionView, view_description
from service.store import Release, Releases
from tests.service.conftest import BASE, city, publish

COUNCIL = NamedNode(f"{BASE}id/organisation/GB-LAE-MAN")
AUTHORITY = NamedNode(f"{BASE}id/organisation/GM-made-up-authority")
AREA = NamedNode(f"{BASE}id/area/E08000003")
INFERRED = NamedNode(f"{BASE}graph/inferred")
QUADS = [
    Quad(COUNCIL, NamedNode(RDF.type), NamedNode(ORG.FormalOrganization), INFERRED),
    Quad(COUNCIL, NamedNode(DCT.spatial), AREA, INFERRED),
    Quad(AUTHORITY, NamedNode(ORG.hasMember), COUNCIL, INFERRED),
]


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Release, Release]:
    """The city without and with what follows."""
    found = []
    for name, quads in (("without", city()), ("with", [*city(), *QUADS])):
        path = tmp_path_factory.mktemp(name)
        publish(path, "20250102T030405Z-00000001", quads)
        found.append(Releases(path).current())
    return found[0], found[1]


def view(release: Release, thing: NamedNode) -> DescriptionView:
    return view_description(release, describe(release, thing.value))


def test_what_follows_stands_apart(releases: tuple[Release, Release]) -> None:
    shown = view(releases[1], COUNCIL).inferred
    assert {
        (each.property.iri, value.iri, value.sources) for each in shown for value in each.values
    } == {
        (RDF.type, ORG.FormalOrganization, ()),
        (DCT.spatial, AREA.value, ()),
    }


@pytest.mark.parametrize("thing", [COUNCIL, AREA, AUTHORITY])
def test_the_rest_of_a_page_is_as_without_it(
    releases: tuple[Release, Release], thing: NamedNode
) -> None:
    without, with_it = (view(each, thing) for each in releases)
    assert without.inferred == ()
    for part in ("title", "type", "types", "groups", "incoming", "sources", "tagged", "licences"):
        assert getattr(with_it, part) == getattr(without, part), part


def test_what_is_stated_too_is_no_conclusion(tmp_path: Path) -> None:
    [stated, *_] = [each for each in city() if each.subject == COUNCIL]
    again = Quad(stated.subject, stated.predicate, stated.object, INFERRED)
    publish(tmp_path, "20250102T030405Z-00000001", [*city(), again])
    assert view(Releases(tmp_path).current(), COUNCIL).inferred == ()
