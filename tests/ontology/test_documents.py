"""`ontology`: what an outsider reads the documents with."""

import re
from pathlib import Path

import pytest

import ontology
from ontology.namespaces import PREFIXES

DECLARATION = re.compile(rb"^@prefix\s+(\S*):\s+<([^>]*)>", re.MULTILINE)


def everything() -> list[str]:
    return [*ontology.borrowed(), *ontology.documents(), *ontology.shapes(), *ontology.examples()]


def test_the_documents_are_the_ontology_and_its_concept_schemes() -> None:
    assert ontology.terms() == (
        "gm.ttl",
        "gm/assurance.ttl",
        "gm/bodies.ttl",
        "gm/governance.ttl",
        "gm/information.ttl",
        "gm/links.ttl",
        "gm/provenance.ttl",
        "gm/services.ttl",
        "gm/strategy.ttl",
    )
    schemes = ontology.documents()[len(ontology.terms()) :]
    assert len(schemes) >= 13
    assert {"concepts/access-right.ttl", "concepts/legal-basis.ttl"} <= set(schemes)
    assert ontology.documents() == (*ontology.terms(), *sorted(schemes))
    assert all(re.fullmatch(r"concepts/[a-z0-9-]+\.ttl", each) for each in schemes)


def test_a_document_is_given_byte_for_byte_by_its_name() -> None:
    folder = Path(ontology.__file__).parent
    for name in everything():
        assert ontology.turtle(name) == (folder / name).read_bytes()


@pytest.mark.parametrize(
    "name",
    [
        "nothing.ttl",
        "concepts/nothing.ttl",
        "vocab.py",
        "../pyproject.toml",
        "concepts/../gm.ttl",
        "/gm.ttl",
        "",
    ],
)
def test_a_name_that_is_no_documents_is_refused_by_that_name(name: str) -> None:
    with pytest.raises(ontology.UnknownDocumentError, match="has no document") as caught:
        ontology.turtle(name)
    assert caught.value.name == name


def test_the_notations_of_a_scheme_are_those_of_its_concepts() -> None:
    assert ontology.notations("membership-role") == {"constituent-council", "member", "partner"}
    assert {"MD", "COMB", "PTE", "transport-body"} <= ontology.notations("organisation-type")
    assert "metropolitan-district" in ontology.notations("area-type")


def test_the_notations_of_an_unknown_scheme_are_refused() -> None:
    with pytest.raises(ontology.UnknownDocumentError, match="colour"):
        ontology.notations("colour")


def test_every_prefix_in_every_document_is_the_one_of_the_table() -> None:
    for name in everything():
        declarations = DECLARATION.findall(ontology.turtle(name))
        assert declarations, name
        for prefix, namespace in declarations:
            assert PREFIXES[prefix.decode()] == namespace.decode(), name
    assert ontology.prefixes() == PREFIXES


def test_no_two_prefixes_share_a_namespace() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
