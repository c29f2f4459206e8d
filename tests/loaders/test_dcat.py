"""Catalogues in RDF that follow DCAT become datasets, whatever syntax they are in."""

import hashlib
import resource
import time
import tracemalloc
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse, serialize

from loaders.errors import StructureError
from loaders.formats.catalogues.dcat import DCAT
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.records import Box, Dataset, Distribution, Link, Party, Text
from loaders.validation import validate
from tests.loaders.catalogues import (
    DATA,
    LEFT_OUT,
    NOTED,
    WITHHELD,
    Catalogue,
    Told,
    catalogue,
    source_of,
)
from tests.loaders.conftest import InMemory, graph_of, read, turtle

(FORMAT,) = DCAT
PREFIXES = """
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dc: <http://purl.org/dc/elements/1.1/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix locn: <http://www.w3.org/ns/locn#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix time: <http://www.w3.org/2006/time#> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://data.exampleton.example/> .
"""
IRI = "https://data.exampleton.example/ponds"
KEY = hashlib.sha1(IRI.encode()).hexdigest()
COUNCIL = "https://data.exampleton.example/council"
FEED = Feed("given", None, {COUNCIL: "GB-LAE-XMP"})
OGL3 = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
EU = "http://publications.europa.eu/resource/authority/"


def digest(iri: str) -> str:
    return hashlib.sha1(iri.encode()).hexdigest()[:12]


def stating(text: str, name: str = "given.ttl", feed: Feed | None = None) -> Catalogue:
    return catalogue(FORMAT, PREFIXES + text, name, feed)


def ponds(*properties: str, feed: Feed | None = None) -> Catalogue:
    """A dataset with a title and some further properties."""
    stated = "".join(f" ;\n    {each}" for each in properties)
    return stating(f'ex:ponds a dcat:Dataset ; dct:title "Ponds"{stated} .', feed=feed)


FULL = """
ex:catalogue a dcat:Catalog ; dcat:dataset ex:ponds ; dct:title "Not a dataset" .
ex:ponds a dcat:Dataset ;
    dct:title "Ponds"@en, "Pyllau"@cy ;
    dct:description "<p>All <b>ponds</b></p>"@en-GB ;
    dct:publisher ex:council ;
    dct:license <http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/> ;
    dcat:landingPage ex:page ;
    dcat:keyword "water", "dŵr"@cy ;
    dcat:theme <http://publications.europa.eu/resource/authority/data-theme/ENVI> ;
    dct:subject <http://id.esd.org.uk/function/20> ;
    dct:issued "2011-12-05"^^xsd:date ;
    dct:modified "2024-03-18T09:03:05+01:00"^^xsd:dateTime ;
    dct:accrualPeriodicity <http://publications.europa.eu/resource/authority/frequency/WEEKLY> ;
    dct:spatial <http://statistics.data.gov.uk/id/statistical-geography/E08000003>,
        [ a dct:Location ;
          dcat:bbox "POLYGON((-2.5 53.25,-2 53.25,-2 53.75,-2.5 53.75))"^^geo:wktLiteral ] ;
    dct:temporal [ a dct:PeriodOfTime ;
        dcat:startDate "2011-07-01"^^xsd:date ; dcat:endDate "2011"^^xsd:gYear ] ;
    dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ;
    dcat:contactPoint [ a vcard:Organization ; vcard:organization-name "Parks team" ;
        vcard:hasEmail <mailto:a.person@exampleton.example> ] ;
    dct:identifier "ponds-1" ;
    adms:identifier [ a adms:Identifier ; skos:notation "10.1234/ponds" ] ;
    dct:conformsTo <https://schemas.example/ponds> ;
    dcat:version "1.10" ;
    foaf:page ex:about ;
    dcat:distribution ex:csv, [ a dcat:Distribution ;
        dct:format "Paper tape" ; dcat:accessURL "https://data.exampleton.example/desk" ] .
ex:council a foaf:Organization ; foaf:name "Exampleton Council" .
ex:csv a dcat:Distribution ;
    dct:title "Pyllau"@cy, "Ponds"@en-GB ;
    dct:description "As a table"@en ;
    dcat:accessURL ex:page ;
    dcat:downloadURL <https://data.exampleton.example/ponds.csv> ;
    dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> ;
    dct:format <http://publications.europa.eu/resource/authority/file-type/CSV> ;
    dcat:byteSize "5120"^^xsd:decimal ;
    dct:license <https://creativecommons.org/licenses/by/4.0/legalcode> ;
    dct:issued "2012-01-01"^^xsd:date ;
    dct:modified "2012-01-02"^^xsd:date .
"""
RECORDS = [
    Dataset(
        key=KEY,
        titles=(Text("Ponds"), Text("Pyllau", "cy")),
        descriptions=(Text("All ponds", "en-gb"),),
        publisher=Party("GB-LAE-XMP", "Exampleton Council"),
        licence=OGL3,
        landing_page="https://data.exampleton.example/page",
        keywords=(Text("water"), Text("dŵr", "cy")),
        themes=(f"{EU}data-theme/ENVI",),
        subjects=("http://id.esd.org.uk/function/20",),
        issued=date(2011, 12, 5),
        modified=datetime(2024, 3, 18, 8, 3, 5, tzinfo=UTC),
        frequency="weekly",
        areas=("E08000003",),
        box=Box(Decimal("-2.5"), Decimal("53.25"), Decimal(-2), Decimal("53.75")),
        began=date(2011, 7, 1),
        ended=date(2011, 12, 31),
        access="OPEN",
        contact="Parks team",
        identifiers=("ponds-1", "10.1234/ponds"),
        conforms_to=("https://schemas.example/ponds",),
        version="1.10",
        documentation=("https://data.exampleton.example/about",),
    ),
    Link("dataset", KEY, IRI),
    Distribution(
        key=f"{KEY}-{digest('https://data.exampleton.example/csv')}",
        dataset=KEY,
        title=Text("Ponds", "en-gb"),
        description=Text("As a table"),
        access_url="https://data.exampleton.example/page",
        download_url="https://data.exampleton.example/ponds.csv",
        file_type="CSV",
        media_type="text/csv",
        byte_size=5120,
        licence="https://creativecommons.org/licenses/by/4.0/",
        issued=date(2012, 1, 1),
        modified=date(2012, 1, 2),
    ),
    Distribution(
        key=f"{KEY}-2",
        dataset=KEY,
        access_url="https://data.exampleton.example/desk",
        format_stated="Paper tape",
    ),
]
ISSUES = [
    Told("html-in-text", "dct:description.@value", None, NOTED),
    Told("unknown-format", "dcat:distribution[2].dct:format", "Paper tape", NOTED),
]


