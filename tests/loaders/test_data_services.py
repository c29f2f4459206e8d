"""Data services: of the API catalogue and the Data Marketplace, and what is said of one in RDF."""

import json
from datetime import UTC, date, datetime

import pytest

from loaders.formats.catalogues.api_catalogue import API_CATALOGUE
from loaders.formats.catalogues.data_marketplace import DATA_MARKETPLACE
from loaders.formats.catalogues.dataset_values import key_from
from loaders.formats.reading.feed import Feed
from loaders.issues import Fault
from loaders.mappings import map_record
from loaders.records import DataService, Dataset, Distribution, Party, Text
from tests.loaders.catalogues import LEFT_OUT, NOTED, WITHHELD, Catalogue, Told, catalogue
from tests.loaders.conftest import MINT, graph_of, turtle

(APIS,) = API_CATALOGUE
(MARKET,) = DATA_MARKETPLACE
OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
HEADER = (
    "dateAdded,dateUpdated,url,name,description,documentation,license,maintainer,areaServed,"
    "startDate,endDate,provider"
)
FEED = Feed("given", None, {"exampleton": "GB-LAE-XMP"})
RECORD: dict[str, object] = {
    "identifier": "8d085327",
    "status": "Published",
    "title": "Ponds",
    "type": ["Data Set"],
    "publisher": "exampleton",
    "securityClassification": "OFFICIAL",
    "accessRights": "RESTRICTED",
}


def apis(*rows: str) -> Catalogue:
    return catalogue(APIS, "\n".join((HEADER, *rows)), "catalogue.csv", FEED)


def market(**members: object) -> Catalogue:
    return catalogue(MARKET, json.dumps(RECORD | members), feed=FEED)


def test_an_api_is_a_data_service_and_its_maintainer_is_not_loaded() -> None:
    found = apis(
        "2020-01-08,2020-08-24,https://api.exampleton.example/,Ponds,All ponds.\\n\\nEvery one.,"
        "https://api.exampleton.example/docs,Open Government Licence,A. N. Other <an@x.example>,"
        "England,2023-31-01,,exampleton"
    )
    [service] = found.records
    assert service == DataService(
        key=key_from("https://api.exampleton.example/\nPonds\nexampleton"),
        titles=(Text("Ponds"),),
        descriptions=(Text("All ponds. Every one."),),
        publisher=Party("GB-LAE-XMP", "exampleton"),
        licence="https://www.nationalarchives.gov.uk/doc/open-government-licence/",
        licence_stated="Open Government Licence",
        endpoint="https://api.exampleton.example/",
        documentation=("https://api.exampleton.example/docs",),
        modified=date(2020, 8, 24),
    )
    assert found.issues == [Told("bad-date", "startDate", "2023-31-01", WITHHELD)]


def test_apis_at_one_address_are_told_apart_by_their_names() -> None:
    row = ",,https://api.exampleton.example/,{},,,,,,,,exampleton"
    found = apis(row.format("Ponds"), row.format("Trees"), row.format("Ponds"))
    keys = [each.key for each in found.records if isinstance(each, DataService)]
    assert len(set(keys)) == 2
    assert keys[0] == keys[2]


def test_a_dataset_of_the_marketplace_has_its_distributions() -> None:
    found = market(
        supplierIdentifier="acme-123",
        modified="2023-12-09T16:09:53+00:00",
        contactPoint=[{"name": "A. N. Other", "email": "an@x.example", "role": "contact"}],
        license={"title": "OGL", "licenseURL": OGL},
        distribution=[
            {"downloadURL": "https://x.example/p.csv", "format": "CSV", "mediaType": ["text/csv"]},
            {"title": "Nowhere"},
        ],
    )
    assert found.records == [
        Dataset(
            key="8d085327",
            titles=(Text("Ponds"),),
            publisher=Party("GB-LAE-XMP", "exampleton"),
            licence=OGL,
            licence_stated="OGL",
            modified=datetime(2023, 12, 9, 16, 9, 53, tzinfo=UTC),
            access="RESTRICTED",
            identifiers=("acme-123",),
        ),
        Distribution(
            key="8d085327-1",
            dataset="8d085327",
            download_url="https://x.example/p.csv",
            file_type="CSV",
            media_type="text/csv",
        ),
    ]
    assert found.issues == [Told("missing-value", "distribution[2].downloadURL", None, WITHHELD)]


