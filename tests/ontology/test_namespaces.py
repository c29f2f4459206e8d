"""`ontology.namespaces`: IRIs of concepts."""

import pytest

from ontology.namespaces import DEF, DEFAULT_BASE, PREFIXES, concept


def test_a_concept_stands_under_its_scheme_by_its_notation() -> None:
    assert (
        concept("organisation-type", "MD")
        == "https://w3id.org/greater-manchester/def/organisation-type/MD"
    )


@pytest.mark.parametrize(
    ("scheme", "notation"),
    [("area-type", ""), ("", "MD"), ("area-type", "a/b"), ("area-type", "a b"), ("a#b", "MD")],
)
def test_a_notation_that_would_need_an_escape_is_refused(scheme: str, notation: str) -> None:
    with pytest.raises(ValueError, match="cannot be part of the IRI"):
        concept(scheme, notation)


def test_the_terms_are_constant_and_the_base_mints_nothing_among_them() -> None:
    assert PREFIXES["gm"] == f"{DEF}gm#"
    assert DEFAULT_BASE.endswith("/")
    assert not DEF.startswith(DEFAULT_BASE)
