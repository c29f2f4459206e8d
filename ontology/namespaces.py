"""The namespaces, spelled once: prefixes for Turtle, SPARQL and people, and the IRIs of concepts.

What stands under `DEF` is constant; things stand under a base that each deployment chooses.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

DEFAULT_BASE: Final = "https://data.greatermanchester.example/"
DEF: Final = "https://w3id.org/greater-manchester/def/"

PREFIXES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "gm": f"{DEF}gm#",
        "gm-shapes": f"{DEF}shapes#",
        "adms": "http://www.w3.org/ns/adms#",
        "cpsv": "http://purl.org/vocab/cpsv#",
        "cv": "http://data.europa.eu/m8g/",
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "dqv": "http://www.w3.org/ns/dqv#",
        "dpv": "https://w3id.org/dpv#",
        "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "geo": "http://www.opengis.net/ont/geosparql#",
        "locn": "http://www.w3.org/ns/locn#",
        "odrl": "http://www.w3.org/ns/odrl/2/",
        "org": "http://www.w3.org/ns/org#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "schema": "http://schema.org/",  # not https, which names other terms
        "sh": "http://www.w3.org/ns/shacl#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "vann": "http://purl.org/vocab/vann/",
        "vcard": "http://www.w3.org/2006/vcard/ns#",
        "void": "http://rdfs.org/ns/void#",
        "vs": "http://www.w3.org/2003/06/sw-vocab-status/ns#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)

# The unreserved characters of RFC 3986 section 2.3: they need no escape in any part of an IRI.
_KEY = re.compile(r"[A-Za-z0-9._~-]+")


def concept(scheme: str, notation: str) -> str:
    """The IRI of a concept, by the name of its scheme and its notation there.

    Whether the scheme has such a concept is not asked: see `ontology.notations`.
    """
    for part in (scheme, notation):
        if not _KEY.fullmatch(part):
            raise ValueError(f"“{part}” cannot be part of the IRI of a concept.")
    return f"{DEF}{scheme}/{notation}"
