"""Each kind of constraint that is compiled, and what the compiler leaves to pySHACL.

Whatever the document of shapes, the results are those of pySHACL.
"""

from collections import Counter

import pytest

from loaders.errors import ValidationError
from loaders.shapes.model import Found
from loaders.shapes.running import find, plan_of
from loaders.validation import shapes
from ontology.vocab import SH
from tests.loaders.shapes.made import MADE, compiled, expected, lines_of, turtle

DATA = lines_of(
    turtle(
        """
        :a a :Thing ; :p :b, "x", "y"@en, "soon"^^xsd:date, 3, -1, 2.5, true ; :q "x", :b .
        :b a :Thing, :Other ; :low 1 ; :high 1 ; :p :a ; :q :c .
        :c a :Thing ; :q 1, 7 ; :low 1, 3, 5 ; :high 2, 4 .
        :d a :Narrow ; :low 1 ; :high 2 ; :p 7, "2025-01-01"^^xsd:date ; :q 7 .
        :e a :Other ; :p 1, 2 ; :q 2 .
        """
    )
)

PROPERTY = {
    "an IRI": "sh:nodeKind sh:IRI",
    "a literal": "sh:nodeKind sh:Literal",
    "an IRI or a blank node": "sh:nodeKind sh:BlankNodeOrIRI",
    "an IRI or a literal": "sh:nodeKind sh:IRIOrLiteral",
    "a string": "sh:datatype xsd:string",
    "a string in a language": "sh:datatype rdf:langString",
    "a whole number": "sh:datatype xsd:integer",
    "a decimal number": "sh:datatype xsd:decimal",
    "a date": "sh:datatype xsd:date",
    "a truth value": "sh:datatype xsd:boolean",
    "a datatype of nobody's": "sh:datatype :shape",
    "none at least": "sh:minCount 0",
    "one at least": "sh:minCount 1",
    "three at least": "sh:minCount 3",
    "none": "sh:maxCount 0",
    "one at most": "sh:maxCount 1",
    "two at most": "sh:maxCount 2",
    "a pattern": 'sh:pattern "^[xy3]"',
    "two patterns": 'sh:pattern "x", "y"',
    "a pattern with what must be escaped": r'sh:pattern "^\\S\"?\\u0078$"',
    "a least value": "sh:minInclusive 2",
    "disjoint": "sh:disjoint :q",
    "not a node": "sh:not [ sh:nodeKind sh:IRI ]",
    "a number or an IRI": "sh:or ( [ sh:datatype xsd:integer ] [ sh:nodeKind sh:IRI ] )",
    "several at once": 'sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:Literal ; sh:pattern "z"',
}
NODE = {
    "of a class": "sh:class :Other",
    "not of a class": "sh:not [ sh:class :Other ]",
    "neither this nor that": """
        sh:not [ sh:or ( [ sh:class :Other ] [ sh:path :q ; sh:minCount 2 ] ) ]""",
    "an IRI that says it": 'sh:pattern "/[ab]$"',
    "a node": "sh:nodeKind sh:Literal",
    "one property or another": """
        sh:or ( [ sh:path :p ; sh:minCount 2 ; sh:maxCount 3 ] [ sh:path :q ; sh:maxCount 1 ] )""",
    "a property that is not the other": "sh:not [ sh:path :p ; sh:disjoint :q ]",
    "a property that is no more": "sh:or ( [ sh:path :low ; sh:lessThanOrEquals :high ] )",
    "a property that is more": "sh:not [ sh:path :low ; sh:lessThanOrEquals :high ]",
    "no value of a sort": """sh:not [ sh:not [ sh:path :p ; sh:not [ sh:nodeKind sh:IRI ] ] ]""",
    "what a nested node has": """
        sh:or ( [ a sh:NodeShape ; sh:property [ sh:path :q ; sh:maxCount 0 ] ] )""",
}
FAR = {
    "values of a class": "sh:class :Other",
    "values with a property": "sh:or ( [ sh:path :q ; sh:minCount 1 ] [ sh:nodeKind sh:Literal ] )",
    "values without one": "sh:not [ sh:path :q ; sh:minCount 1 ]",
}
UNKNOWN = {
    "sh:in": 'sh:in ( "x" :b )',
    "sh:hasValue": 'sh:hasValue "x"',
    "sh:maxLength": "sh:maxLength 2",
    "sh:flags": 'sh:pattern "X" ; sh:flags "i"',
    "sh:pattern": 'sh:pattern "x(?=y)"',
    "sh:minCount": "sh:minCount 5",
    "sh:datatype": "sh:datatype xsd:hexBinary",
    "sh:uniqueLang": "sh:uniqueLang true",
    "sh:deactivated": "sh:nodeKind sh:IRI ; sh:deactivated true",
    "sh:node": "sh:node :other",
}


