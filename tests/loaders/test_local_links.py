"""GOV.UK's links become services of councils, each with the pages that they are to be had from."""

import csv
import hashlib
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.errors import StructureError
from loaders.formats import FORMATS
from loaders.formats.local_links import LOCAL_LINKS
from loaders.formats.reading.content import Content
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.issues import Effect, Fault
from loaders.quads import plain, text
from loaders.records import Channel, LocalLink, Party, Service
from loaders.source import Source, SourceFile, read_declaration
from ontology.namespaces import concept
from ontology.vocab import CV, DCT, FOAF, GM, RDF
from tests.loaders.conftest import BASE, Reading, graph_of, read, turtle

(FORMAT,) = LOCAL_LINKS
FEED = Feed("given", organisations={"exampleton": "GB-LAE-EXA"})
SOURCE = Source(
    "given",
    "Links given by hand",
    (SourceFile("links.csv", FORMAT, None, 0),),
    organisations=FEED.organisations,
)
HEADER = b"la,lgsl,lgil,link\n"
GOOD = {
    "la": "exampleton",
    "service": "school-clothing-grants-vouchers",
    "interaction": "providing-information",
    "link": "https://exampleton.example/clothing?a=1&b=2#top",
    "lgsl": "2",
    "lgil": "8",
}
LINE = ",".join(GOOD.values()).encode() + b"\n"
SERVICE = Service(
    key="exampleton-2",
    name="School clothing grants vouchers",
    provider=Party("GB-LAE-EXA", "exampleton"),
    types=("http://id.esd.org.uk/service/2",),
    channels=(Channel("https://exampleton.example/clothing?a=1&b=2#top", "8"),),
)
PAGE = f"page-{hashlib.sha256(GOOD['link'].encode()).hexdigest()[:12]}"
FILE = (
    Path(__file__).parents[2].parent
    / "shared/data/services/govuk-local-links/lgsl_lgil_fallback_links.csv"
)
real_data = pytest.mark.real_data
absent = pytest.mark.skipif(not FILE.exists(), reason="the publisher's own file is not here")


def test_a_row_makes_a_link_to_a_page_of_a_council() -> None:
    row = Row(2, GOOD)
    assert FORMAT.interpret(row, FEED) == (LocalLink(SERVICE),)
    assert (row.withheld, row.noted) == ([], [])


def test_the_columns_are_told_by_their_places_and_not_by_the_header() -> None:
    reading = read(SOURCE, HEADER + LINE)
    assert reading.issues == []
    assert set(graph_of(reading.quads)) == set(
        turtle(
            """
            <id/service/given/exampleton-2> a gm:Service, cpsv:PublicService ;
                dct:identifier "exampleton-2" ;
                dct:title "School clothing grants vouchers"@en ;
                gm:deliveredBy <id/organisation/GB-LAE-EXA> ;
                gm:providerAsStated "exampleton"@en ;
                gm:serviceType <http://id.esd.org.uk/service/2> ;
                cv:hasChannel <.well-known/genid/given/service/exampleton-2/channel/8> .
            <.well-known/genid/given/service/exampleton-2/channel/8> a cv:Channel ;
                foaf:page <https://exampleton.example/clothing?a=1&b=2#top> ;
                gm:interactionType interaction-type:8 .
            """
        )
    )


def test_a_header_that_fits_its_rows_is_read_as_well() -> None:
    header = ",".join(GOOD).encode() + b"\n"
    assert read(SOURCE, header + LINE).lines == read(SOURCE, HEADER + LINE).lines


@pytest.mark.parametrize(
    "content", [b"", b"la,lgsl,lgil,url\n", b"la,lgsl,lgil\n", LINE, b"PK\x03\x04"]
)
def test_a_file_with_another_header_is_refused(content: bytes) -> None:
    with pytest.raises(StructureError):
        read(SOURCE, content)


def test_rows_of_one_service_are_channels_of_it() -> None:
    apply = LINE.replace(b",8\n", b",0\n").replace(b"clothing?a=1&b=2#top", b"apply")
    both = read(SOURCE, HEADER + LINE + apply)
    assert both.issues == []
    services = {quad.subject for quad in both.quads if quad.object == GM.Service}
    assert services == {f"{BASE}id/service/given/exampleton-2"}
    channels = {
        (quad.subject.rpartition("/")[2], quad.object)
        for quad in both.quads
        if quad.predicate == FOAF.page
    }
    assert channels == {
        ("8", "https://exampleton.example/clothing?a=1&b=2#top"),
        ("0", "https://exampleton.example/apply"),
    }


