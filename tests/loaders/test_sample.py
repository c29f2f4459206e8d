"""The samples that are shipped are sound, and say of the councils what their registers say."""

from typing import NamedTuple

import pytest
from rdflib import Graph, Literal, URIRef

from loaders.directory import initialise
from loaders.pipeline import Loaded, load_source
from loaders.snapshot import opener_of
from loaders.source import declared_sources
from loaders.staging import open_staged
from loaders.validation import validate
from ontology.namespaces import concept
from ontology.vocab import ADMS, DCAT, DCT, FOAF, GM, ORG, OWL, PROV, RDF, SCHEMA, SKOS
from tests.loaders.conftest import BASE, triples


class Council(NamedTuple):
    """A council or combined authority with its codes in other registers."""

    name: str
    reference: str
    gss: str
    wikidata: str
    e_code: str
    custodian: str | None
    ordnance_survey: str | None
    homepage: str


COUNCILS = [
    Council(
        f"{name} Metropolitan Borough Council",
        reference,
        f"E080000{number:02}",
        wikidata,
        f"E42{number:02}",
        str(4200 + 5 * number),
        f"70000000000{survey}",
        f"https://www.{name.lower()}.gov.uk",
    )
    for number, name, reference, wikidata, survey in (
        (1, "Bolton", "BOL", "Q16952682", "18832"),
        (2, "Bury", "BUR", "Q16954633", "18846"),
        (4, "Oldham", "OLD", "Q17017730", "18690"),
        (5, "Rochdale", "RCH", "Q17019804", "18825"),
        (7, "Stockport", "SKP", "Q7618164", "18757"),
        (8, "Tameside", "TAM", "Q17041259", "18700"),
        (9, "Trafford", "TRF", "Q17034839", "18786"),
        (10, "Wigan", "WGN", "Q7999507", "18868"),
    )
] + [
    Council(
        "Manchester City Council",
        "MAN",
        "E08000003",
        "Q2302252",
        "E4203",
        "4215",
        "7000000000018821",
        "https://www.manchester.gov.uk",
    ),
    Council(
        "Salford City Council",
        "SLF",
        "E08000006",
        "Q17020402",
        "E4206",
        "4230",
        "7000000000018805",
        "https://www.salford.gov.uk",
    ),
]
GMCA = Council(
    "Greater Manchester Combined Authority",
    "GMCA",
    "E47000001",
    "Q5600634",
    "E6348",
    None,
    None,
    "https://www.greatermanchester-ca.gov.uk",
)


def body(reference: str) -> URIRef:
    return URIRef(f"{BASE}id/organisation/GB-LAE-{reference}")


def area(gss: str) -> URIRef:
    return URIRef(f"{BASE}id/area/{gss}")


SAMPLES = ("gm-bodies", "gm-datasets", "gm-services")


class Sample(NamedTuple):
    """A shipped source as it was loaded, and the lines of its staged file."""

    loaded: Loaded
    lines: list[bytes]


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sample]:
    directory = initialise(tmp_path_factory.mktemp("var"), BASE)
    found = {}
    for name in SAMPLES:
        source = declared_sources()[name]
        openers = {file.name: opener_of(file.place) for file in source.files if file.place}
        loaded = load_source(directory, source, openers)
        with open_staged(directory, loaded.load) as file:
            found[name] = Sample(loaded, list(file))
    return found


@pytest.fixture(scope="module")
def sample(samples: dict[str, Sample]) -> Sample:
    return samples["gm-bodies"]


@pytest.fixture(scope="module")
def graph(sample: Sample) -> Graph:
    return triples(sample.lines)


def subjects_of(graph: Graph, class_iri: str) -> set[str]:
    return {str(each) for each in graph.subjects(URIRef(RDF.type), URIRef(class_iri))}


def codes(graph: Graph, thing: URIRef) -> dict[str, str]:
    """The codes of a thing by their scheme."""
    found = {}
    for node in graph.objects(thing, URIRef(ADMS.identifier)):
        scheme = str(graph.value(node, URIRef(GM.identifierScheme))).rpartition("/")[2]
        assert scheme not in found
        found[scheme] = str(graph.value(node, URIRef(SKOS.notation)))
    return found