def of_property(constraint: str) -> bytes:
    return turtle(
        f"""
        :root a sh:NodeShape ; sh:targetClass :Thing ; sh:property :shape .
        :shape a sh:PropertyShape ; sh:path :p ; sh:message "Mend it."@en ; {constraint} .
        :other a sh:NodeShape ; sh:nodeKind sh:IRI ; sh:message "Not an IRI." .
        """
    )


def of_node(constraint: str) -> bytes:
    return turtle(
        f"""
        :root a sh:NodeShape ; sh:targetClass :Thing ; sh:severity sh:Warning ;
            sh:message "Mend it." ; {constraint} .
        """
    )


def without_paths(found: Counter[Found]) -> Counter[Found]:
    return Counter(each._replace(path=None) for each in found.elements())


@pytest.mark.parametrize("constraint", PROPERTY.values(), ids=PROPERTY)
def test_a_constraint_on_a_property(constraint: str) -> None:
    document = of_property(constraint)
    assert not plan_of([document]).not_compiled
    assert compiled(document, DATA) == expected(document, DATA)


@pytest.mark.parametrize("constraint", NODE.values(), ids=NODE)
def test_a_constraint_on_a_node(constraint: str) -> None:
    document = of_node(constraint)
    assert not plan_of([document]).not_compiled
    assert compiled(document, DATA) == expected(document, DATA)


def test_each_pair_of_values_that_is_not_in_order_is_a_result() -> None:
    document = turtle(
        """
        :shape a sh:PropertyShape ; sh:targetClass :Thing ; sh:path :low ;
            sh:lessThanOrEquals :high ; sh:message "Mend it." .
        """
    )
    found = compiled(document, DATA)
    assert found == expected(document, DATA)
    values = Counter(each.value for each in found.elements())
    number = '"{}"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert values == {number.format(3): 1, number.format(5): 2}


def test_these_constraints_are_broken_and_kept() -> None:
    """All of the above tell something apart: none is always kept, and no value breaks all."""
    silent = {
        name
        for name, constraint in (*PROPERTY.items(), *NODE.items())
        for document in [(of_property if name in PROPERTY else of_node)(constraint)]
        if not compiled(document, DATA)
    }
    assert silent == {"an IRI or a literal", "none at least"}


@pytest.mark.parametrize("constraint", FAR.values(), ids=FAR)
def test_a_shape_that_looks_at_other_things_too_gets_all_lines_at_once(constraint: str) -> None:
    document = of_property(constraint)
    plan = plan_of([document])
    assert not plan.is_local
    assert sorted(find(plan, DATA, at_once=1), key=str) == sorted(
        expected(document, DATA).elements(), key=str
    )


@pytest.mark.parametrize(("name", "constraint"), UNKNOWN.items(), ids=UNKNOWN)
def test_what_the_compiler_does_not_know_goes_to_pyshacl_and_is_said(
    name: str, constraint: str
) -> None:
    document = of_property(constraint)
    [remark] = plan_of([document]).remarks
    assert remark.startswith(f"The shape {MADE}root cannot be compiled ({name}")
    assert compiled(document, DATA) == expected(document, DATA)


