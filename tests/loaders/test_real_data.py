"""The planning data platform's own file of local authorities, as it was in February 2025.

The file is not shipped; these tests are skipped where it is absent.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders.directory import DataDirectory, initialise
from loaders.issues import Effect
from loaders.pipeline import Loaded, load_source
from loaders.quads import Literal, Quad, day, plain, text
from loaders.snapshot import opener_of
from loaders.source import declared_sources
from loaders.staging import Counts, digest
from loaders.validation import validate
from loaders.values import calendar_date
from ontology.namespaces import PREFIXES, concept
from ontology.vocab import (
    ADMS,
    DCT,
    FOAF,
    GM,
    ORG,
    OWL,
    RDF,
    SCHEMA,
    SKOS,
    SUPERCLASSES,
)
from tests.loaders.conftest import BASE, interpret, staged_lines

FILE = (
    Path(__file__).parents[2].parent / "shared/data/organisations/digital-land/local-authority.csv"
)
NAME = "digital-land-local-authority"
OPENERS = {"local-authority.csv": opener_of(FILE)}
GRAPH = f"{BASE}graph/{NAME}"
SHA256 = "793d5d3b894bc6c1512174505351f9b87d162eb11731aebb15afca5d9de4a7c8"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not FILE.exists(), reason="the publisher's own file is not here"),
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> DataDirectory:
    return initialise(tmp_path_factory.mktemp("var"), BASE)


@pytest.fixture(scope="module")
def loaded(data: DataDirectory) -> Loaded:
    content = FILE.read_bytes()
    assert digest(content) == SHA256
    return load_source(data, declared_sources()[NAME], OPENERS)


@pytest.fixture(scope="module")
def lines(data: DataDirectory, loaded: Loaded) -> list[bytes]:
    return staged_lines(data, loaded)


@pytest.fixture(scope="module")
def rows() -> dict[str, dict[str, str]]:
    """The rows by their reference, read by Python's own reader alone."""
    with FILE.open(encoding="ascii", newline="") as handle:
        return {row["reference"]: row for row in csv.DictReader(handle)}


@pytest.fixture(scope="module")
def statements() -> dict[str, set[tuple[str, str | Literal]]]:
    """What is said of each subject in any graph."""
    said: dict[str, set[tuple[str, str | Literal]]] = {}
    for quad in interpret(NAME, FILE.read_bytes()).quads:
        said.setdefault(quad.subject, set()).add((quad.predicate, quad.object))
    return said


def organisation(reference: str) -> str:
    return f"{BASE}id/organisation/GB-LAE-{reference}"


def test_every_record_is_loaded(loaded: Loaded) -> None:
    assert loaded.load.counts == Counts(
        records_in=380, records_loaded=380, records_left_out=0, values_withheld=51
    )


def test_the_issues_by_rule_and_field_are_exactly_these(loaded: Loaded) -> None:
    assert loaded.load.issues_by_rule == {
        "spreadsheet-date": 45,
        "shared-identifier": 6,
        "shared-area": 2,
        "line-endings": 1,
        "shape": 387,
    }
    assert Counter((each.rule, each.field, each.effect) for each in loaded.issues) == {
        ("spreadsheet-date", "start-date", Effect.WITHHELD): 45,
        ("shared-identifier", "entity", Effect.WITHHELD): 2,
        ("shared-identifier", "wikidata", Effect.WITHHELD): 4,
        ("shared-area", "statistical-geography", Effect.NOTED): 2,
        ("line-endings", None, Effect.NOTED): 1,
        ("shape", None, Effect.NOTED): 387,  # this register gives areas no names
    }


def test_every_date_of_1904_and_1905_is_withheld_and_named_with_its_row(
    loaded: Loaded, lines: list[bytes], rows: dict[str, dict[str, str]]
) -> None:
    damaged = {
        (number, row["start-date"])
        for number, row in enumerate(rows.values(), start=2)
        if row["start-date"].startswith("190")
    }
    assert len(damaged) == 45
    told = {(each.row, each.value) for each in loaded.issues if each.rule == "spreadsheet-date"}
    assert told == damaged
    assert b"1905" not in b"".join(line for line in lines if b"Date>" in line)


def test_the_two_bodies_of_south_yorkshire_are_told_apart(
    loaded: Loaded, statements: dict[str, set[tuple[str, str | Literal]]]
) -> None:
    shared = [each for each in loaded.issues if each.rule in ("shared-area", "shared-identifier")]
    assert {each.row for each in shared} == {262, 263}
    areas = [each for each in shared if each.rule == "shared-area"]
    assert [(each.row, each.value, each.message) for each in areas] == [
        (262, "E47000002", "The area E47000002 is claimed by row 263 too."),
        (263, "E47000002", "The area E47000002 is claimed by row 262 too."),
    ]
    assert {each.value for each in shared} == {
        "E47000002",
        "283",
        "Q17020947",
        "http://www.wikidata.org/entity/Q17020947",
    }
    for reference in ("SCR", "SYMCA"):
        said = statements[organisation(reference)]
        assert (GM.administers, f"{BASE}id/area/E47000002") in said
        assert not [value for predicate, value in said if predicate == OWL.sameAs]


def test_the_line_ends_of_windows_are_noted(loaded: Loaded) -> None:
    [issue] = [each for each in loaded.issues if each.rule == "line-endings"]
    assert str(issue) == "local-authority.csv: Lines end in CR LF; they are read like LF. (noted)"


