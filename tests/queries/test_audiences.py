"""No audience is told a falsehood: what is hidden from it is not called missing."""

from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions, Store

from loaders.audience import Audience
from loaders.directory import DataDirectory
from loaders.publish import publish
from ontology.vocab import RDF, XSD
from queries.query import AUDIENCES, Query, all_queries
from tests.queries.shipped import BASE, load_shipped

TERMS: dict[str, NamedNode | Literal] = {
    "area": NamedNode(f"{BASE}id/area/E08000009"),
    "code": Literal("R0A"),
    "controller": NamedNode(f"{BASE}id/organisation/GM-illustrative-northmoor"),
    "days": Literal("90", datatype=NamedNode(XSD.integer)),
    "on": Literal("2026-11-22", datatype=NamedNode(XSD.date)),
    "organisation": NamedNode(f"{BASE}id/organisation/GB-LAE-TRF"),
    "post": NamedNode(f"{BASE}id/post/GM-illustrative-northmoor/records-officer"),
    "since": Literal("2026-01-01", datatype=NamedNode(XSD.date)),
    "service": NamedNode(f"{BASE}id/service/illustrative/northmoor-direct-payments"),
    "thing": NamedNode(f"{BASE}id/system/GM-illustrative-northmoor/DOC"),
}
# The columns by which a row says what is so; the others describe the things in it.
TELLING = frozenset(
    (
        *("asset", "flow", "activity", "agreement", "gap", "problem", "state", "task", "step"),
        *("affected", "system", "subject", "contributor", "concept", "standard", "outcome"),
        *("dataset", "organisation", "elsewhere", "level"),
    )
)
QUESTIONS = [each for each in all_queries() if each.numbers]


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Store]:
    """The three stores of a release of everything that is shipped."""
    directory: DataDirectory = load_shipped(tmp_path_factory.mktemp("shipped") / "var")
    release = publish(directory).release
    return {
        audience: Store.read_only(str(Path(release.store_path(audience)))) for audience in Audience
    }


def told(query: Query, store: Store) -> set[tuple[str | None, ...]]:
    """What a question says over a store, each row by its telling columns."""
    wanted = {each.name: TERMS[each.name] for each in query.parameters if each.required}
    wanted |= {each.name: TERMS[each.name] for each in query.parameters if each.default}
    found = store.query(query.text, substitutions=query.substitutions(wanted))  # type: ignore[arg-type]
    assert isinstance(found, QuerySolutions)
    columns = [each.value for each in found.variables if each.value in TELLING]
    return {
        tuple(None if row[column] is None else row[column].value for column in columns)
        for row in found
    }


@pytest.mark.parametrize("query", QUESTIONS, ids=lambda query: query.slug)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_an_audience_is_told_is_so(
    stores: dict[str, Store], query: Query, audience: str
) -> None:
    if query.may_be_asked_by(audience):
        everything = told(query, stores["internal"])
        for row in told(query, stores[audience]):
            assert is_so(row, everything), row


def test_a_question_asked_of_too_little_would_say_what_is_not_so(stores: dict[str, Store]) -> None:
    reserved = [each for each in QUESTIONS if each.audience != "public"]
    assert len(reserved) == 10
    wrong = {
        query.slug
        for query in reserved
        if told(query, stores["public"]) - told(query, stores["internal"])
    }
    assert wrong >= {"ownership-gaps", "past-retention", "high-risk-without-an-assessment"}


def is_so(row: tuple[str | None, ...], rows: set[tuple[str | None, ...]]) -> bool:
    """Whether a row says nothing but what one of the rows says: an empty cell says nothing."""
    return row in rows or any(
        all(ours in (None, theirs) for ours, theirs in zip(row, each, strict=True)) for each in rows
    )


HIDEABLE = (
    "agreement",
    "algorithmic-tool",
    "assessment",
    "data-flow",
    "disposal",
    "information-asset",
    "post",
    "processing-activity",
    "retention-rule",
    "system",
)


def test_hiding_one_thing_makes_no_question_say_more(internal: Store) -> None:
    """Any thing may be narrowed by itself, which no list of properties shows."""
    open_questions = [each for each in QUESTIONS if each.audience != "internal"]
    assert len(open_questions) > 15
    store = Store()
    store.bulk_extend(internal.quads_for_pattern(None, None, None, DefaultGraph()))
    whole = {query.name: told(query, store) for query in open_questions}
    starts = tuple(f"{BASE}id/{kind}/" for kind in HIDEABLE)
    things = {
        quad.subject
        for quad in store.quads_for_pattern(None, NamedNode(RDF.type), None, None)
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(starts)
    }
    chosen = sorted(things, key=lambda each: each.value)[::3]
    assert len(chosen) > 40
    for thing in chosen:
        hidden = [
            *store.quads_for_pattern(thing, None, None, None),
            *store.quads_for_pattern(None, None, thing, None),
        ]
        for quad in hidden:
            store.remove(quad)
        for query in open_questions:
            for row in told(query, store):
                assert is_so(row, whole[query.name]), (query.slug, thing.value, row)
        store.extend(hidden)