@pytest.mark.parametrize(
    "document",
    [
        ":s a sh:NodeShape ; sh:targetNode :a, :b ; sh:message 'M' ; sh:class :Other .",
        ":s a sh:NodeShape ; sh:targetSubjectsOf :q ; sh:message 'M' ; sh:class :Other .",
        ":s a sh:NodeShape ; sh:targetObjectsOf :p ; sh:message 'M' ; sh:nodeKind sh:IRI .",
        ":Other a sh:NodeShape, rdfs:Class ; sh:message 'M' ; sh:pattern 'b$' .",
        ":s a sh:NodeShape ; sh:targetClass :Thing ; sh:closed true ; sh:message 'M' .",
        ":s a sh:NodeShape ; sh:targetClass :Thing ; sh:class :Other .",
        """:s a sh:PropertyShape ; sh:targetClass :Thing ; sh:message 'M' ; sh:minCount 1 ;
            sh:path [ sh:inversePath :p ] .""",
        """:s a sh:PropertyShape ; sh:targetClass :Thing ; sh:path :p ; sh:message 'M' ;
            sh:property :nested .
        :nested a sh:PropertyShape ; sh:path :q ; sh:minCount 1 ; sh:message 'N' .""",
    ],
)
def test_shapes_that_are_odd_as_a_whole_go_to_pyshacl_too(document: str) -> None:
    shapes_ = turtle(document)
    assert len(plan_of([shapes_]).remarks) == 1
    found, wanted = compiled(shapes_, DATA), expected(shapes_, DATA)
    if "inversePath" in document:  # a blank node, and each report has its own
        assert {each.path for each in wanted}.isdisjoint({each.path for each in found})
        found, wanted = without_paths(found), without_paths(wanted)
    assert found == wanted
    assert found


def test_one_shape_that_is_not_known_does_not_keep_the_others_from_being_compiled() -> None:
    document = (
        of_property("sh:minCount 1")
        + b"""
        :odd a sh:NodeShape ; sh:targetClass :Other ; sh:message "Odd." ;
            sh:property :odd-value, :shape .
        :odd-value a sh:PropertyShape ; sh:path :p ; sh:in ( 1 ) ; sh:message "Odd value." .
        """
    )
    plan = plan_of([document])
    assert {each.shape.iri for each in plan.checks} == {f"{MADE}shape"}
    assert list(plan.not_compiled) == [f"{MADE}odd"]
    assert compiled(document, DATA) == expected(document, DATA)


def test_a_shape_within_itself_is_not_compiled() -> None:
    document = turtle(
        """:s a sh:NodeShape ; sh:targetClass :Thing ; sh:message 'M' ; sh:not [ sh:not :s ] ."""
    )
    assert len(plan_of([document]).remarks) == 1


def test_a_thing_of_two_classes_breaks_a_shape_once_for_each_shape_that_is_about_it() -> None:
    document = turtle(
        """
        :one a sh:NodeShape ; sh:targetClass :Thing, :Narrow, :Other ; sh:property :shape .
        :two a sh:NodeShape ; sh:targetClass :Other ; sh:property :shape .
        :shape a sh:PropertyShape ; sh:path :none ; sh:minCount 1 ; sh:message "Mend it." .
        """
    )
    found = compiled(document, DATA)
    assert found == expected(document, DATA)
    missing = Found(
        f"{MADE}b",
        f"{MADE}none",
        f"{MADE}shape",
        SH.Violation,
        "Mend it.",
        None,
        "http://www.w3.org/ns/shacl#MinCountConstraintComponent",
    )
    assert found[missing] == 2


def test_things_of_a_subclass_are_looked_at() -> None:
    document = of_property("sh:maxCount 1")
    lines = sorted(
        [*DATA, *lines_of(turtle(":Narrow rdfs:subClassOf :Mid . :Mid rdfs:subClassOf :Thing ."))]
    )
    found = compiled(document, lines)
    assert f"{MADE}d" in {each.focus for each in found}
    assert found == expected(document, lines)
    with pytest.raises(ValidationError, match="What is a subclass of what"):
        list(find(plan_of([document]), lines, at_once=1))


def test_lines_in_parts_give_what_they_give_at_once() -> None:
    document = of_property("sh:maxCount 1 ; sh:nodeKind sh:IRI")
    plan = plan_of([document])
    whole = sorted(find(plan, DATA), key=str)
    assert len(whole) > 5
    for at_once in (1, 2, 5):
        assert sorted(find(plan, DATA, at_once=at_once), key=str) == whole


def test_what_stands_in_two_graphs_is_one_statement() -> None:
    document = of_property("sh:maxCount 2")
    twice = sorted([*DATA, *(line.replace(b"graph> .", b"other-graph> .") for line in DATA)])
    assert compiled(document, twice) == compiled(document, DATA)


def test_lines_in_no_order_are_not_taken() -> None:
    with pytest.raises(ValueError, match="comes after"):
        list(find(plan_of([of_property("sh:minCount 1")]), reversed(DATA)))


def test_every_shape_of_the_ontology_is_compiled_and_looks_at_one_thing_alone() -> None:
    assert shapes().not_compiled == {}
    assert shapes().remarks == ()
    assert shapes().is_local
    assert len(shapes().checks) > 700
