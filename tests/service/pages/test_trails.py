"""Where a page stands, what its thing is called, and which type tells most."""

import pytest

from ontology.namespaces import PREFIXES
from service.pages.links import TermLink
from service.pages.trails import most_telling, name_of, trail
from service.store import Release
from tests.service.conftest import BASE

TYPES = (
    ("org", "Organization"),
    ("gm", "PublicBody"),
    ("gm", "CombinedAuthority"),
    ("org", "FormalOrganization"),
)


def test_of_types_the_one_under_most_others_tells_most() -> None:
    links = [TermLink(PREFIXES[p] + name, name, "/") for p, name in TYPES]
    telling = most_telling(links)
    assert telling is not None
    assert telling.label == "CombinedAuthority"
    assert most_telling([]) is None


@pytest.mark.parametrize(
    ("kind", "count", "name"),
    [("change-event", 1, "change event"), ("body", 2, "bodies"), ("area", 0, "areas")],
)
def test_so_many_things_of_a_kind_have_a_name(kind: str, count: int, name: str) -> None:
    assert name_of(kind, count) == name


@pytest.mark.parametrize(
    ("iri", "labels"),
    [
        (f"{BASE}id/change-event/a", ["Home", "Change events"]),
        (f"{BASE}graph/register", ["Home", "Sources"]),
        ("https://w3id.org/greater-manchester/def/gm", ["Home"]),
        ("https://w3id.org/greater-manchester/def/identifier-scheme", ["Home", "Ontology"]),
        ("http://example.org/", ["Home"]),
    ],
)
def test_every_page_has_a_place(release: Release, iri: str, labels: list[str]) -> None:
    assert [each.label for each in trail(release, iri)] == labels
