"""Leaks in feeds of JSON, YAML, XML and RDF: in members, comments, attributes, nodes and IRIs."""

import json
from collections.abc import Iterator

from tests.loaders.privacy.line import Fate, Seed
from tests.loaders.privacy.seeds_in_texts import INSURANCE, MAIL, MOBILE, NHS

_WHO = "Zebedee Bloggs"
_KEY = "0b1c2d3e-0000-4000-8000-000000000001"
_PREFIXES = """
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix schema: <http://schema.org/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
@prefix cpsv: <http://purl.org/vocab/cpsv#> .
@prefix cv: <http://data.europa.eu/m8g/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://data.exampleton.example/> .
"""
_CONTACT = "dcat:contactPoint"
# By where a leak is: what a dataset in RDF says besides its title, and what becomes of it.
_RDF: dict[str, tuple[str, Fate]] = {
    "a literal": (f'dct:description "Ask {MAIL}."', Fate.WITHHELD),
    "a literal with an NHS number": (f'dct:description "Of {NHS}."', Fate.RELEASE_REFUSED),
    "an identifier that is an NHS number": ('dct:identifier "9991234004"', Fate.MISSED),
    "a literal in HTML": (
        f'dct:description "<p>{INSURANCE}</p>"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML>',
        Fate.RELEASE_REFUSED,
    ),
    "a literal in another language": (f'dct:description "Gofynnwch i {MAIL}"@cy', Fate.WITHHELD),
    "a keyword": (f'dcat:keyword "{MAIL}"', Fate.WITHHELD),
    "a blank node, a vCard of a person": (
        f'{_CONTACT} [ a vcard:Individual ; vcard:fn "{_WHO}" ; vcard:hasEmail <mailto:{MAIL}> ]',
        Fate.WITHHELD,
    ),
    "a blank node, a vCard that says no class": (
        f'{_CONTACT} [ vcard:fn "{_WHO}" ; vcard:hasTelephone <tel:+447700900123> ]',
        Fate.WITHHELD,
    ),
    "a person of FOAF who made it": (
        f'dct:creator [ a foaf:Person ; foaf:name "{_WHO}" ; foaf:mbox <mailto:{MAIL}> ]',
        Fate.NOT_READ,
    ),
    "a person of FOAF as publisher": (
        f'dct:publisher [ a foaf:Person ; foaf:name "{_WHO}" ]',
        Fate.WITHHELD,
    ),
    "a person of schema.org": (
        f'schema:author [ a schema:Person ; schema:name "{_WHO}" ; schema:birthDate "1961-03-12" ]',
        Fate.NOT_READ,
    ),
    "an address of mail for a page": (f"dcat:landingPage <mailto:{MAIL}>", Fate.WITHHELD),
    "an address of mail in a page's path": (
        "dcat:landingPage <https://x.example/u/jane.bloggs%40exampleton.example/>",
        Fate.RELEASE_REFUSED,
    ),
    "an address of mail in a page's fragment": (
        f"dcat:landingPage <https://x.example/#{MAIL}>",
        Fate.RELEASE_REFUSED,
    ),
    "a telephone in a page's address": (
        "dcat:landingPage <https://wa.me/447700900123>",
        Fate.RELEASE_REFUSED,
    ),
    "a profile for a page": (
        "dcat:landingPage <https://uk.linkedin.com/in/zebedee-bloggs>",
        Fate.RELEASE_REFUSED,
    ),
    "a statement that is no standard's": (
        f'ex:informant "{_WHO}, {MOBILE}"',
        Fate.NOT_READ,
    ),
}
_HIDDEN = (MAIL, _WHO, NHS, INSURANCE, MOBILE, "447700900123", "zebedee-bloggs", "1961-03-12")


def seeds() -> Iterator[Seed]:
    """Each leak, with what becomes of it."""
    for where, (statement, fate) in _RDF.items():
        document = f'{_PREFIXES}ex:ponds a dcat:Dataset ; dct:title "Ponds" ; {statement} .'
        why = "Identifiers of datasets are codes of registers, ten figures among them."
        yield Seed(
            f"RDF: {where}", "dcat", document.encode(), _HIDDEN, fate, why * (fate is Fate.MISSED)
        )
    yield from _more_rdf()
    yield from _json()
    yield from _xml()
    yield from _yaml()


