"""Records of the cross-government metadata exchange model: what breaks the model is left out."""

import json
from datetime import date

import pytest

from loaders.formats.catalogues.dataset_values import key_from
from loaders.formats.catalogues.exchange_model import EXCHANGE_MODEL
from loaders.formats.reading.feed import Feed
from loaders.records import DataService, Dataset, Distribution, Link, Party, Text
from tests.loaders.catalogues import DATA, LEFT_OUT, WITHHELD, Catalogue, Told, catalogue

real_data = pytest.mark.real_data
(FORMAT,) = EXCHANGE_MODEL
FOLDER = DATA / "ukgov-metadata-exchange-model"
absent = pytest.mark.skipif(not FOLDER.exists(), reason="the model's own examples are not here")
OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
FEED = Feed("given", None, {"exampleton": "GB-LAE-XMP"})
RESOURCE: dict[str, object] = {
    "identifier": "ponds",
    "type": "dcat:Dataset",
    "title": "Ponds",
    "description": "All ponds.",
    "licence": OGL,
    "version": "1.10",
    "accessRights": "OPEN",
    "securityClassification": "OFFICIAL",
    "contactPoint": {"contactName": "Data Team", "email": "data@exampleton.example"},
    "modified": "2024-02-01",
    "creator": ["exampleton"],
    "publisher": "exampleton",
    "updateFrequency": "freq:monthly",
}
SERVICE = {name: value for name, value in RESOURCE.items() if name != "updateFrequency"} | {
    "type": "dcat:DataService",
    "endpointDescription": "https://api.exampleton.example/docs",
    "serviceStatus": "PRIVATE_BETA",
    "serviceType": "REST",
}
FORM: dict[str, object] = {
    "identifier": "https://data.exampleton.example/ponds.csv",
    "type": "dcat:Distribution",
    "title": "Ponds as CSV",
    "licence": OGL,
    "mediaType": "text/csv",
}


def given(record: dict[str, object], **members: object) -> Catalogue:
    """A record with some members replaced, or left away where None. JSON is YAML."""
    said = {name: value for name, value in (record | members).items() if value is not None}
    return catalogue(FORMAT, json.dumps(said), "given.yaml", FEED)


def test_a_dataset_has_what_the_model_says_of_it() -> None:
    found = given(RESOURCE, keyword=["Water"], theme=["https://themes.example/water"])
    assert found.records == [
        Dataset(
            key="ponds",
            titles=(Text("Ponds"),),
            descriptions=(Text("All ponds."),),
            publisher=Party("GB-LAE-XMP", "exampleton"),
            licence=OGL,
            keywords=(Text("Water"),),
            themes=("https://themes.example/water",),
            modified=date(2024, 2, 1),
            frequency="monthly",
            access="OPEN",
            contact="Data Team",
            version="1.10",
        )
    ]
    assert found.issues == []


def test_what_a_dataset_lists_and_a_distribution_of_that_identifier_are_one() -> None:
    address = "https://data.exampleton.example/ponds"
    listed = given(RESOURCE, identifier=address, distribution=[FORM["identifier"]])
    key = key_from(address)
    form = key_from(str(FORM["identifier"]))
    assert listed.links == [Link("dataset", key, address)]
    assert listed.distributions == [
        Distribution(form, key, access_url=str(FORM["identifier"]), is_mention=True)
    ]
    [described] = given(FORM, byteSize=12, downloadURL="https://x.example/p.csv").records
    assert described == Distribution(
        key=form,
        dataset=None,
        title=Text("Ponds as CSV"),
        access_url=str(FORM["identifier"]),
        download_url="https://x.example/p.csv",
        file_type="CSV",
        media_type="text/csv",
        byte_size=12,
        licence=OGL,
    )


def test_a_data_service_has_a_status_and_what_it_serves() -> None:
    found = given(SERVICE, servesData=["https://data.exampleton.example/ponds"])
    [service] = found.records
    assert isinstance(service, DataService)
    assert service.status == "private-beta"
    assert service.serves == ("https://data.exampleton.example/ponds",)
    assert service.documentation == ("https://api.exampleton.example/docs",)
    assert service.endpoint is None
    assert found.issues == []


def test_data_had_by_agreement_alone_have_no_licence() -> None:
    dataset = given(RESOURCE, licence="DATA_SHARE_AGREEMENT").dataset
    assert (dataset.licence, dataset.licence_stated) == (None, "Data share agreement")


def test_a_contact_who_may_be_a_person_is_not_loaded() -> None:
    contact = {"contactName": "A. N. Other", "email": "an.other@exampleton.example"}
    found = given(RESOURCE, contactPoint=contact)
    assert found.dataset.contact is None
    assert found.issues == [Told("contact-of-a-person", "contactPoint.contactName", None, WITHHELD)]


