"""A cell names a thing, a concept of ours, or a whole list of concepts."""

import pytest

from loaders.issues import Fault
from loaders.topics import concept_path, scheme_iri, scheme_name, topic_iri, topic_path
from ontology.namespaces import DEF
from tests.loaders.conftest import BASE, MINT


@pytest.mark.parametrize(
    ("path", "iri"),
    [
        ("mission-2022/1", f"{DEF}mission-2022/1"),
        ("fair-indicator/A1.1", f"{DEF}fair-indicator/A1.1"),
        ("principle-2022", f"{DEF}principle-2022"),
        ("vision/gmis-2022", f"{BASE}id/vision/gmis-2022"),
        ("organisation/GB-LAE-MAN", f"{BASE}id/organisation/GB-LAE-MAN"),
        ("statement/gm-strategy/page-01", f"{BASE}id/statement/gm-strategy/page-01"),
    ],
)
def test_a_path_leads_to_one_iri(path: str, iri: str) -> None:
    assert topic_path(path) == path
    assert topic_iri(path, MINT) == iri


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("mission-2022/7", "unknown-category"),
        ("mission-2022/", "unknown-category"),
        ("mission-2022/1/2", "unknown-category"),
        ("mission-1999/1", "unknown-category"),
        ("mission", "unknown-category"),
        ("Mission-2022/1", "unknown-category"),
        ("vision", "bad-code"),
        ("vision/a b", "bad-code"),
        ("vision/a/b", "bad-code"),
        ("organisation/MAN", "bad-code"),
        ("", "unknown-category"),
        ("/", "unknown-category"),
    ],
)
def test_a_path_of_nothing_is_refused(path: str, rule: str) -> None:
    with pytest.raises(Fault) as caught:
        topic_path(path)
    assert caught.value.rule == rule


def test_the_refusal_of_a_concept_says_which_there_are() -> None:
    with pytest.raises(Fault) as caught:
        topic_path("mission-2022/7")
    assert caught.value.message == "“7” is not in the list “mission-2022”: it has 1, 2, 3, 4, 5, 6."


def test_a_list_of_concepts_is_known_by_its_name() -> None:
    assert scheme_name("mission-2022") == "mission-2022"
    assert scheme_iri("mission-2022") == f"{DEF}mission-2022"
    for wrong in ("missions", "mission-2022/1", ""):
        with pytest.raises(Fault) as caught:
            scheme_name(wrong)
        assert caught.value.rule == "unknown-category"


@pytest.mark.parametrize("cell", ["barrier-type/legal", "mission-2022", "1", "mission-2022/7"])
def test_a_concept_of_another_list_is_refused(cell: str) -> None:
    read = concept_path("mission-2022", "mission-2026")
    assert read("mission-2026/6") == "mission-2026/6"
    with pytest.raises(Fault) as caught:
        read(cell)
    assert caught.value.rule == "unknown-category"