def test_a_dataset_of_a_catalogue_is_read_whole() -> None:
    found = stating(FULL, feed=FEED)
    assert found.records == RECORDS
    assert found.issues == ISSUES
    assert "person" not in str(found)


SYNTAXES = {
    "ttl": RdfFormat.TURTLE,
    "rdf": RdfFormat.RDF_XML,
    "xml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "json": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
}


def written_in(syntax: RdfFormat) -> bytes:
    """The full catalogue in a syntax; in a graph of its own where the syntax has graphs."""
    graph = "GRAPH ex:graph { " if syntax == RdfFormat.N_QUADS else "{ "
    prefixes, _, statements = (PREFIXES + FULL).partition("\nex:catalogue")
    text = f"{prefixes}\n{graph}ex:catalogue{statements}}}"
    quads = parse(text, format=RdfFormat.TRIG)
    triples = quads if syntax.supports_datasets else (each.triple for each in quads)
    written = serialize(triples, format=syntax)
    assert written is not None
    return written


@pytest.mark.parametrize("suffix", SYNTAXES)
def test_every_syntax_is_read_alike_by_its_suffix_and_by_its_beginning(suffix: str) -> None:
    content = written_in(SYNTAXES[suffix])
    for name in (f"given.{suffix}", f"GIVEN.{suffix.upper()}", "given", "given.data"):
        found = catalogue(FORMAT, content, name, FEED)
        assert found.dataset == RECORDS[0]
        assert Counter(found.issues) == Counter(ISSUES)
        assert {each.dataset for each in found.distributions} == {KEY}
        assert len(found.distributions) == 2


@pytest.mark.parametrize(
    "content",
    [
        '[] a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> "Ponds" ;'
        ' <http://purl.org/dc/terms/identifier> "p" .',
        "# a comment\n{ <https://a.example/b> a <http://www.w3.org/ns/dcat#Dataset> ;"
        ' <http://purl.org/dc/terms/title> "Ponds" }',
        '[{"@id": "https://a.example/b", "@type": "http://www.w3.org/ns/dcat#Dataset",'
        ' "http://purl.org/dc/terms/title": "Ponds"}]',
    ],
)
def test_beginnings_that_look_alike_are_told_apart(content: str) -> None:
    assert catalogue(FORMAT, content, "given").dataset.titles == (Text("Ponds"),)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_other_encodings_are_read_and_remarked_upon(encoding: str) -> None:
    found = catalogue(FORMAT, (PREFIXES + FULL).strip().encode(encoding), "given.ttl", FEED)
    assert found.records == RECORDS
    rule = "byte-order-mark" if encoding == "utf-8-sig" else "other-encoding"
    assert found.rules() == ["html-in-text", "unknown-format", rule]