def test_the_samples_are_those_that_come_with_their_files() -> None:
    shipped = {
        name
        for name, source in declared_sources().items()
        if all(file.place is not None for file in source.files)
    }
    tried_elsewhere = {"gm-standards", "gm-strategy", "illustrative"}  # in modules of their names
    assert shipped == {*SAMPLES, *tried_elsewhere}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_has_no_issues(samples: dict[str, Sample], name: str) -> None:
    loaded = samples[name].loaded
    assert [each for each in loaded.issues if each.rule != "shape"] == []  # remarks, not faults
    assert loaded.load.counts.records_left_out == 0
    assert loaded.load.counts.records_in == loaded.load.counts.records_loaded > 100


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_conforms_to_the_shapes(samples: dict[str, Sample], name: str) -> None:
    results = validate(name, samples[name].lines)
    assert [str(result) for result in results if result.refuses] == []


def test_the_samples_hold_organisations_services_and_datasets_in_number(
    samples: dict[str, Sample],
) -> None:
    organisations = subjects_of(triples(samples["gm-bodies"].lines), ORG.Organization)
    services = subjects_of(triples(samples["gm-services"].lines), GM.Service)
    datasets = subjects_of(triples(samples["gm-datasets"].lines), DCAT.Dataset)
    assert len(organisations) >= 60
    assert len(services) >= 100
    assert len([each for each in datasets if each.startswith(f"{BASE}id/")]) >= 60


@pytest.mark.parametrize("name", SAMPLES)
def test_every_organisation_that_a_sample_names_is_described(
    samples: dict[str, Sample], graph: Graph, name: str
) -> None:
    described = subjects_of(graph, ORG.Organization) | {f"{BASE}id/organisation/GM-knowledge-graph"}
    beginning = f"{BASE}id/organisation/"
    named = {
        str(value)
        for value in triples(samples[name].lines).objects()
        if str(value).startswith(beginning)
    }
    assert named <= described
    assert named


def test_every_concept_and_place_that_a_service_names_is_described(
    samples: dict[str, Sample],
) -> None:
    services = triples(samples["gm-services"].lines)
    concepts = subjects_of(services, SKOS.Concept)
    places = subjects_of(services, GM.ServiceLocation)
    assert {str(each) for each in services.objects(None, URIRef(GM.serviceType))} <= concepts
    assert {str(each) for each in services.objects(None, URIRef(SKOS.broader))} <= concepts
    assert {str(each) for each in services.objects(None, URIRef(GM.atLocation))} <= places
    assert len(concepts) > 50
    assert len(places) >= 10


def test_every_distribution_belongs_to_a_dataset_that_is_described(
    samples: dict[str, Sample],
) -> None:
    graph = triples(samples["gm-datasets"].lines)
    whole = {str(each) for each in graph.subjects(URIRef(DCAT.distribution), None)}
    parts = {str(each) for each in graph.objects(None, URIRef(DCAT.distribution))}
    assert whole <= subjects_of(graph, DCAT.Dataset)
    assert parts == subjects_of(graph, DCAT.Distribution)


def test_a_fault_in_the_sample_would_be_found(sample: Sample) -> None:
    nameless = [line for line in sample.lines if b'"Bury Metropolitan Borough Council"' not in line]
    assert len(nameless) == len(sample.lines) - 1
    refused = [result for result in validate("gm-bodies", nameless) if result.refuses]
    assert [(result.focus, result.path) for result in refused] == [
        (str(body("BUR")), SKOS.prefLabel)
    ]


