"""The nested functions and services of the esd list become concepts, each under its own."""

from collections import Counter
from contextlib import suppress
from importlib import resources
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.errors import StructureError
from loaders.formats import FORMATS
from loaders.formats.esd import ESD
from loaders.formats.reading.content import Content
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.issues import Effect, Fault
from loaders.quads import plain, text
from loaders.records import Concept, ConceptScheme, Record
from loaders.source import Source, SourceFile, read_declaration
from ontology.vocab import RDF, SKOS
from tests.loaders.conftest import Reading, graph_of, read, turtle

(FORMAT,) = ESD
FEED = Feed("given")
SOURCE = Source("given", "A list given by hand", (SourceFile("list.xml", FORMAT, None, 0),))
FUNCTIONS = "http://id.esd.org.uk/list/functions"
SERVICES = "http://id.esd.org.uk/list/services"
FILE = Path(__file__).parents[2].parent / "shared/data/services/esd/functions_services.xml"
real_data = pytest.mark.real_data
absent = pytest.mark.skipif(not FILE.exists(), reason="the publisher's own file is not here")


def entry(kind: str, number: str, *within: str, **stated: str) -> str:
    """An entry as XML, in which the elements `stated` replace or follow the usual ones."""
    members = {
        "Identifier": number,
        "Label": f"{kind} {number}",
        "URI": f"http://id.example/{kind.lower()}/{number}",
        "Description": "",
        **stated,
    }
    texts = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in members.items())
    return f"<{kind}>{texts}{''.join(within)}</{kind}>"


def function(number: str, *within: str, **stated: str) -> str:
    return entry("Function", number, *within, **stated)


def service(number: str, **stated: str) -> str:
    return entry("Service", number, **stated)


def services(*within: str) -> str:
    return f"<Services>{''.join(within)}</Services>"