def test_a_dataset_is_said_in_dcat() -> None:
    reading = read(source_of(FORMAT, "given.ttl"), (PREFIXES + FULL).encode())
    distribution = f"id/distribution/given/{KEY}"
    csv = digest("https://data.exampleton.example/csv")
    part = f".well-known/genid/given/dataset/{KEY}"
    ring = "POLYGON((-2.5 53.25, -2 53.25, -2 53.75, -2.5 53.75, -2.5 53.25))"
    expected = turtle(f"""
        <id/dataset/given/{KEY}> a dcat:Dataset ;
            owl:sameAs <{IRI}> ;
            dct:identifier "{KEY}", "ponds-1", "10.1234/ponds" ;
            dct:title "Ponds"@en, "Pyllau"@cy ;
            dct:description "All ponds"@en-gb ;
            gm:publisherAsStated "Exampleton Council"@en ;
            dct:license <{OGL3}> ;
            dcat:landingPage <https://data.exampleton.example/page> ;
            dcat:keyword "water"@en, "dŵr"@cy ;
            dcat:theme <{EU}data-theme/ENVI> ;
            dct:subject <http://id.esd.org.uk/function/20> ;
            dct:issued "2011-12-05"^^xsd:date ;
            dct:modified "2024-03-18T08:03:05Z"^^xsd:dateTime ;
            dct:accrualPeriodicity <https://w3id.org/greater-manchester/def/frequency/weekly> ;
            dct:spatial <id/area/E08000003>, <{part}/box> ;
            dct:temporal <{part}/period> ;
            dct:accessRights <https://w3id.org/greater-manchester/def/access-right/OPEN> ;
            dcat:contactPoint <{part}/contact> ;
            dct:conformsTo <https://schemas.example/ponds> ;
            dcat:version "1.10" ;
            foaf:page <https://data.exampleton.example/about> ;
            dcat:distribution <{distribution}-{csv}>, <{distribution}-2> .
        <{part}/box> a dct:Location ;
            dcat:bbox "{ring}"^^geo:wktLiteral .
        <id/area/E08000003> a gm:Area, dct:Location, geo:Feature ;
            dct:identifier "E08000003" ; gm:gssCode "E08000003" .
        <{part}/period> a dct:PeriodOfTime ;
            dcat:startDate "2011-07-01"^^xsd:date ; dcat:endDate "2011-12-31"^^xsd:date .
        <{part}/contact> a vcard:Organization ; vcard:fn "Parks team" .
        <{distribution}-{csv}> a dcat:Distribution ;
            dct:identifier "{KEY}-{csv}" ;
            dct:title "Ponds"@en-gb ;
            dct:description "As a table"@en ;
            dcat:accessURL <https://data.exampleton.example/page> ;
            dcat:downloadURL <https://data.exampleton.example/ponds.csv> ;
            dct:format <{EU}file-type/CSV> ;
            dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> ;
            dcat:byteSize 5120 ;
            dct:license <https://creativecommons.org/licenses/by/4.0/> ;
            dct:issued "2012-01-01"^^xsd:date ;
            dct:modified "2012-01-02"^^xsd:date .
        <{distribution}-2> a dcat:Distribution ;
            dct:identifier "{KEY}-2" ;
            dcat:accessURL <https://data.exampleton.example/desk> ;
            gm:formatAsStated "Paper tape"@en .
    """)
    assert set(graph_of(reading.quads)) == set(expected)
    assert not [each for each in validate("given", reading.lines) if each.refuses]


def test_a_dataset_without_an_iri_has_its_identifier_for_a_key() -> None:
    found = stating('[] a dcat:Dataset ; dct:title "Ponds" ; dct:identifier "p-1", "p-2" .')
    assert found.records == [
        Dataset(
            key=hashlib.sha1(b"p-1").hexdigest(),
            titles=(Text("Ponds"),),
            identifiers=("p-1", "p-2"),
        )
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            '[] a dcat:Dataset ; dct:title "Ponds" .',
            Told("missing-value", "dct:identifier", None, LEFT_OUT),
        ),
        ("ex:ponds a dcat:Dataset .", Told("missing-value", "dct:title", IRI, LEFT_OUT)),
        (
            'ex:ponds a dcat:Dataset ; dct:title " " .',
            Told("missing-value", "dct:title", IRI, LEFT_OUT),
        ),
    ],
)
def test_a_dataset_without_key_or_title_is_left_out_alone(text: str, told: Told) -> None:
    found = stating(f'{text}\nex:good a dcat:Dataset ; dct:title "Good" .')
    assert [each.titles for each in found.datasets] == [(Text("Good"),)]
    assert found.issues == [told]


def test_only_nodes_that_are_said_to_be_datasets_are_read() -> None:
    found = stating("""
        ex:series a dcat:DatasetSeries ; dct:title "Series" .
        ex:service a dcat:DataService ; dct:title "Service" ; dcat:servesDataset ex:untyped .
        ex:untyped dct:title "Untyped" .
        ex:other a schema:Dataset ; schema:name "Other" .
    """)
    assert (found.records, found.issues) == ([], [])


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        ("", "given.ttl", "states nothing in RDF"),
        ("{}", "given.json", "states nothing in RDF"),
        ("", "given", "states nothing in RDF"),
        ("not RDF", "given.ttl", "is not well-formed Turtle"),
        ("not RDF", "given.json", "is not well-formed JSON-LD"),
        ("<rdf", "given.rdf", "is not well-formed RDF/XML"),
        ("<https://a.example/b> <https://c.example/d> .", "given.nt", "not well-formed N-Triples"),
        (b"<https://a.example/b> <https://c.example/\xe9> 1 .", "given.ttl", "is not well-formed"),
        (b"\xff\xfe<", "given.ttl", "is not text in the encoding utf-16-le"),
        (b"\xff\xfe<", "given", "is not text in the encoding utf-16-le"),
        (b"PK\x03\x04", "given.ttl", "archive"),
        (
            '<?xml version="1.0" encoding="ISO-8859-1"?><rdf:RDF/>',
            "given.rdf",
            "Only UTF-8 is supported",
        ),
    ],
)
def test_what_is_no_rdf_is_refused(content: str | bytes, name: str, message: str) -> None:
    with pytest.raises(StructureError, match=message):
        catalogue(FORMAT, content, name)