@pytest.mark.parametrize(
    ("members", "rule", "field"),
    [
        ({"updateFrequency": None}, "missing-value", "updateFrequency"),
        ({"updateFrequency": "freq:madeUp"}, "unknown-category", "updateFrequency"),
        ({"updateFrequency": "monthly"}, "unknown-category", "updateFrequency"),
        (
            {"updateFrequency": ["freq:monthly", "freq:daily"]},
            "unexpected-structure",
            "updateFrequency",
        ),
        ({"type": "Dataset"}, "unknown-category", "type"),
        ({"type": "dcat:Catalog"}, "unknown-category", "type"),
        ({"type": None}, "missing-value", "type"),
        ({"accessRights": "SENSITIVE"}, "unknown-category", "accessRights"),
        ({"modified": "2024-02"}, "bad-date", "modified"),
        ({"modified": "2024-02-01T09:00:00"}, "bad-date", "modified"),
        ({"issued": "last week"}, "bad-date", "issued"),
        ({"contactPoint": "data@exampleton.example"}, "unexpected-structure", "contactPoint"),
        ({"contactPoint": "data at exampleton.example"}, "bad-code", "contactPoint"),
        (
            {"contactPoint": {"email": "data@x.example"}},
            "missing-value",
            "contactPoint.contactName",
        ),
        (
            {"contactPoint": {"contactName": "Team", "email": "data at x"}},
            "bad-code",
            "contactPoint.email",
        ),
        ({"securityClassification": "SECRET"}, "above-official", "securityClassification"),
        (
            {"securityClassification": "OFFICIAL_SENSITIVE"},
            "unknown-category",
            "securityClassification",
        ),
        ({"distribution": [{"identifier": "x"}]}, "unexpected-structure", "distribution"),
        ({"licence": "ISC"}, "bad-web-address", "licence"),
        ({"endpointURL": "https://x.example/"}, "unexpected-structure", "endpointURL"),
    ],
)
def test_a_record_that_breaks_the_model_is_left_out(
    members: dict[str, object], rule: str, field: str
) -> None:
    found = given(RESOURCE, **members)
    assert found.records == []
    assert [(each.rule, each.field, each.effect) for each in found.issues] == [
        (rule, field, LEFT_OUT)
    ]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = given(SERVICE, license=OGL, licence=None, serviceStatus="PRODUCTION", version=None)
    assert found.records == []
    assert {(each.rule, each.field) for each in found.issues} == {
        ("misspelt-member", "license"),
        ("missing-value", "licence"),
        ("missing-value", "version"),
        ("unknown-category", "serviceStatus"),
    }


def test_a_contact_alone_is_checked_and_left_out() -> None:
    contact = {"contactName": "Data Team", "email": "data@exampleton.example"}
    assert given({}, **contact).rules() == ["out-of-scope"]
    assert given({}, email="data@exampleton.example").rules() == ["missing-value"]


# By file: a rule and a field that have to be reported of it, for what its name states.
STATED = {
    "ContactPoint/invalid/invalid-contact-email": ("bad-code", "email"),
    "ContactPoint/invalid/missing-contact-name": ("missing-value", "contactName"),
    # the name states no fault; the class is not one of the model
    "DataService/invalid/dwp-address-lookup": ("unknown-category", "type"),
    "DataService/invalid/invalid-access-right": ("unknown-category", "accessRights"),
    "DataService/invalid/invalid-date-format": ("bad-date", "modified"),
    "DataService/invalid/invalid-datetime-format": ("bad-date", "modified"),
    "DataService/invalid/invalid-email": ("bad-code", "contactPoint"),
    "DataService/invalid/invalid-security-classification": (
        "unknown-category",
        "securityClassification",
    ),
    "DataService/invalid/invalid-serviceStatus": ("unknown-category", "serviceStatus"),
    "DataService/invalid/licence-attribute-misspelled": ("misspelt-member", "license"),
    "DataService/invalid/missing-security-classification": (
        "missing-value",
        "securityClassification",
    ),
    "Dataset/invalid/invalid-distribution": ("unexpected-structure", "distribution"),
    "Dataset/invalid/invalid-frequency": ("unknown-category", "updateFrequency"),
    "Dataset/invalid/invalid-type": ("unknown-category", "type"),
    "Dataset/invalid/missing-frequency": ("missing-value", "updateFrequency"),
    "Dataset/invalid/multiple-frequency": ("unexpected-structure", "updateFrequency"),
    "Distribution/invalid/invalid-mediatype-csv": ("unknown-format", "mediaType"),
    "Distribution/invalid/invalid-mediatype-uri": ("unknown-format", "mediaType"),
    "Distribution/invalid/multiple-mediatype": ("unexpected-structure", "mediaType"),
    # the name states no fault; the class is not told
    "Distribution/invalid/os-postcodes-csv-distribution": ("missing-value", "type"),
}


@real_data
@absent
def test_each_invalid_one_is_left_out_for_the_fault_that_its_name_states() -> None:
    files = sorted(FOLDER.glob("*/invalid/*.yaml"))
    names = [file.relative_to(FOLDER).as_posix().removesuffix(".yaml") for file in files]
    assert names == sorted(STATED)
    for name, file in zip(names, files, strict=True):
        found = catalogue(FORMAT, file.read_bytes(), file.name)
        assert found.records == [], name
        told = {(each.rule, each.field) for each in found.issues if each.effect == LEFT_OUT}
        assert STATED[name] in told, name


@real_data
@absent
def test_each_valid_one_is_loaded_but_for_the_contact_alone() -> None:
    kinds = {"DataService": DataService, "Dataset": Dataset, "Distribution": Distribution}
    files = sorted(FOLDER.glob("*/valid/*.yaml"))
    assert len(files) == 12
    for file in files:
        found = catalogue(FORMAT, file.read_bytes(), file.name)
        kind = kinds.get(file.parts[-3])
        if kind is None:
            assert found.rules() == ["out-of-scope"]
            continue
        assert isinstance(found.records[0], kind), file.name
        assert LEFT_OUT not in {each.effect for each in found.issues}