@pytest.mark.parametrize("council", [*COUNCILS, GMCA], ids=lambda each: each.reference)
def test_a_council_has_the_codes_that_its_registers_give_it(graph: Graph, council: Council) -> None:
    thing = body(council.reference)
    assert list(graph.objects(thing, URIRef(SKOS.prefLabel))) == [Literal(council.name, lang="en")]
    assert list(graph.objects(thing, URIRef(GM.laCode))) == [Literal(council.reference)]
    assert list(graph.objects(thing, URIRef(GM.administers))) == [area(council.gss)]
    assert list(graph.objects(thing, URIRef(FOAF.homepage))) == [URIRef(council.homepage)]
    expected = {
        "local-authority-eng": council.reference,
        "wikidata": council.wikidata,
        "e-code": council.e_code,
    }
    if council != GMCA:
        expected["gov-uk-slug"] = council.homepage.removeprefix("https://www.").partition(".")[0]
    if council.custodian:
        expected["addressbase-custodian"] = council.custodian
    if council == GMCA:
        expected["ico-registration"] = "Z5119967"
    assert codes(graph, thing) == expected
    same = URIRef(f"http://www.wikidata.org/entity/{council.wikidata}")
    assert (thing, URIRef(OWL.sameAs), same) in graph
    assert codes(graph, area(council.gss)) == {
        "gss": council.gss,
        **({"ordnance-survey": council.ordnance_survey} if council.ordnance_survey else {}),
    }


def test_the_ten_councils_and_no_others_make_up_the_combined_authority(graph: Graph) -> None:
    members = set(graph.subjects(URIRef(GM.constituentOf), body("GMCA")))
    assert members == {body(council.reference) for council in COUNCILS}
    assert len(members) == 10
    kinds = set(graph.objects(body("GMCA"), URIRef(RDF.type)))
    assert URIRef(GM.CombinedAuthority) in kinds


def test_the_ten_districts_lie_within_greater_manchester(graph: Graph) -> None:
    within = URIRef("http://www.opengis.net/ont/geosparql#sfWithin")
    districts = {area(council.gss) for council in COUNCILS}
    assert set(graph.subjects(within, area("E47000001"))) == districts
    assert list(graph.objects(area("E47000001"), within)) == [area("E12000002")]
    assert list(graph.objects(area("E12000002"), within)) == [area("E92000001")]


def test_no_body_is_said_to_have_begun_on_a_day_that_a_spreadsheet_made_up(graph: Graph) -> None:
    days = {str(day) for day in graph.objects(None, URIRef(SCHEMA.foundingDate))}
    assert {"1974-04-01", "2011-04-01"} <= days
    assert not [day for day in days if day.startswith(("1904", "1905", "2005-05-27"))]


def test_the_body_before_tfgm_ended_and_was_replaced(graph: Graph) -> None:
    before = URIRef(f"{BASE}id/organisation/GM-greater-manchester-passenger-transport-executive")
    after = URIRef(f"{BASE}id/organisation/GM-transport-for-greater-manchester")
    event = URIRef(f"{BASE}id/change-event/gmpte-to-tfgm")
    assert (before, URIRef(DCT.isReplacedBy), after) in graph
    assert str(graph.value(before, URIRef(SCHEMA.dissolutionDate))) == "2011-04-01"
    assert graph.value(event, URIRef(ORG.originalOrganization)) == before
    assert graph.value(event, URIRef(ORG.resultingOrganization)) == after
    assert graph.value(before, URIRef(ORG.classification)) == URIRef(
        concept("organisation-type", "PTE")
    )


def test_a_body_ended_on_the_day_of_the_change_that_ended_it(graph: Graph) -> None:
    """Where both days are given: a body may also have changed and gone on."""
    days = {
        (str(body), str(ended), str(graph.value(event, URIRef(DCT.date))))
        for event, body in graph.subject_objects(URIRef(ORG.originalOrganization))
        if (ended := graph.value(body, URIRef(SCHEMA.dissolutionDate))) is not None
    }
    assert [each for each in sorted(days) if each[1] != each[2]] == []
    council = f"{BASE}id/organisation/GM-greater-manchester-county-council"
    assert (council, "1986-04-01", "1986-04-01") in days
    assert len(days) > 15


def test_the_sample_says_who_published_it_and_from_which_files(
    graph: Graph, sample: Sample
) -> None:
    source = URIRef(f"{BASE}graph/gm-bodies")
    assert graph.value(source, URIRef(DCT.license)) == URIRef(
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    )
    assert graph.value(source, URIRef(DCT.publisher)) is not None
    digests = {str(each) for each in graph.objects(None, URIRef(GM.sha256))}
    assert digests == {each["sha256"] for each in sample.loaded.load.files}
    assert len(list(graph.objects(source, URIRef(PROV.hadPrimarySource)))) == 6