@pytest.mark.parametrize(
    "context",
    [
        '"https://context.example/dcat.jsonld"',
        '["https://context.example/dcat.jsonld", {"title": "http://purl.org/dc/terms/title"}]',
        '{"@import": "https://context.example/dcat.jsonld"}',
    ],
)
def test_a_context_that_lies_elsewhere_is_not_fetched(context: str) -> None:
    content = f'{{"@context": {context}, "@id": "https://a.example/b", "title": "Ponds"}}'
    with pytest.raises(StructureError, match="context lies elsewhere, and nothing is fetched"):
        catalogue(FORMAT, content, "given.jsonld")


def test_a_context_in_the_file_is_read() -> None:
    found = catalogue(
        FORMAT,
        '{"@context": {"@vocab": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},'
        f' "@type": "Dataset", "@id": "{IRI}", "dct:title": "Ponds"}}',
        "given.jsonld",
    )
    assert found.records == [Dataset(KEY, (Text("Ponds"),)), Link("dataset", KEY, IRI)]


def entities(depth: int) -> str:
    """RDF/XML of a few lines, in which each entity is ten of the one before."""
    declared = '<!ENTITY e0 "ha">' + "".join(
        f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, depth)
    )
    return (
        f'<?xml version="1.0"?><!DOCTYPE rdf:RDF [{declared}]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:dct="http://purl.org/dc/terms/">'
        '<rdf:Description rdf:about="https://a.example/b">'
        f"<dct:title>&e{depth - 1};</dct:title></rdf:Description></rdf:RDF>"
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["given.rdf", "given.xml", "given"])
def test_entities_that_would_fill_the_memory_are_refused_at_once(name: str, encoding: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    with pytest.raises(StructureError, match="declares XML entities"):
        catalogue(FORMAT, entities(12).encode(encoding), name)
    assert time.monotonic() - began < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


def test_entities_that_are_declared_late_in_a_file_are_refused() -> None:
    padding = f"<!--{'x' * ((1 << 20) - 60)}-->"
    for shift in range(0, 20, 3):
        text = entities(3).replace("<!DOCTYPE", f"{padding}{' ' * shift}<!DOCTYPE")
        with pytest.raises(StructureError, match="declares XML entities"):
            catalogue(FORMAT, text, "given.rdf")


def test_a_namespace_with_the_wrong_scheme_is_put_right_and_remarked_upon_once() -> None:
    text = (PREFIXES + FULL).replace("http://www.w3.org/ns/", "https://www.w3.org/ns/")
    text = text.replace("<http://purl.org/dc/terms/>", "<https://purl.org/dc/terms/>")
    found = catalogue(FORMAT, text, "given.ttl", FEED)
    assert found.records == RECORDS
    assert found.issues[2:] == [
        Told("misspelt-member", None, f"https://{namespace}", NOTED)
        for namespace in ("purl.org/dc/terms/", "www.w3.org/ns/adms#", "www.w3.org/ns/dcat#")
    ]


def test_schema_org_may_be_written_either_way() -> None:
    found = ponds(
        "dct:publisher [ <https://schema.org/name> 'Exampleton Council' ]",
        "dct:temporal [ schema:startDate '2011' ; <https://schema.org/endDate> '2012' ]",
    )
    assert found.dataset.publisher == Party(None, "Exampleton Council")
    assert (found.dataset.began, found.dataset.ended) == (date(2011, 1, 1), date(2012, 12, 31))
    assert found.rules() == ["unknown-organisation"]


@pytest.mark.parametrize("other", ["dc:title", "rdfs:label"])
def test_other_names_for_a_title_are_read_and_noted(other: str) -> None:
    found = stating(f'ex:ponds a dcat:Dataset ; {other} "Ponds"@cy ; rdfs:comment "All"@en .')
    assert found.dataset.titles == (Text("Ponds", "cy"),)
    assert found.dataset.descriptions == (Text("All"),)
    assert found.issues == [
        Told("misspelt-member", other, None, NOTED),
        Told("misspelt-member", "rdfs:comment", None, NOTED),
    ]


@pytest.mark.parametrize(
    ("stated", "party", "value"),
    [
        ("ex:council", Party("GB-LAE-XMP", COUNCIL), None),
        ("[ foaf:name 'Other' ]", Party(None, "Other"), "Other"),
        ("[ skos:prefLabel 'Other'@cy, 'Another'@en ]", Party(None, "Another"), "Another"),
        ("[ vcard:fn 'Other' ]", Party(None, "Other"), "Other"),
        ("'Other'", Party(None, "Other"), "Other"),
        ("ex:other", Party(None, "https://data.exampleton.example/other"), None),
    ],
)
def test_the_publisher_is_resolved_by_iri_else_kept_in_words(
    stated: str, party: Party, value: str | None
) -> None:
    found = ponds(f"dct:publisher {stated}", feed=FEED)
    assert found.dataset.publisher == party
    if party.key:
        assert found.issues == []
    else:
        words = value or party.stated
        assert found.issues == [Told("unknown-organisation", "dct:publisher", words, NOTED)]


@pytest.mark.parametrize(
    "person",
    [
        "[ a foaf:Person ; foaf:name 'A. Person' ]",
        "[ a vcard:Individual, vcard:Kind ; vcard:fn 'A. Person' ]",
        "[ a <https://schema.org/Person>, schema:Person ; foaf:name 'A. Person' ]",
        "<https://orcid.org/0000-0002-1825-0097>",
    ],
)
def test_a_person_is_not_loaded_as_publisher_or_contact(person: str) -> None:
    found = ponds(f"dct:publisher {person}", f"dcat:contactPoint {person}", feed=FEED)
    assert (found.dataset.publisher, found.dataset.contact) == (None, None)
    assert found.issues[0] == Told("contact-of-a-person", "dct:publisher", None, WITHHELD)
    assert set(found.rules()) == {"contact-of-a-person"}
    assert "A. Person" not in str(found)
    assert "orcid" not in str(found)


@pytest.mark.parametrize(
    ("contact", "team", "rules"),
    [
        ("[ a vcard:Organization ; vcard:organization-name 'Parks team' ]", "Parks team", []),
        ("[ a vcard:Kind ; vcard:fn 'exampleton council' ]", "exampleton council", []),
        ("[ a vcard:Organization ; vcard:fn 'A. Person' ]", None, ["contact-of-a-person"]),
        ("[ vcard:fn 'Parks team' ]", None, ["contact-of-a-person"]),
        (
            "[ a vcard:Organization ; vcard:organization-name 'a@b.example' ]",
            None,
            ["contact-of-a-person"],
        ),
        (
            "[ a vcard:Individual ; vcard:fn 'Exampleton Council' ]",
            None,
            ["contact-of-a-person"],
        ),
        ("ex:contact", None, []),
    ],
)
def test_a_contact_is_loaded_where_it_is_sure_to_be_a_team(
    contact: str, team: str | None, rules: list[str]
) -> None:
    feed = Feed("given", None, {"Exampleton Council": "GB-LAE-XMP"})
    found = ponds("dct:publisher 'Exampleton Council'", f"dcat:contactPoint {contact}", feed=feed)
    assert found.dataset.contact == team
    assert found.rules() == rules


@pytest.mark.parametrize(
    ("stated", "licence", "words", "rules"),
    [
        ("'OGL v3'", OGL3, "OGL v3", []),
        ("[ rdfs:label 'CC0' ]", "https://creativecommons.org/publicdomain/zero/1.0/", "CC0", []),
        ("[ a dct:LicenseDocument ]", None, None, []),
        ("'Ask us'", None, "Ask us", ["unknown-licence"]),
        ("ex:terms, 'OGL'", "https://data.exampleton.example/terms", "OGL", []),
    ],
)
def test_a_licence_is_an_iri_words_or_a_node_with_a_label(
    stated: str, licence: str | None, words: str | None, rules: list[str]
) -> None:
    found = ponds(
        f"dct:license {stated}",
        f"dcat:distribution [ dcat:accessURL ex:page ; dct:license {stated} ]",
    )
    for each in (found.dataset, found.distributions[0]):
        assert (each.licence, each.licence_stated) == (licence, words)
    assert found.rules() == rules * 2


@pytest.mark.parametrize(
    ("stated", "notation"),
    [
        ("<http://purl.org/cld/freq/continuous>", "continuous"),
        ("<http://purl.org/linked-data/sdmx/2009/code#freq-W>", "weekly"),
        ("'Monthly'", "monthly"),
        ("[ rdfs:label 'every two weeks'@en ]", "biweekly"),
    ],
)
def test_a_frequency_is_an_iri_or_words(stated: str, notation: str) -> None:
    found = ponds(f"dct:accrualPeriodicity {stated}")
    assert found.dataset.frequency == notation
    assert found.issues == []


SQUARE = "POLYGON((-2.5 53.25,-2 53.25,-2 53.75,-2.5 53.75))"
GEOJSON = '{"type": "Polygon", "coordinates": [[[-2.5, 53.25], [-2, 53.25], [-2, 53.75]]]}'


@pytest.mark.parametrize(
    "stated",
    [
        f"[ dcat:bbox '{SQUARE}'^^geo:wktLiteral ]",
        f"[ locn:geometry '{SQUARE}'^^geo:wktLiteral, '<gml:Envelope/>'^^geo:gmlLiteral ]",
        f"[ locn:geometry '{GEOJSON}'^^geo:geoJSONLiteral ]",
        f"'{GEOJSON}'",
        f"'{SQUARE}'^^geo:wktLiteral",
    ],
)
def test_a_box_is_read_from_every_kind_of_geometry(stated: str) -> None:
    found = ponds(f"dct:spatial {stated}")
    box = Box(Decimal("-2.5"), Decimal("53.25"), Decimal(-2), Decimal("53.75"))
    assert (found.dataset.box, found.dataset.areas) == (box, ())
    assert found.issues == []


@pytest.mark.parametrize(
    ("stated", "rule", "field"),
    [
        ("<http://sws.geonames.org/2643123/>", "unknown-category", "dct:spatial.@id"),
        ("'Exampleton'", "bad-code", "dct:spatial.@value"),
        ("[ skos:prefLabel 'Exampleton' ]", "bad-code", "dct:spatial.skos:prefLabel.@value"),
        ("[ a dct:Location ]", "no-words", "dct:spatial"),
        ("[ dcat:bbox 'POLYGON' ]", "bad-coordinates", "dct:spatial.dcat:bbox.@value"),
        ("[ dcat:bbox ex:box ]", "missing-value", "dct:spatial.dcat:bbox.@value"),
    ],
)
def test_a_place_that_cannot_be_told_is_withheld(stated: str, rule: str, field: str) -> None:
    found = ponds(f"dct:spatial {stated}")
    assert (found.dataset.box, found.dataset.areas) == (None, ())
    [told] = found.issues
    assert (told.rule, told.field, told.effect) == (rule, field, WITHHELD)


@pytest.mark.parametrize(
    ("stated", "began", "ended"),
    [
        ("[ dcat:startDate '2016-03-04' ]", date(2016, 3, 4), None),
        ("[ dcat:endDate '2016-03-04T23:00:00Z'^^xsd:dateTime ]", None, date(2016, 3, 4)),
        (
            "[ time:hasBeginning [ time:inXSDDate '2016-03-04' ] ;"
            " time:hasEnd [ time:inXSDgYear '2018' ] ]",
            date(2016, 3, 4),
            date(2018, 12, 31),
        ),
        ("[ rdf:value '2015-01-01/2018-12-31' ]", date(2015, 1, 1), date(2018, 12, 31)),
        ("'2010/2010'", date(2010, 1, 1), date(2010, 12, 31)),
    ],
)
def test_a_period_is_read_as_dcat_and_others_write_it(
    stated: str, began: date | None, ended: date | None
) -> None:
    found = ponds(f"dct:temporal {stated}")
    assert (found.dataset.began, found.dataset.ended) == (began, ended)
    assert found.issues == []


@pytest.mark.parametrize(
    ("stated", "rule"),
    [
        ("[ a dct:PeriodOfTime ]", "bad-date"),
        ("ex:jurassic", "bad-date"),
        (
            "[ time:hasBeginning [ time:inTimePosition [ time:numericPosition 541.0 ] ] ]",
            "bad-date",
        ),
        ("[ dcat:startDate 'spring' ]", "bad-date"),
        ("[ dcat:startDate '2012' ; dcat:endDate '2011' ]", "dates-out-of-order"),
        ("'2012/2011'", "dates-out-of-order"),
    ],
)
def test_a_period_that_cannot_be_told_is_withheld(stated: str, rule: str) -> None:
    found = ponds(f"dct:temporal {stated}")
    assert (found.dataset.began, found.dataset.ended) == (None, None)
    assert [(each.rule, each.effect) for each in found.issues] == [(rule, WITHHELD)]


@pytest.mark.parametrize(
    ("stated", "rule", "field"),
    [
        ("dct:issued '2018'", "bad-date", "dct:issued.@value"),
        ("dcat:theme 'geospatial'", "unknown-category", "dcat:theme.@value"),
        ("dcat:landingPage <page>", "bad-web-address", "dcat:landingPage.@id"),
        (
            "dcat:landingPage <https://exa\\u0020mple.org/>",
            "bad-web-address",
            "dcat:landingPage.@id",
        ),
        ("dct:conformsTo [ rdfs:comment 'none' ]", "no-words", "dct:conformsTo"),
        (
            "dct:accessRights [ rdfs:comment 'Anybody.' ]",
            "unknown-category",
            "dct:accessRights.rdfs:comment.@value",
        ),
        ("foaf:page <mailto:a@b.example>", "bad-web-address", "foaf:page.@id"),
    ],
)
def test_a_faulty_value_is_withheld_and_the_dataset_stays(
    stated: str, rule: str, field: str
) -> None:
    found = ponds(stated)
    assert found.records == [Dataset(KEY, (Text("Ponds"),)), Link("dataset", KEY, IRI)]
    [told] = found.issues
    assert (told.rule, told.field, told.effect) == (rule, field, WITHHELD)


def test_a_dataset_with_a_relative_iri_is_loaded_without_a_link() -> None:
    found = catalogue(FORMAT, PREFIXES + '<#p> a dcat:Dataset ; dct:title "Ponds" .', "given.ttl")
    assert found.records == [Dataset(hashlib.sha1(b"#p").hexdigest(), (Text("Ponds"),))]
    assert found.issues == [Told("bad-web-address", "@id", "#p", WITHHELD)]


def test_of_several_values_where_one_is_expected_the_first_is_loaded_and_that_is_noted() -> None:
    found = ponds("dct:issued '2018-01-01', '2018-01-02', '2018-01-01T00:00:00Z'")
    assert found.dataset.issued == date(2018, 1, 1)
    assert found.issues == [Told("unexpected-structure", "dct:issued", None, NOTED)]


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        (
            "[ a dcat:Distribution ; dct:format 'CSV' ]",
            Told("missing-value", "dcat:distribution[1].dcat:accessURL", None, WITHHELD),
        ),
        (
            "ex:nowhere",
            Told("missing-value", "dcat:distribution[1].dcat:accessURL", None, WITHHELD),
        ),
        (
            "[ dcat:downloadURL <ponds.csv> ]",
            Told(
                "bad-web-address",
                "dcat:distribution[1].dcat:downloadURL.@id",
                "ponds.csv",
                WITHHELD,
            ),
        ),
    ],
)
def test_a_distribution_without_an_address_is_withheld_alone(stated: str, told: Told) -> None:
    found = ponds(f"dcat:distribution {stated}, [ dcat:accessURL ex:page ]")
    assert [each.key for each in found.distributions] == [f"{KEY}-2"]
    assert found.issues == [told]


