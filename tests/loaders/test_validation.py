"""Staged quads are held against the shapes."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from loaders import check as checking
from loaders import cli, validation
from loaders.check import check
from loaders.directory import initialise
from loaders.nquads import write_lines
from loaders.publish import publish
from loaders.quads import Quad, plain, text
from loaders.shapes.running import Plan, plan_of
from loaders.validation import Result, summarise, validate
from ontology.vocab import DCT, GM, ORG, RDF, SH, SKOS
from tests.loaders.publishing import BASE, a_source, load
from tests.loaders.shapes.made import MADE, turtle

GRAPH = "https://data.greatermanchester.example/graph/tests"
BODY = "https://data.greatermanchester.example/id/organisation/GB-LAE-AAA"


def lines(*quads: Quad) -> list[bytes]:
    return write_lines(
        [Quad(BODY, RDF.type, each, GRAPH) for each in (ORG.Organization, GM.PublicBody)]
        + list(quads)
    )


def test_sound_data_break_nothing() -> None:
    named = Quad(BODY, SKOS.prefLabel, text("Aston"), GRAPH)
    keyed = Quad(BODY, DCT.identifier, plain("GB-LAE-AAA"), GRAPH)
    kind = Quad(
        BODY,
        ORG.classification,
        "https://w3id.org/greater-manchester/def/organisation-type/MD",
        GRAPH,
    )
    assert validate("tests", lines(named, keyed, kind)) == []


def test_a_body_without_a_name_is_refused_in_words() -> None:
    keyed = Quad(BODY, DCT.identifier, plain("GB-LAE-AAA"), GRAPH)
    refused = [result for result in validate("tests", lines(keyed)) if result.refuses]
    assert [(each.focus, each.path) for each in refused] == [(BODY, SKOS.prefLabel)]
    assert "name" in refused[0].message
    assert refused[0].source == "tests"


def test_what_keeps_data_from_being_published_comes_first() -> None:
    results = validate("tests", lines())
    order = [result.refuses for result in results]
    assert order == sorted(order, reverse=True)
    assert set(order) == {True, False}


def test_many_results_of_one_kind_are_told_in_one_line() -> None:
    other = BODY + "A"
    quads = [Quad(other, RDF.type, ORG.Organization, GRAPH)]
    told = summarise(result for result in validate("tests", lines(*quads)) if result.refuses)
    assert len(told) == 1
    assert told[0].endswith("and 1 more like it")


def plan(constraint: str) -> Plan:
    """A shape of organisations alone, which warns."""
    return plan_of(
        [
            turtle(
                f"""
                :root a sh:NodeShape ; sh:targetClass <{ORG.Organization}> ; sh:property :shape .
                :shape a sh:PropertyShape ; sh:path <{SKOS.prefLabel}> ; sh:message "Mend it." ;
                    sh:severity sh:Warning ; {constraint} .
                """
            )
        ]
    )


FAR = "sh:class :Name"


def test_a_result_says_which_value_breaks_which_sort_of_constraint() -> None:
    named = Quad(BODY, SKOS.prefLabel, text("Aston"), GRAPH)
    assert validate("tests", lines(named), plan("sh:maxCount 0 ; sh:nodeKind sh:IRI")) == [
        Result("tests", BODY, SKOS.prefLabel, f"{MADE}shape", "Warning", "Mend it.", value, kind)
        for value, kind in (
            (None, f"{SH.maxCount.replace('maxCount', 'MaxCount')}ConstraintComponent"),
            ('"Aston"@en', f"{SH.nodeKind.replace('nodeKind', 'NodeKind')}ConstraintComponent"),
        )
    ]


def test_what_cannot_be_compiled_is_said_aloud(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = initialise(tmp_path / "var", BASE)
    load(directory, a_source(), "GB-LAE-AAA,Aston")
    odd = plan('sh:in ( "Another" )')
    monkeypatch.setattr(validation, "shapes", lambda: odd)
    done = CliRunner().invoke(cli.check, ["--data", str(directory.path)])
    assert done.exit_code == 0
    assert f"The shape {MADE}root cannot be compiled (sh:in), so that pySHACL" in done.stderr
    assert "Mend it. [Warning]" in done.stdout


@pytest.mark.parametrize(("constraint", "looked_at"), [("sh:nodeKind sh:IRI", 1), (FAR, 2)])
def test_what_a_load_left_as_it_was_is_looked_at_again_only_for_shapes_that_look_further(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, constraint: str, looked_at: int
) -> None:
    directory = initialise(tmp_path / "var", BASE)
    load(directory, a_source(), "GB-LAE-AAA,Aston", "GB-LAE-BBB,Bexton")
    publish(directory)
    load(directory, a_source(), "GB-LAE-AAA,Aston", "GB-LAE-BBB,Buxton")
    made = plan(constraint)
    monkeypatch.setattr(validation, "shapes", lambda: made)
    monkeypatch.setattr(checking, "shapes", lambda: made)
    assert len(check(directory).results) == looked_at