def document(*within: str, before: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    return f"{before}<Functions>{''.join(within)}</Functions>".encode()


def rows_of(folder: Path, content: bytes) -> tuple[list[Row], list[Fault]]:
    path = folder / "list.xml"
    path.write_bytes(content)
    table = FORMAT.layout.read(Content("list.xml", path))
    rows = [row for row in table if isinstance(row, Row)]
    return rows, table.remarks


def records_of(folder: Path, content: bytes) -> list[Record]:
    rows, _ = rows_of(folder, content)
    return [FORMAT.interpret(row, FEED)[0] for row in rows]


def test_functions_and_services_are_concepts_under_what_is_round_them(tmp_path: Path) -> None:
    content = document(
        "<URI>http://id.example/list</URI><Rights>Anybody's</Rights>",
        function(
            "1",
            f"<Functions>{function('2', services(service('7', Description='Seven  things.')))}"
            "</Functions>",
        ),
        function("3"),
    )
    rows, remarks = rows_of(tmp_path, content)
    assert remarks == []
    assert [row.number for row in rows] == [3, 2, 1, 4]
    found = [FORMAT.interpret(row, FEED) for row in rows]
    assert [records[0] for records in found] == [
        Concept(
            "http://id.example/service/7",
            SERVICES,
            "7",
            "Service 7",
            definition="Seven things.",
            broader=("http://id.example/function/2",),
        ),
        Concept(
            "http://id.example/function/2",
            FUNCTIONS,
            "2",
            "Function 2",
            broader=("http://id.example/function/1",),
        ),
        Concept("http://id.example/function/1", FUNCTIONS, "1", "Function 1"),
        Concept("http://id.example/function/3", FUNCTIONS, "3", "Function 3"),
    ]
    schemes = [each for records in found for each in records[1:]]
    assert {each.iri for each in schemes if isinstance(each, ConceptScheme)} == {
        FUNCTIONS,
        SERVICES,
    }
    assert all(row.withheld == [] and row.noted == [] for row in rows)


def test_a_list_is_said_in_skos() -> None:
    content = document(function("1", services(service("7", Description="Seven things."))))
    reading = read(SOURCE, content)
    assert reading.issues == []
    assert set(graph_of(reading.quads)) == set(
        turtle(
            f"""
            <http://id.example/function/1> a skos:Concept ; skos:inScheme <{FUNCTIONS}> ;
                skos:notation "1" ; skos:prefLabel "Function 1"@en .
            <http://id.example/service/7> a skos:Concept ; skos:inScheme <{SERVICES}> ;
                skos:notation "7" ; skos:prefLabel "Service 7"@en ;
                skos:definition "Seven things."@en ;
                skos:broader <http://id.example/function/1> .
            <{FUNCTIONS}> a skos:ConceptScheme ;
                dct:title "Functions of local government"@en ;
                dct:description "What local government in the United Kingdom is there for, as the esd-toolkit programme divides it."@en .
            <{SERVICES}> a skos:ConceptScheme ;
                dct:title "Services of local government"@en ;
                dct:description "What local government in the United Kingdom does for people and businesses, as the esd-toolkit programme divides it."@en .
            """  # noqa: E501
        )
    )


def test_a_service_under_several_functions_is_narrower_than_each() -> None:
    content = document(
        function("1", services(service("7"), service("8"))), function("2", services(service("7")))
    )
    reading = read(SOURCE, content)
    assert reading.issues == []
    assert {
        (quad.subject, quad.object) for quad in reading.quads if quad.predicate == SKOS.broader
    } == {
        ("http://id.example/service/7", "http://id.example/function/1"),
        ("http://id.example/service/7", "http://id.example/function/2"),
        ("http://id.example/service/8", "http://id.example/function/1"),
    }
    labels = Counter(quad.subject for quad in reading.quads if quad.predicate == SKOS.prefLabel)
    assert set(labels.values()) == {1}


def test_a_service_told_in_two_ways_is_left_out_both_times() -> None:
    content = document(
        function("1", services(service("7"), service("8"))),
        function("2", services(service("7", Label="Another"))),
    )
    reading = read(SOURCE, content)
    assert [(each.row, each.rule, each.field, each.effect) for each in reading.issues] == [
        (2, "shared-identifier", "URI", Effect.LEFT_OUT),
        (5, "shared-identifier", "URI", Effect.LEFT_OUT),
    ]
    alone = document(function("1", services(service("8"))), function("2"))
    assert reading.lines == read(SOURCE, alone).lines


def test_two_services_of_one_number_are_left_out() -> None:
    content = document(
        function("1", services(service("7"), service("7", URI="http://id.example/service/70")))
    )
    reading = read(SOURCE, content)
    assert [(each.row, each.rule, each.field) for each in reading.issues] == [
        (2, "shared-identifier", "Identifier"),
        (3, "shared-identifier", "Identifier"),
    ]


@pytest.mark.parametrize(
    ("column", "cell", "rule"),
    [
        ("URI", "", "missing-value"),
        ("URI", "7", "bad-web-address"),
        ("URI", "http://id.example/a b", "bad-web-address"),
        ("Identifier", "", "missing-value"),
        ("Identifier", "7.0", "number-as-decimal"),
        ("Identifier", "7 8", "bad-code"),
        ("Label", "", "missing-value"),
        ("Label", "<p> </p>", "no-words"),
        ("Label", "Se\x86ven", "control-character"),
    ],
)
def test_an_entry_that_cannot_be_told_is_left_out_and_no_other(
    column: str, cell: str, rule: str
) -> None:
    reading = read(
        SOURCE, document(function("1", services(service("7", **{column: cell}), service("8"))))
    )
    told = [each for each in reading.issues if each.effect is not Effect.NOTED]
    assert [(each.row, each.rule, each.field, each.effect) for each in told] == [
        (2, rule, column, Effect.LEFT_OUT)
    ]
    alone = document(function("1", services(service("8"))))
    assert reading.lines == read(SOURCE, alone).lines


def test_an_element_there_twice_is_not_chosen_from(tmp_path: Path) -> None:
    twice = service("7").replace("</Service>", "<Label>Other</Label></Service>")
    rows, _ = rows_of(tmp_path, document(services(twice)))
    with pytest.raises(Fault) as caught:
        FORMAT.interpret(rows[0], FEED)
    assert (caught.value.rule, caught.value.field) == ("unexpected-structure", "Label")


def test_an_entry_within_itself_is_left_out() -> None:
    reading = read(SOURCE, document(function("1", f"<Functions>{function('1')}</Functions>")))
    assert [(each.row, each.rule, each.field) for each in reading.issues] == [
        (2, "self-reference", None)
    ]


def test_a_function_that_states_its_uri_after_its_services_does_without_the_relation(
    tmp_path: Path,
) -> None:
    late = (
        f"<Function><Identifier>1</Identifier><Label>One</Label>{services(service('7'))}"
        "<URI>http://id.example/function/1</URI></Function>"
    )
    rows, _ = rows_of(tmp_path, document(late))
    found = [FORMAT.interpret(row, FEED)[0] for row in rows]
    assert [each.broader for each in found if isinstance(each, Concept)] == [(), ()]
    assert [(fault.rule, fault.field) for fault in rows[0].withheld] == [
        ("missing-value", "entry around")
    ]
    assert rows[1].withheld == []


def test_html_within_a_text_is_left_away_however_it_is_written(tmp_path: Path) -> None:
    escaped = service("7", Label="Bins &amp; bags", Description="<p>Emptied</p><p>weekly</p>")
    plainly = service("8").replace(
        "<Description></Description>", "<Description>Emptied <b>weekly</b> now</Description>"
    )
    rows, remarks = rows_of(tmp_path, document(services(escaped, plainly)))
    first, second = (FORMAT.interpret(row, FEED)[0] for row in rows)
    assert isinstance(first, Concept)
    assert isinstance(second, Concept)
    assert (first.label, first.definition) == ("Bins & bags", "Emptied weekly")
    assert second.definition == "Emptied weekly now"
    assert [(fault.rule, fault.field) for fault in rows[0].noted] == [
        ("html-in-text", "Label"),
        ("html-in-text", "Description"),
    ]
    assert remarks == []


def test_elements_that_nobody_knows_are_remarked_upon_once(tmp_path: Path) -> None:
    strange = service("7", Colour="red"), service("8", Colour="green")
    misplaced = service("9").replace("</Service>", f"{service('10')}</Service>")
    rows, remarks = rows_of(tmp_path, document("<Owner>O</Owner>", services(*strange, misplaced)))
    assert [(fault.rule, fault.field) for fault in remarks] == [
        ("unknown-column", "Owner"),
        ("unknown-column", "Colour"),
        ("unknown-column", "Service"),
    ]
    found = [FORMAT.interpret(row, FEED)[0] for row in rows]
    assert [each.notation for each in found if isinstance(each, Concept)] == ["7", "8", "9"]


def test_a_namespace_and_other_encodings_change_nothing(tmp_path: Path) -> None:
    plainly = records_of(tmp_path, document(function("1", Label="Café")))
    spaced = document(function("1", Label="Café")).replace(
        b"<Functions>", b'<Functions xmlns="http://id.example/ns">', 1
    )
    assert records_of(tmp_path, spaced) == plainly
    for encoding in ("utf-8-sig", "utf-16", "iso-8859-1"):
        before = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
        content = document(function("1", Label="Café"), before=before).decode().encode(encoding)
        assert records_of(tmp_path, content) == plainly, encoding
    _, remarks = rows_of(tmp_path, document(function("1")).decode().encode("utf-8-sig"))
    assert [fault.rule for fault in remarks] == ["byte-order-mark"]


ENTITIES = (
    '<!DOCTYPE f [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<Functions>&b;</Functions>"
)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not well-formed XML"),
        (b"<Functions>", "not well-formed XML"),
        (b"<Functions></Service>", "not well-formed XML"),
        (b"<Functions>&nbsp;</Functions>", "not well-formed XML"),
        (b"<Functions>\xff</Functions>", "not well-formed XML"),
        (b'<?xml version="1.0" encoding="klingon"?><Functions/>', "not well-formed XML"),
        (b"key,name\n", "not well-formed XML"),
        (b"<html><body/></html>", "the outermost element should be Functions; it is html"),
        (function("1").encode(), "the outermost element should be Functions; it is Function"),
        (ENTITIES.encode(), "document type declaration"),
        (b'<!DOCTYPE f SYSTEM "file:///etc/passwd"><Functions/>', "document type declaration"),
        (b"<Functions>" + b"<a>" * 70 + b"</a>" * 70 + b"</Functions>", "more than 64 deep"),
        (b"PK\x03\x04", "archive"),
    ],
)
def test_a_file_that_is_no_such_list_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(StructureError, match=words):
        rows_of(tmp_path, content)