def test_a_faulty_size_and_an_unknown_media_type_do_not_lose_the_distribution() -> None:
    found = ponds(
        "dcat:distribution [ dcat:accessURL ex:page ; dcat:byteSize '1GB' ;"
        " dcat:mediaType 'a table' ]"
    )
    [distribution] = found.distributions
    assert (distribution.byte_size, distribution.media_type) == (None, None)
    assert sorted(found.rules()) == ["bad-number", "unknown-format"]


def test_one_distribution_of_two_datasets_is_one_of_each() -> None:
    reading = read(
        source_of(FORMAT, "given.ttl"),
        (
            PREFIXES + 'ex:a a dcat:Dataset ; dct:title "A" ; dcat:distribution ex:c .'
            'ex:b a dcat:Dataset ; dct:title "B" ; dcat:distribution ex:c .'
            "ex:c dcat:accessURL ex:page ."
        ).encode(),
    )
    assert reading.issues == []
    subjects = {each.subject for each in reading.quads if "/distribution/" in each.subject}
    assert len(subjects) == 2


def test_nodes_that_lead_back_to_each_other_are_read_once() -> None:
    found = ponds("dct:publisher ex:ponds", "dct:license ex:ponds", "dcat:distribution ex:ponds")
    assert found.dataset.publisher == Party(None, "Ponds")
    assert found.rules() == ["missing-value", "unknown-organisation"]