def _more_rdf() -> Iterator[Seed]:
    iri = "https://x.example/of/jane.bloggs%40exampleton.example"
    yield Seed(
        "RDF: the IRI of a dataset",
        "dcat",
        f'{_PREFIXES}<{iri}> a dcat:Dataset ; dct:title "Ponds" .'.encode(),
        ("jane.bloggs",),
        Fate.RELEASE_REFUSED,
    )
    yield Seed(
        "RDF: a comment of Turtle",
        "dcat",
        f'{_PREFIXES}# {_WHO}, {MAIL}\nex:ponds a dcat:Dataset ; dct:title "Ponds" .'.encode(),
        _HIDDEN,
        Fate.NOT_READ,
    )
    document = {
        "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
        "@id": "https://data.exampleton.example/ponds",
        "@type": "dcat:Dataset",
        "dct:title": "Ponds",
        "dct:description": {"@value": f"Of {INSURANCE}", "@language": "en"},
    }
    yield Seed(
        "JSON-LD: a literal",
        "dcat",
        json.dumps(document).encode(),
        _HIDDEN,
        Fate.RELEASE_REFUSED,
    )
    service = f"""{_PREFIXES}
        ex:care a cpsv:PublicService ; dct:title "Pond care" ; dct:description "We care." ;
            cv:hasContactPoint [ a cv:ContactPoint ; """
    for where, said, fate, why in (
        ("an address", f'cv:email "{MAIL}" ] .', Fate.WITHHELD, ""),
        (
            "a mobile telephone",
            f'cv:telephone "{MOBILE}" ] .',
            Fate.MISSED,
            "Small services may have no other telephone than a mobile one.",
        ),
    ):
        yield Seed(
            f"RDF: the contact of a service: {where}",
            "cpsv-ap",
            (service + said).encode(),
            _HIDDEN,
            fate,
            why,
        )


def _json() -> Iterator[Seed]:
    package = {"id": _KEY, "title": "Ponds", "name": "ponds", "state": "active", "private": False}

    def ckan(where: str, fate: Fate, **members: object) -> Seed:
        answer = {"success": True, "result": package | members}
        return Seed(f"JSON: {where}", "ckan", json.dumps(answer).encode(), _HIDDEN, fate)

    yield ckan("notes: an address", Fate.WITHHELD, notes=f"Ask {MAIL}.")
    yield ckan(
        "notes: an escaped address", Fate.WITHHELD, notes=f"Ask {MAIL.replace('@', '&#64;')}."
    )
    yield ckan("notes: an NHS number", Fate.RELEASE_REFUSED, notes=f"Of {NHS}.")
    yield ckan("the address of an author", Fate.WITHHELD, author=_WHO, author_email=MAIL)
    yield ckan("the name of a maintainer", Fate.WITHHELD, maintainer=_WHO)
    yield ckan("a nested member", Fate.NOT_READ, extras=[{"key": "contact-email", "value": MAIL}])
    yield ckan("a tag", Fate.RELEASE_REFUSED, tags=[{"name": MAIL, "display_name": MAIL}])
    yield ckan(
        "the title of a resource",
        Fate.RELEASE_REFUSED,
        resources=[{"id": "r1", "url": "https://x.example/a.csv", "name": f"Of {INSURANCE}"}],
    )
    yield ckan(
        "the address of a resource",
        Fate.RELEASE_REFUSED,
        resources=[{"id": "r1", "url": f"https://x.example/{MAIL}/a.csv", "name": "Ponds"}],
    )
    service = {
        "id": _KEY,
        "name": "Repair café",
        "status": "active",
        "description": "We mend.",
        "email": MAIL,
        "contacts": [
            {"id": "c1", "name": _WHO, "email": MAIL, "phones": [{"id": "p", "number": MOBILE}]}
        ],
    }
    yield Seed(
        "JSON: the contacts of a service",
        "open-referral-uk",
        json.dumps(service).encode(),
        _HIDDEN,
        Fate.WITHHELD,
    )
    ponds = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": "https://data.exampleton.example/ponds",
        "name": "Ponds",
        "creator": {"@type": "Person", "name": _WHO, "email": MAIL, "birthDate": "1961-03-12"},
    }
    yield Seed(
        "JSON-LD: a person who made a dataset",
        "schema-org-dataset",
        json.dumps(ponds).encode(),
        _HIDDEN,
        Fate.WITHHELD,
    )
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [-2.5, 53.5]},
        "properties": {"name": "Library", "postcode": "M99 9ZZ", "email": MAIL, "manager": _WHO},
    }
    collection = {"type": "FeatureCollection", "features": [feature]}
    yield Seed(
        "GeoJSON: the properties of a venue",
        "venues-geojson",
        json.dumps(collection).encode(),
        _HIDDEN,
        Fate.WITHHELD,
    )
    contributor = {"title": _WHO, "email": MAIL, "role": "author"}
    yield Seed(
        "JSON: a contributor to a data package",
        "data-package-json",
        json.dumps({"name": "ponds", "title": "Ponds", "contributors": [contributor]}).encode(),
        _HIDDEN,
        Fate.WITHHELD,
    )