@pytest.mark.parametrize(
    ("members", "rule", "field"),
    [
        ({"type": ["Data Share"]}, "out-of-scope", "type"),
        ({"type": None}, "missing-value", "type"),
        ({"status": "Draft"}, "out-of-scope", "status"),
        ({"status": "Withdrawn"}, "out-of-scope", "status"),
        ({"securityClassification": "SECRET"}, "above-official", "securityClassification"),
    ],
)
def test_what_is_no_published_data_is_left_out(
    members: dict[str, object], rule: str, field: str
) -> None:
    found = market(**members)
    assert found.records == []
    assert [(each.rule, each.field, each.effect) for each in found.issues] == [
        (rule, field, LEFT_OUT)
    ]


def test_a_service_of_either_spelling_is_a_data_service() -> None:
    found = market(
        type=["Data Service"],
        endpointURL="https://x.example/api",
        servesDataset=["8d085327-21b6", "https://x.example/ponds"],
    )
    [service] = found.records
    assert isinstance(service, DataService)
    assert (service.endpoint, service.serves) == (
        "https://x.example/api",
        ("https://x.example/ponds",),
    )
    assert found.issues == [Told("bad-web-address", "servesDataset", "8d085327-21b6", NOTED)]
    earlier = {
        "identifier": "ponds-api",
        "title": "Ponds",
        "service_type": "REST",
        "service_status": "PUBLIC_BETA",
        "access_rights": "INTERNAL",
        "publisher": "exampleton",
        "endpoint_url": "https://x.example/api",
    }
    for document in ({"data_services": [earlier]}, {"data_service": earlier}):
        [service] = catalogue(MARKET, json.dumps(document), feed=FEED).records
        assert isinstance(service, DataService)
        assert (service.status, service.access) == ("public-beta", "INTERNAL")


def test_a_data_service_in_rdf() -> None:
    record = DataService(
        key="ponds-api",
        titles=(Text("Ponds API"),),
        descriptions=(Text("Answers with ponds."),),
        publisher=Party("GB-LAE-XMP", "Exampleton"),
        licence=OGL,
        licence_stated="OGL",
        landing_page="https://x.example/",
        endpoint="https://x.example/api",
        documentation=("https://x.example/docs",),
        serves=("https://x.example/ponds",),
        status="live",
        keywords=(Text("ponds"),),
        themes=("https://themes.example/water",),
        issued=date(2024, 1, 2),
        modified=date(2024, 2, 3),
        access="OPEN",
        contact="Data Team",
        identifiers=("API-1",),
        version="2.0",
    )
    expected = turtle(
        f"""
        <id/data-service/given/ponds-api> a dcat:DataService ;
            dct:identifier "ponds-api", "API-1" ;
            dct:title "Ponds API"@en ;
            dct:description "Answers with ponds."@en ;
            dct:publisher <id/organisation/GB-LAE-XMP> ;
            gm:publisherAsStated "Exampleton"@en ;
            dct:license <{OGL}> ;
            gm:licenceAsStated "OGL"@en ;
            dcat:landingPage <https://x.example/> ;
            dcat:endpointURL <https://x.example/api> ;
            dcat:endpointDescription <https://x.example/docs> ;
            dcat:servesDataset <https://x.example/ponds> ;
            adms:status <https://w3id.org/greater-manchester/def/data-service-status/live> ;
            dcat:keyword "ponds"@en ;
            dcat:theme <https://themes.example/water> ;
            dct:issued "2024-01-02"^^xsd:date ;
            dct:modified "2024-02-03"^^xsd:date ;
            dct:accessRights access-right:OPEN ;
            dcat:version "2.0" ;
            dcat:contactPoint <.well-known/genid/given/data-service/ponds-api/contact> .
        <.well-known/genid/given/data-service/ponds-api/contact> a vcard:Organization ;
            vcard:fn "Data Team" .
        """
    )
    assert set(graph_of(map_record(record, MINT, "given"))) == set(expected)


def test_a_data_service_needs_a_name() -> None:
    with pytest.raises(Fault) as caught:
        DataService(key="ponds-api", titles=())
    assert caught.value.rule == "missing-value"