def test_nodes_that_many_others_share_ask_for_no_more_memory_than_they_take() -> None:
    many = range(60)
    text = "".join(
        [
            'ex:ponds a dcat:Dataset ; dct:title "Ponds" .\n',
            *(f"ex:ponds dcat:distribution ex:d{n} .\n" for n in many),
            *(
                f"ex:d{n} dcat:accessURL ex:page ; dct:license ex:l{m} .\n"
                for n in many
                for m in many
            ),
            *(f'ex:l{m} rdfs:label "{k}" .\n' for m in many for k in many),
        ]
    )
    content = InMemory("given.ttl", Path("given.ttl"), None, (PREFIXES + text).encode())
    tracemalloc.start()
    try:
        rows = [row for row in FORMAT.layout.read(content) if isinstance(row, Row)]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(rows) == 1
    assert len(rows[0].each("dcat:distribution")) == 60
    assert peak < 10_000_000


NODES = st.sampled_from(["ex:ponds", "ex:a", "_:b", "[]", '"x"', '"2011"', "<rel>", '"é"@cy'])
TERMS = st.sampled_from(
    [
        *("a", "dct:title", "dct:description", "dct:publisher", "dct:license", "dct:spatial"),
        *("dct:temporal", "dcat:distribution", "dcat:accessURL", "dcat:bbox", "foaf:name"),
        *("dcat:contactPoint", "dct:format", "dcat:startDate", "adms:identifier", "skos:notation"),
    ]
)