def test_every_council_has_an_iri_by_its_code_and_its_name(
    rows: dict[str, dict[str, str]], statements: dict[str, set[tuple[str, str | Literal]]]
) -> None:
    assert len(rows) == 380
    for reference, row in rows.items():
        said = statements[organisation(reference)]
        assert (SKOS.prefLabel, text(row["name"])) in said
        assert (GM.laCode, plain(reference)) in said
    bodies = {subject for subject in statements if "/id/organisation/" in subject}
    assert bodies == {organisation(reference) for reference in rows}


def test_the_ten_councils_of_greater_manchester_make_up_its_combined_authority(
    statements: dict[str, set[tuple[str, str | Literal]]],
) -> None:
    members = {
        subject.rpartition("-")[2]
        for subject, said in statements.items()
        if (GM.constituentOf, organisation("GMCA")) in said
    }
    assert members == {"BOL", "BUR", "MAN", "OLD", "RCH", "SLF", "SKP", "TAM", "TRF", "WGN"}


CODES = {
    "reference": "local-authority-eng",
    "billing-authority": "e-code",
    "addressbase-custodian": "addressbase-custodian",
    "parliament-thesaurus": "parliament-thesaurus",
    "entity": "planning-data-entity",
    "local-planning-authority": "local-planning-authority",
    "wikidata": "wikidata",
}
# Withheld from both, because both claim them.
SHARED = {"283", "Q17020947"}


def expected(row: dict[str, str]) -> Iterator[tuple[str, str | Literal]]:
    """What is to be said of a council, told cell by cell."""
    kind = GM.CombinedAuthority if row["local-authority-type"] == "COMB" else GM.LocalAuthority
    for class_ in (kind, *SUPERCLASSES[kind]):
        yield RDF.type, class_
    yield DCT.identifier, plain(f"GB-LAE-{row['reference']}")
    yield GM.laCode, plain(row["reference"])
    yield SKOS.prefLabel, text(row["name"])
    yield ORG.classification, concept("organisation-type", row["local-authority-type"])
    if row["website"]:
        yield FOAF.homepage, row["website"]
    if row["start-date"] and not row["start-date"].startswith("1905"):
        yield SCHEMA.foundingDate, day(calendar_date(row["start-date"]))
    if row["end-date"]:
        yield SCHEMA.dissolutionDate, day(calendar_date(row["end-date"]))
    if row["statistical-geography"]:
        yield GM.administers, f"{BASE}id/area/{row['statistical-geography']}"
    if row["opendatacommunities-uri"]:
        yield OWL.sameAs, row["opendatacommunities-uri"]
    if row["wikidata"] and row["wikidata"] not in SHARED:
        yield OWL.sameAs, f"http://www.wikidata.org/entity/{row['wikidata']}"
    if row["combined-authority"]:
        yield ORG.memberOf, organisation(row["combined-authority"])
        yield GM.constituentOf, organisation(row["combined-authority"])


@pytest.mark.parametrize(
    "reference", ["ADU", "ALL", "BDF", "BOL", "GLA", "GMCA", "MAN", "RCH", "SCR", "TRF"]
)
def test_a_row_is_said_cell_by_cell(
    reference: str,
    rows: dict[str, dict[str, str]],
    statements: dict[str, set[tuple[str, str | Literal]]],
) -> None:
    row = rows[reference]
    said = statements[organisation(reference)]
    nodes = {value for predicate, value in said if predicate == ADMS.identifier}
    assert said - {(ADMS.identifier, node) for node in nodes} == set(expected(row))
    codes = {
        (scheme, row[column])
        for column, scheme in CODES.items()
        if row[column] and row[column] not in SHARED
    }
    assert len(nodes) == len(codes)
    found = set()
    for node in nodes:
        about = dict(statements[str(node)])
        notation = about[SKOS.notation]
        assert isinstance(notation, Literal)
        found.add((str(about[GM.identifierScheme]).rpartition("/")[2], notation.lexical))
    assert found == codes


def test_the_area_of_a_council_lies_within_its_region(
    rows: dict[str, dict[str, str]], statements: dict[str, set[tuple[str, str | Literal]]]
) -> None:
    within = PREFIXES["geo"] + "sfWithin"
    for row in rows.values():
        code, region = row["statistical-geography"], row["region"]
        if code and region:
            is_within = (within, f"{BASE}id/area/{region}") in statements[f"{BASE}id/area/{code}"]
            assert is_within is (code != region)


def test_every_quad_stands_in_the_graph_of_its_source_or_of_links() -> None:
    quads: list[Quad] = interpret(NAME, FILE.read_bytes()).quads
    assert {quad.graph for quad in quads} == {f"{BASE}graph/given", f"{BASE}graph/links"}
    assert all(
        (quad.graph == f"{BASE}graph/links") is (quad.predicate == OWL.sameAs) for quad in quads
    )


def test_loaded_again_the_file_makes_the_same_bytes(
    data: DataDirectory, loaded: Loaded, lines: list[bytes]
) -> None:
    again = load_source(data, declared_sources()[NAME], OPENERS)
    assert again.load == loaded.load
    assert staged_lines(data, again) == lines
    assert sum(line.endswith(f"<{GRAPH}> .\n".encode()) for line in lines) > 15_000


def test_the_load_conforms_to_the_shapes(lines: list[bytes]) -> None:
    assert [str(result) for result in validate(NAME, lines) if result.refuses] == []