def _xml() -> Iterator[Seed]:
    def inventory(where: str, fate: Fate, inside: str = "", attributes: str = "") -> Seed:
        document = (
            '<?xml version="1.0"?><inv:Inventory xmlns:inv="http://schemas.esd.org.uk/inventory">'
            f'<inv:Metadata/><inv:Datasets><inv:Dataset Active="True"{attributes}>'
            "<inv:Identifier>water/ponds</inv:Identifier><inv:Title>Ponds</inv:Title>"
            f"{inside}</inv:Dataset></inv:Datasets></inv:Inventory>"
        )
        return Seed(f"XML: {where}", "esd-inventory", document.encode(), _HIDDEN, fate)

    yield inventory("a comment", Fate.NOT_READ, f"<!-- {_WHO}, {MAIL} -->")
    yield inventory("an instruction", Fate.NOT_READ, f"<?kept by {_WHO}, {MAIL}?>")
    yield inventory("an attribute", Fate.NOT_READ, attributes=f' Keeper="{MAIL}"')
    yield inventory(
        "a description: an address",
        Fate.WITHHELD,
        f"<inv:Description>&lt;a href='mailto:{MAIL}'>Ask {MAIL}&lt;/a></inv:Description>",
    )
    yield inventory(
        "a description in CDATA: an NHS number",
        Fate.RELEASE_REFUSED,
        f"<inv:Description><![CDATA[Of {NHS}]]></inv:Description>",
    )
    yield inventory("an element of no schema", Fate.NOT_READ, f"<inv:Keeper>{_WHO}</inv:Keeper>")


def _yaml() -> Iterator[Seed]:
    record: dict[str, object] = {
        "identifier": "ponds",
        "type": "dcat:Dataset",
        "title": "Ponds",
        "description": "All ponds.",
        "licence": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "version": "1.10",
        "accessRights": "OPEN",
        "securityClassification": "OFFICIAL",
        "contactPoint": {"contactName": "Data Team", "email": "data@exampleton.example"},
        "modified": "2024-02-01",
        "creator": ["exampleton"],
        "publisher": "exampleton",
        "updateFrequency": "freq:monthly",
    }
    person = {"contactName": _WHO, "email": MAIL}

    def model(where: str, fate: Fate, said: str) -> Seed:
        return Seed(f"YAML: {where}", "uk-metadata-exchange-model", said.encode(), _HIDDEN, fate)

    yield model("the contact", Fate.WITHHELD, json.dumps(record | {"contactPoint": person}))
    yield model(
        "a description: a mobile telephone",
        Fate.WITHHELD,
        json.dumps(record | {"description": f"Ring {MOBILE}."}),
    )
    lines = "".join(f"{name}: {json.dumps(value)}\n" for name, value in record.items())
    yield model("a comment", Fate.NOT_READ, f"# {_WHO}, {MAIL}\n{lines}")
    yield Seed(
        "YAML: a classification above OFFICIAL",
        "uk-metadata-exchange-model",
        json.dumps(record | {"title": "Zebra ponds", "securityClassification": "SECRET"}).encode(),
        ("Zebra ponds",),
        Fate.RECORD_OUT,
    )