@given(st.lists(st.tuples(st.sampled_from(["ex:a", "_:b", "ex:ponds"]), TERMS, NODES), max_size=12))
def test_whatever_is_stated_the_good_dataset_is_kept(
    statements: list[tuple[str, str, str]],
) -> None:
    text = "".join(f"{' '.join(each)} .\n" for each in statements)
    found = stating(
        f'{text}ex:a a dcat:Dataset .\nex:good a dcat:Dataset ; dct:title "Good one" .\n'
    )
    assert (Text("Good one"),) in [each.titles for each in found.datasets]


@given(
    st.binary(max_size=200)
    | st.from_regex(r'<[a-z:/ ]*> <[a-z:/]*> (<[^<>]*>|"[^"]*"(@[A-Za-z0-9-]*)?) \.').map(
        lambda text: text.encode(errors="replace")
    ),
    st.sampled_from([*SYNTAXES, ""]),
)
def test_arbitrary_bytes_are_a_catalogue_or_no_structure(content: bytes, suffix: str) -> None:
    try:
        found = catalogue(FORMAT, content, f"given.{suffix}")
    except StructureError:
        return
    assert found.datasets == []


FILES = DATA / "dcat3-examples"
real_data = pytest.mark.real_data
absent = pytest.mark.skipif(not FILES.exists(), reason="the examples are not here")
# Of each file: records in, loaded, values withheld, and issues by rule. The others have no dataset.
EXAMPLES: dict[str, tuple[int, int, int, dict[str, int]]] = {
    "basic-example": (1, 1, 1, {"unknown-category": 1, "unknown-organisation": 1}),
    "classifying-thematically": (1, 0, 0, {"missing-value": 1}),
    "classifying-types": (3, 0, 0, {"missing-value": 3}),
    "csiro-dap-examples": (
        9,
        4,
        6,
        {
            "missing-value": 5,
            "unknown-category": 4,
            "contact-of-a-person": 2,
            "unknown-organisation": 1,
        },
    ),
    "csiro-stratchart": (2, 1, 0, {"missing-value": 1}),
    "csiro-stratchart-sdo": (1, 0, 0, {"missing-value": 1}),
    "csiro-stratchart_dcat3": (1, 0, 0, {"missing-value": 1}),
    "dataset-002": (1, 0, 0, {"missing-value": 1}),
    "dataset-003": (1, 0, 0, {"missing-value": 1}),
    "dataset-004": (1, 0, 0, {"missing-value": 1}),
    "ga-courts": (1, 1, 7, {"missing-value": 6, "bad-coordinates": 1, "unknown-organisation": 1}),
    "genoa-busstop": (1, 0, 0, {"missing-value": 1}),
    "identifier-types": (4, 0, 0, {"missing-value": 4, "misspelt-member": 1}),
    "relation-examples": (2, 0, 0, {"missing-value": 2}),
    "series-membership": (3, 3, 0, {}),
    "series-releases": (3, 3, 0, {}),
    "series-versions": (5, 5, 0, {}),
    "spatial-properties": (5, 1, 0, {"missing-value": 4}),
    "temporal-properties": (8, 0, 0, {"missing-value": 8}),
    "threddsABC": (1, 1, 0, {"misspelt-member": 1}),
}