def test_entries_come_before_the_file_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "list.xml"
    many = "".join(service(str(number)) for number in range(2000))
    path.write_bytes(document(services(service("9999"), many)).replace(b"</Functions>", b"<"))
    rows = iter(FORMAT.layout.read(Content("list.xml", path)))
    assert isinstance(next(rows), Row)
    with pytest.raises(StructureError):
        list(rows)


@given(
    st.one_of(
        st.binary(),
        st.binary().map(lambda noise: b"<Functions>" + noise + b"</Functions>"),
        st.text().map(lambda words: document(services(service("7", Label=words)))),
    )
)
def test_whatever_the_bytes_only_a_broken_structure_stops_the_reading(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    with suppress(StructureError, UnicodeEncodeError):
        rows, _ = rows_of(tmp_path_factory.mktemp("given"), content)
        for row in rows:
            with suppress(Fault):
                FORMAT.interpret(row, FEED)


@pytest.fixture(scope="module")
def declared() -> Source:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(FORMATS, FORMAT.name, FORMAT)
        return read_declaration(resources.files("loaders") / "sources" / "esd-functions-services")


@pytest.fixture(scope="module")
def reading(declared: Source) -> Reading:
    return read(declared, FILE.read_bytes())


def test_the_source_is_attributed_as_its_licence_asks(declared: Source) -> None:
    assert declared.publisher is not None
    assert declared.publisher.name == "esd-toolkit programme"
    assert "esd-toolkit programme" in str(declared.description)


@real_data
@absent
def test_the_list_is_loaded_whole(reading: Reading) -> None:
    counts = reading.tally
    assert (counts.records_in, counts.records_loaded, counts.values_withheld) == (1240, 1240, 0)
    assert reading.issues == []
    schemes = Counter(quad.object for quad in reading.quads if quad.predicate == SKOS.inScheme)
    assert schemes == {FUNCTIONS: 113, SERVICES: 1127}
    told = Counter(quad.predicate for quad in reading.quads)
    assert (told[SKOS.prefLabel], told[SKOS.definition], told[SKOS.notation]) == (1240, 1126, 1240)


@real_data
@absent
def test_whatever_is_wider_is_itself_in_the_list(reading: Reading) -> None:
    concepts = {quad.subject for quad in reading.quads if quad.object == SKOS.Concept}
    wider = [quad for quad in reading.quads if quad.predicate == SKOS.broader]
    assert {str(quad.object) for quad in wider} <= concepts
    without = concepts - {quad.subject for quad in wider}
    assert all(each.startswith("http://id.esd.org.uk/function/") for each in without)


@real_data
@absent
@pytest.mark.parametrize(
    ("iri", "notation", "label", "broader"),
    [
        ("function/1", "1", "Advice and benefits", None),
        ("function/2", "2", "Advice and welfare rights", "function/1"),
        ("service/352", "352", "Credit unions", "function/2"),
        ("service/1520", "1520", "Debt enforcement", "function/2"),
    ],
)
def test_concepts_are_as_they_were_read_by_hand(
    reading: Reading, iri: str, notation: str, label: str, broader: str | None
) -> None:
    prefix = "http://id.esd.org.uk/"
    said = {(q.predicate, q.object) for q in reading.quads if q.subject == prefix + iri}
    assert {
        (RDF.type, SKOS.Concept),
        (SKOS.notation, plain(notation)),
        (SKOS.prefLabel, text(label)),
    } <= said
    assert {value for term, value in said if term == SKOS.broader} == (
        {prefix + broader} if broader else set()
    )
