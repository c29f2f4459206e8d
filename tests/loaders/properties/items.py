"""A good item of each format of JSON, YAML, RDF and XML, made up."""

from collections.abc import Mapping
from typing import Any

_OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
RING = [[-2.2, 53.4], [-2.1, 53.4], [-2.1, 53.5], [-2.2, 53.4]]

JSON: Mapping[str, Mapping[str, Any]] = {
    "org-id-lists": {"code": "GB-EXA", "name": {"en": "The list of examples"}},
    "360giving-organisations": {
        "id": "360G-1",
        "recipientOrganization": [{"id": "GB-COH-09999999", "name": "Exampleton Aid"}],
        "fundingOrganization": [{"id": "GB-LAE-EXA", "name": "Exampleton Council"}],
    },
    "govuk-content-organisation": {
        "base_path": "/government/organisations/office-of-examples",
        "title": "Office of Examples",
        "document_type": "organisation",
    },
    "area-boundaries-geojson": {
        "type": "Feature",
        "properties": {"area_code": "E08000999", "area_name": "Exampleton"},
        "geometry": {"type": "Polygon", "coordinates": [RING]},
    },
    "arcgis-hub-dcat": {
        "@id": "https://maps.exampleton.example/ponds",
        "dct:identifier": "https://www.arcgis.com/home/item.html?id=" + "a" * 32,
        "dct:title": "Ponds",
    },
    "arcgis-hub-search": {
        "id": f"{'a' * 32}_1",
        "type": "dataset",
        "attributes": {"name": "Ponds"},
    },
    "csvw-metadata": {
        "@context": "http://www.w3.org/ns/csvw",
        "url": "https://data.exampleton.example/ponds.csv",
        "dc:title": "Ponds",
    },
    "data-marketplace": {
        "identifier": "ponds",
        "title": "Ponds",
        "description": "All ponds.",
        "type": ["Data Set"],
    },
    "data-package-json": {"name": "ponds", "title": "Ponds"},
    "project-open-data": {"identifier": "ponds", "title": "Ponds", "description": "All ponds."},
    "schema-org-dataset": {
        "@type": "Dataset",
        "@id": "https://data.exampleton.example/ponds",
        "name": "Ponds",
    },
    "ckan": {"id": "ponds", "name": "ponds", "title": "Ponds", "state": "active"},
    "govuk-content": {
        "base_path": "/apply-pond",
        "title": "Apply for a pond",
        "content_id": "b0bdfcf3-2763-4002-961e-a0b2d7825038",
        "document_type": "local_transaction",
        "schema_name": "local_transaction",
        "details": {"lgsl_code": 99},
    },
    "hdruk-dataset-json": {
        "identifier": "https://catalogue.example/dataset/31e42cb6",
        "summary": {"title": "Joints", "abstract": "Short."},
    },
    "open-referral-uk": {"id": "s1", "name": "Help with forms", "status": "active"},
    "venues-geojson": {
        "type": "Feature",
        "properties": {"name": "Exampleton Library", "postcode": "M99 9ZZ"},
        "geometry": {"type": "Point", "coordinates": [-2.5, 53.5]},
    },
    "nhs-choices-organisations": {
        "identifier": "FEX99",
        "name": "Exampleton Pharmacy",
        "address": {"postcode": "M99 9ZZ"},
    },
    "home-office-systems": {"id": 1, "name": "Pond finder"},
    "transparency-records-json": {
        "tool_name": "Pond finder",
        "title": "Pond finder",
        "url": "https://www.gov.uk/algorithmic-transparency-records/pond-finder",
    },
}

YAML: Mapping[str, Mapping[str, Any]] = {
    "govuk-organisations-linkml": {
        "meaning": "https://www.gov.uk/government/organisations/office-of-examples",
        "description": "Office of Examples",
    },
    "data-package-yaml": {"name": "ponds", "title": "Ponds"},
    "uk-metadata-exchange-model": {
        "identifier": "ponds",
        "type": "dcat:Dataset",
        "title": "Ponds",
        "description": "All ponds.",
        "licence": _OGL,
        "version": "1.10",
        "accessRights": "OPEN",
        "securityClassification": "OFFICIAL",
        "contactPoint": {"contactName": "Data Team", "email": "data@exampleton.example"},
        "modified": "2024-02-01",
        "creator": ["exampleton"],
        "publisher": "exampleton",
        "updateFrequency": "freq:monthly",
    },
}

PREFIXES = """@prefix dct: <http://purl.org/dc/terms/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix cpsv: <http://purl.org/vocab/cpsv#> .
@prefix dpcat: <https://w3id.org/dpcat#> .
@prefix dpv: <https://w3id.org/dpv#> .
"""
RDF: Mapping[str, str] = {
    "opendatacommunities-rdf": "<http://opendatacommunities.org/id/district-council/exampleton> "
    'a org:Organization ; skos:prefLabel "Exampleton Council" .',
    "dcat": '<https://data.exampleton.example/ponds> a dcat:Dataset ; dct:title "Ponds"@en .',
    "dpcat": '<https://exampleton.example/ropa#r1> a dpcat:ROPARecord ; dct:title "Lending"@en ; '
    "dpv:hasPurpose <https://exampleton.example/ropa#LendingBooks> .",
    "cpsv-ap": '<https://exampleton.example/s1> a cpsv:PublicService ; dct:title "Lending"@en .',
}