@real_data
@absent
def test_the_examples_of_dcat_3_are_read() -> None:
    found: dict[str, tuple[int, int, int, dict[str, int]]] = {}
    for path in sorted(FILES.glob("*.ttl")):
        reading = read(source_of(FORMAT, path.name), path.read_bytes())
        tally = reading.tally
        assert tally.records_in == tally.records_loaded + tally.records_left_out
        assert not [each for each in validate("given", reading.lines) if each.refuses]
        if tally.records_in:
            found[path.stem] = (
                tally.records_in,
                tally.records_loaded,
                tally.values_withheld,
                dict(Counter(each.rule for each in reading.issues)),
            )
    assert found == EXAMPLES
    assert sum(loaded for _, loaded, _, _ in found.values()) == 20


@real_data
@absent
def test_what_the_examples_say_is_said_of_their_datasets() -> None:
    basic = catalogue(FORMAT, (FILES / "basic-example.ttl").read_bytes(), "basic-example.ttl")
    assert basic.dataset.key == hashlib.sha1(b"https://dcat.example.org/dataset-001").hexdigest()
    assert basic.dataset.frequency == "weekly"
    assert (basic.dataset.began, basic.dataset.ended) == (date(2011, 7, 1), date(2011, 9, 30))
    assert [each.value for each in basic.dataset.keywords] == [
        *("accountability", "payments", "transparency")
    ]
    [csv] = basic.distributions
    assert (csv.media_type, csv.byte_size) == ("text/csv", 5120)
    assert csv.download_url == "http://dcat.example.org/files/001.csv"

    places = catalogue(FORMAT, (FILES / "spatial-properties.ttl").read_bytes(), "places.ttl")
    assert places.dataset.titles == (Text("Addresses"), Text("Adressen", "nl"))
    assert places.dataset.box == Box(
        Decimal("3.053"), Decimal("47.975"), Decimal("7.24"), Decimal("53.504")
    )

    courts = catalogue(FORMAT, (FILES / "ga-courts.ttl").read_bytes(), "ga-courts.ttl")
    assert courts.dataset.contact == "Geoscience Australia"
    assert courts.dataset.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert courts.dataset.frequency == "irregular"
    assert courts.distributions == []

    charts = catalogue(FORMAT, (FILES / "csiro-dap-examples.ttl").read_bytes(), "charts.ttl")
    assert "Burgay" not in str(charts)
    assert [each.file_type for each in charts.distributions] == [
        *("JSON_LD", "RDF_N_TRIPLES", "RDF_XML", "RDF_TURTLE")
    ]
    assert [each.byte_size for each in charts.distributions] == [698039, 2047874, 1600569, 531703]


@pytest.mark.parametrize(
    "publisher",
    [
        "<mailto:jo.example@a.example>",
        "'Jo Example <jo.example@a.example>'",
        "[ a foaf:Agent ; foaf:name 'jo.example@a.example' ]",
        "[ a foaf:Person ; foaf:name 'Jo Example' ]",
        "[ a vcard:Individual ; vcard:fn 'Jo Example' ]",
        "[ a <https://schema.org/Person> ; foaf:name 'Jo Example' ]",
        "[ a <http://schema.org/Person> ; foaf:name 'Jo Example' ]",
        "[ a <http://www.w3.org/ns/prov#Person> ; foaf:name 'Jo Example' ]",
    ],
)
def test_a_publisher_who_is_or_may_be_a_person_is_withheld_unnamed(publisher: str) -> None:
    found = ponds(f"dct:publisher {publisher}")
    assert found.dataset.publisher is None
    [told] = found.issues
    assert (told.rule, told.field, told.effect) == (
        "contact-of-a-person",
        "dct:publisher",
        WITHHELD,
    )
