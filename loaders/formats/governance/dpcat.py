"""Records of processing activities in RDF, as DPCat describes them (`dpcat:ROPARecord`).

The Data Privacy Vocabulary (DPV) stood under another namespace when DPCat was written; its terms
are read under both. What the file names by an IRI and does not label is told by the end of that
IRI. Nothing is read of contacts.
"""

import re
from collections.abc import Iterator

from loaders.formats.assets.legal_basis import legal_bases
from loaders.formats.governance.personal_data_words import CATEGORIES, SUBJECTS
from loaders.formats.governance.stated import Meant, holder_of, named
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.format import Format
from loaders.formats.reading.headings import folded
from loaders.formats.reading.rdf_items import RdfItems, Ways
from loaders.formats.reading.row import Row
from loaders.identity import name_slug
from loaders.impersonal import impersonal
from loaders.issues import Fault
from loaders.records import Lawfulness, ProcessingActivity, Record
from loaders.values import words

_LABELS = ("dct:title", "skos:prefLabel", "rdfs:label", "dpvs:hasName", "dpv:hasName")
_NAMED: Ways = {each: {} for each in _LABELS}
_OLD, _NEW = "dpvs", "dpv"
_PROPERTIES = (
    *("hasDataController", "hasJointDataControllers", "hasDataProcessor", "hasPurpose"),
    *("hasLegalBasis", "hasDataSubject", "hasPersonalData", "hasRecipient"),
    *("hasTechnicalOrganisationalMeasure",),
)
_WAYS: Ways = {
    "dct:title": {},
    "dct:description": {},
    "dct:identifier": {},
    **{f"{prefix}:{each}": _NAMED for prefix in (_OLD, _NEW) for each in _PROPERTIES},
}
_ARTICLE = re.compile(r"A([69])-([12])-(ea|[a-z])")
# Grounds of DPV itself that are one of Article 6(1) by their definition.
_GROUNDS = {
    "Consent": "A6-1-a",
    "Contract": "A6-1-b",
    "LegalObligation": "A6-1-c",
    "VitalInterest": "A6-1-d",
    "PublicInterest": "A6-1-e",
    "OfficialAuthorityOfController": "A6-1-e",
    "LegitimateInterest": "A6-1-f",
}
_DPV = ("https://w3id.org/dpv", "http://www.w3.org/ns/dpv")


def _activity(row: Row, feed: Feed) -> tuple[Record, ...]:
    controller = _controller(row, feed)
    iri = row.required("@id", words)
    name = _first(row, "dct:title")
    purposes = tuple(_names(row, "hasPurpose"))
    purpose = "; ".join(purposes) or _first(row, "dct:description")
    if name is None or purpose is None:
        missing = "dct:title" if name is None else "dpv:hasPurpose"
        raise Fault(
            "missing-value", "The record is without it, and every record needs it.", missing
        )
    bases = _bases(row)
    subjects, categories = _meant(row, "hasDataSubject"), _meant(row, "hasPersonalData")
    joint = named(row, "dpv:hasJointDataControllers", _names(row, "hasJointDataControllers"), feed)
    processors = named(row, "dpv:hasDataProcessor", _names(row, "hasDataProcessor"), feed)
    return (
        ProcessingActivity(
            controller=controller,
            ref=_first(row, "dct:identifier") or name_slug(re.split(r"[#/]", iri)[-1]),
            name=name,
            purpose=purpose,
            joint_controllers=joint.known,
            processors=processors.known,
            recipients=tuple(dict.fromkeys((*_names(row, "hasRecipient"), *processors.stated))),
            security="; ".join(_names(row, "hasTechnicalOrganisationalMeasure")) or None,
            lawfulness=Lawfulness(
                data_subjects=subjects.known,
                data_categories=categories.known,
                legal_bases=bases.known,
                subjects_stated=subjects.stated,
                categories_stated=categories.stated,
                bases_stated=bases.stated,
            ),
        ),
    )


def _controller(row: Row, feed: Feed) -> str:
    """The key of the controller that the record names; the holder of the register if it names none.

    Raises:
        Fault: it names one that the source does not declare. The record may not be the holder's.
    """
    for name in _names(row, "hasDataController"):
        found = feed.party(name)
        if found is None or found.key is None:
            raise Fault(
                "unknown-organisation",
                "The controller is not declared as one of ours, so that nobody can tell whose "
                "record it is.",
                "dpv:hasDataController",
                name,
            )
        return found.key
    return holder_of(feed)


def _first(row: Row, column: str) -> str | None:
    return next((said for each in row.each(column) if (said := _value(each))), None)


def _value(row: Row) -> str | None:
    return row.optional("@value", impersonal) if "@value" in row.cells else None


def _nodes(row: Row, local: str) -> Iterator[Row]:
    for prefix in (_OLD, _NEW):
        yield from row.each(f"{prefix}:{local}")


def _names(row: Row, local: str) -> Iterator[str]:
    """What a property's values are called, each once."""
    told: set[str] = set()
    for node in _nodes(row, local):
        name = _name(node)
        if name and name not in told:
            told.add(name)
            yield name


def _name(node: Row) -> str | None:
    if said := _value(node):
        return said
    labelled = (said for each in _LABELS if (said := _first(node, each)))
    return next(labelled, None) or _local(node)


def _local(node: Row) -> str | None:
    """The end of a node's IRI, its words apart: `JobApplicants` is “Job Applicants”."""
    iri = node.cells.get("@id")
    if not isinstance(iri, str):
        return None
    last = re.split(r"[#/]", iri.rstrip("#/"))[-1]
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", last).strip() or None


def _meant(row: Row, local: str) -> Meant:
    known = SUBJECTS if local == "hasDataSubject" else CATEGORIES
    notations: list[str] = []
    stated: list[str] = []
    for name in _names(row, local):
        if found := known.get(folded(name)):
            notations.append(found)
        else:
            stated.append(name)
    return Meant(tuple(dict.fromkeys(notations)), tuple(stated))


def _bases(row: Row) -> Meant:
    """The grounds of Articles 6 and 9, by the terms of DPV or by words."""
    known: list[str] = []
    stated: list[str] = []
    for node in _nodes(row, "hasLegalBasis"):
        iri = str(node.cells.get("@id") or "")
        local = re.split(r"[#/]", iri)[-1]
        article = _ARTICLE.match(local)
        if article and iri.startswith(_DPV):
            known.append(f"A{article[1]}-{article[2]}-{article[3]}")
        elif local in _GROUNDS and iri.startswith(_DPV):
            known.append(_GROUNDS[local])
        elif name := _name(node):
            bases, faults = legal_bases(name)
            known += bases
            if faults:
                stated.append(name)
    return Meant(tuple(dict.fromkeys(known)), tuple(dict.fromkeys(stated)))


DPCAT = (
    Format(
        "dpcat",
        "Records of processing activities in RDF (DPCat)",
        RdfItems("https://w3id.org/dpcat#ROPARecord", _WAYS),
        _activity,
    ),
)