def test_two_pages_for_one_thing_to_do_are_left_out_both_and_take_no_other_with_them() -> None:
    other = LINE.replace(b",2,8\n", b",3,8\n")
    elsewhere = LINE.replace(b"clothing", b"clothes")
    reading = read(SOURCE, HEADER + LINE + other + elsewhere)
    assert [(each.row, each.rule, each.effect) for each in reading.issues] == [
        (2, "duplicate-key", Effect.LEFT_OUT),
        (4, "duplicate-key", Effect.LEFT_OUT),
    ]
    assert reading.lines == read(SOURCE, HEADER + other).lines


def test_a_row_there_twice_is_one_link_and_noted() -> None:
    reading = read(SOURCE, HEADER + LINE + LINE)
    assert (reading.tally.records_in, reading.tally.records_loaded) == (2, 2)
    assert [str(each) for each in reading.issues] == [
        "links.csv, row 3, lgil: Row 2 already says the same of the link exampleton-2, "
        "interaction 8. (noted)"
    ]
    assert reading.lines == read(SOURCE, HEADER + LINE).lines


@pytest.mark.parametrize(
    ("column", "cell", "rule"),
    [
        ("la", "", "missing-value"),
        ("la", "example ton", "bad-code"),
        ("la", "exam/pleton", "bad-code"),
        ("service", "", "missing-value"),
        ("service", "school clothing", "bad-code"),
        ("link", "", "missing-value"),
        ("link", "www.exampleton.example/clothing", "bad-web-address"),
        ("link", "https://exampleton.example/report?what=Dead animal", "bad-web-address"),
        ("link", "https://exampleton.example/?s=a]]b", "bad-web-address"),
        ("link", "javascript:alert(1)", "bad-web-address"),
        ("lgsl", "", "missing-value"),
        ("lgsl", "2.0", "number-as-decimal"),
        ("lgsl", "02", "bad-code"),
        ("lgsl", "two", "bad-code"),
        ("lgsl", "٢", "bad-code"),
        ("lgsl", "2\x07", "control-character"),
    ],
)
def test_a_row_whose_link_cannot_be_told_is_left_out(column: str, cell: str, rule: str) -> None:
    with pytest.raises(Fault) as caught:
        FORMAT.interpret(Row(2, {**GOOD, column: cell}), FEED)
    assert (caught.value.rule, caught.value.field) == (rule, column)


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("1", "unknown-category"),
        ("8.0", "number-as-decimal"),
        ("08", "bad-code"),
        ("information", "bad-code"),
    ],
)
def test_an_interaction_that_is_not_known_is_withheld(cell: str, rule: str) -> None:
    row = Row(2, {**GOOD, "lgil": cell})
    (page,) = SERVICE.channels
    expected = replace(SERVICE, channels=(Channel(page.page, None, PAGE),))
    assert FORMAT.interpret(row, FEED) == (LocalLink(expected),)
    assert [(fault.rule, fault.field, fault.value) for fault in row.withheld] == [
        (rule, "lgil", cell)
    ]


def test_an_interaction_that_is_not_stated_is_no_fault() -> None:
    row = Row(2, {**GOOD, "lgil": ""})
    (link,) = FORMAT.interpret(row, FEED)
    assert isinstance(link, LocalLink)
    assert link.service.channels == (Channel(GOOD["link"], None, PAGE),)
    assert row.withheld == []


def test_pages_whose_interaction_is_not_known_are_kept_side_by_side() -> None:
    other = {**GOOD, "lgil": "1", "link": "https://exampleton.example/ask"}
    lines = [",".join(each.values()).encode() for each in ({**GOOD, "lgil": "1"}, other)]
    reading = read(SOURCE, HEADER + b"\n".join(lines))
    assert [(each.rule, each.effect) for each in reading.issues] == [
        ("unknown-category", Effect.WITHHELD)
    ] * 2
    pages = {quad.subject: quad.object for quad in reading.quads if quad.predicate == FOAF.page}
    assert sorted(pages.values()) == ["https://exampleton.example/ask", GOOD["link"]]
    channels = {quad.object for quad in reading.quads if quad.predicate == CV.hasChannel}
    assert channels == pages.keys()


def test_what_interactions_are_called_is_not_looked_at() -> None:
    row = Row(2, {**GOOD, "interaction": "\x00"})
    assert FORMAT.interpret(row, FEED) == (LocalLink(SERVICE),)


def test_a_council_that_is_not_declared_is_kept_in_words_and_noted() -> None:
    row = Row(2, {**GOOD, "la": "elsewhere"})
    (link,) = FORMAT.interpret(row, FEED)
    assert isinstance(link, LocalLink)
    assert (link.service.key, link.service.provider) == ("elsewhere-2", Party(None, "elsewhere"))
    assert [(fault.rule, fault.field, fault.value) for fault in row.noted] == [
        ("unknown-organisation", "la", "elsewhere")
    ]


@pytest.mark.parametrize(
    "bad",
    [b"exampleton,a,b,https://a.example/,3\n", b"exampleton\n", b",,,,,x\n", b"a,b,c,d,e,f\n"],
)
def test_a_good_row_beside_a_bad_one_is_kept(bad: bytes) -> None:
    alone = read(SOURCE, HEADER + LINE)
    for rows in (LINE + bad, bad + LINE):
        reading = read(SOURCE, HEADER + rows)
        assert reading.lines == alone.lines
        assert reading.tally.records_left_out == 1


@given(st.one_of(st.binary(), st.binary().map(lambda noise: HEADER + noise + LINE)))
def test_whatever_the_bytes_only_a_broken_structure_stops_the_reading(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("given") / "links.csv"
    path.write_bytes(content)
    with suppress(StructureError):
        for row in FORMAT.layout.read(Content("links.csv", path)):
            if isinstance(row, Row):
                with suppress(Fault):
                    FORMAT.interpret(row, FEED)


@pytest.fixture(scope="module")
def declared() -> Source:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(FORMATS, FORMAT.name, FORMAT)
        return read_declaration(resources.files("loaders") / "sources" / "govuk-local-links")


@pytest.fixture(scope="module")
def reading(declared: Source) -> Reading:
    return read(declared, FILE.read_bytes())


def test_the_source_declares_the_ten_councils_and_no_other(declared: Source) -> None:
    assert {key.removeprefix("GB-LAE-") for key in declared.organisations.values()} == {
        *("BOL", "BUR", "MAN", "OLD", "RCH", "SLF", "SKP", "TAM", "TRF", "WGN")
    }
    assert len(declared.organisations) == 10


@real_data
@absent
def test_the_file_is_loaded_but_for_four_addresses(reading: Reading) -> None:
    assert (reading.tally.records_in, reading.tally.records_loaded) == (7405, 7401)
    assert Counter((each.rule, each.field, each.effect) for each in reading.issues) == {
        ("bad-web-address", "link", Effect.LEFT_OUT): 4,
        ("unknown-organisation", "la", Effect.NOTED): 7144,
    }
    left_out = {each.row for each in reading.issues if each.effect is Effect.LEFT_OUT}
    assert left_out == {2988, 4533, 6059, 6326}
    assert len({quad.subject for quad in reading.quads if quad.object == GM.Service}) == 7384


@real_data
@absent
def test_every_row_of_the_ten_councils_is_a_channel_of_its_council(
    declared: Source, reading: Reading
) -> None:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file) if row[0] in declared.organisations]
    assert len(rows) == 257
    said = {(quad.subject, quad.predicate, quad.object) for quad in reading.quads}
    for la, _, _, link, lgsl, lgil in rows:
        subject = f"{BASE}id/service/govuk-local-links/{la}-{lgsl}"
        part = f"{BASE}.well-known/genid/govuk-local-links/service/{la}-{lgsl}/channel/{lgil}"
        council = f"{BASE}id/organisation/{declared.organisations[la]}"
        assert {
            (subject, GM.deliveredBy, council),
            (subject, GM.serviceType, f"http://id.esd.org.uk/service/{lgsl}"),
            (subject, CV.hasChannel, part),
            (part, FOAF.page, link),
            (part, GM.interactionType, concept("interaction-type", lgil)),
        } <= said
    delivered = {subject for subject, term, _ in said if term == GM.deliveredBy}
    assert len(delivered) == len({(row[0], row[4]) for row in rows})


@real_data
@absent
@pytest.mark.parametrize(
    ("key", "title", "page", "interaction"),
    [
        (
            "bury-287",
            "Direct payments",
            "http://www.bury.gov.uk/index.aspx?articleid=11891",
            "0",
        ),
        (
            "manchester-524",
            "Household waste collection",
            "http://www.manchester.gov.uk/info/200084/bins_rubbish_and_recycling",
            "17",
        ),
        (
            "leicester-2",
            "School clothing grants vouchers",
            "http://www.leicester.gov.uk/schools-and-learning/grants-and-allowances",
            "8",
        ),
    ],
)
def test_rows_are_said_as_they_were_read_by_hand(
    reading: Reading, key: str, title: str, page: str, interaction: str
) -> None:
    subject = f"{BASE}id/service/govuk-local-links/{key}"
    node = f"{BASE}.well-known/genid/govuk-local-links/service/{key}/channel/{interaction}"
    said = {(quad.subject, quad.predicate, quad.object) for quad in reading.quads}
    assert {
        (subject, RDF.type, GM.Service),
        (subject, DCT.identifier, plain(key)),
        (subject, DCT.title, text(title)),
        (subject, CV.hasChannel, node),
        (node, FOAF.page, page),
    } <= said
