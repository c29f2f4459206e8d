"""Cells into references to things of ours: entries of registers, and paths of IRIs."""

import re

from loaders.issues import Fault
from loaders.records.entry import Entry
from loaders.values import Reader, T, gss, organisation_key, slug, words

_SOURCE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def source_name(cell: str) -> str:
    """The name of a source: small letters, digits and single hyphens."""
    if not _SOURCE.fullmatch(cell):
        raise Fault("bad-code", f"“{cell}” is not the name of a source, such as gm-services.")
    return cell


_OF_ORGANISATION = (organisation_key, slug)
_OF_SOURCE = (source_name, slug)
_OF_PLAN = (slug, slug)
_ALONE = (slug,)
# What follows each kind in the IRI of a thing (`docs/decisions/0002-iris.md`).
_KEYS: dict[str, tuple[Reader[str], ...]] = {
    "organisation": (organisation_key,),
    "area": (gss,),
    "unit": _OF_ORGANISATION,
    "post": _OF_ORGANISATION,
    "system": _OF_ORGANISATION,
    "retention-rule": _OF_ORGANISATION,
    "information-asset": _OF_ORGANISATION,
    "processing-activity": _OF_ORGANISATION,
    "assessment": _OF_ORGANISATION,
    "algorithmic-tool": _OF_ORGANISATION,
    "disposal": _OF_ORGANISATION,
    "service": _OF_SOURCE,
    "place": _OF_SOURCE,
    "dataset": _OF_SOURCE,
    "distribution": _OF_SOURCE,
    "data-service": _OF_SOURCE,
    "agreement": _OF_SOURCE,
    "data-flow": _OF_SOURCE,
    "conformance": _OF_SOURCE,
    "sharing-project": _OF_SOURCE,
    "barrier": _OF_SOURCE,
    "contribution": _OF_SOURCE,
    "statement": _OF_SOURCE,
    "standard": _ALONE,
    "document": _ALONE,
    "strategy": _ALONE,
    "vision": _ALONE,
    "decision": _ALONE,
    "consultation": _ALONE,
    "workshop": _ALONE,
    "delivery-plan": _ALONE,
    "deliverable-area": _OF_PLAN,
    "delivery-action": _OF_PLAN,
    "benefit": _OF_PLAN,
    "measure": _OF_PLAN,
}


def thing_path(cell: str) -> str:
    """The path of a thing's IRI below `{base}id/`, such as `information-asset/GB-LAE-MAN/A-01`.

    The kind has to be known, and what follows it to be a key as things of that kind have it.
    Whether there is such a thing is not asked.
    """
    kind, *key = cell.split("/")
    keys = _KEYS.get(kind)
    if keys is None:
        raise Fault(
            "unknown-category",
            f"“{cell}” begins with no kind of thing: say one of {', '.join(_KEYS)}.",
        )
    if len(key) != len(keys):
        raise Fault(
            "bad-code",
            f"“{cell}” is no path of a thing: “{kind}/” is followed by "
            f"{'one part' if len(keys) == 1 else f'{len(keys)} parts with a “/” between them'}.",
        )
    for read, part in zip(keys, key, strict=True):
        read(part)
    return cell


def path_of(kind: str) -> Reader[str]:
    """A reader of paths of one kind of thing, such as `service`."""

    def read(cell: str) -> str:
        if not cell.startswith(f"{kind}/"):
            raise Fault("bad-code", f"“{cell}” is no path that begins with “{kind}/”.")
        return thing_path(cell)

    return read


def entry(cell: str) -> Entry:
    """An entry of an organisation's register, as its key, “/” and the entry's reference there."""
    organisation, _, ref = cell.partition("/")
    if not ref.strip():
        raise Fault(
            "bad-code",
            f"“{cell}” means no entry of a register: write the organisation's key, “/” and the "
            "reference, such as GB-LAE-MAN/A-01.",
        )
    return Entry(organisation_key(organisation.strip()), words(ref))


def listed(read: Reader[T]) -> Reader[tuple[T, ...]]:
    """A reader of a list divided by semicolons, of which nothing may be faulty or missing.

    It is for lists without which a record says nothing: part of a list would say something else.
    """

    def read_listed(cell: str) -> tuple[T, ...]:
        parts = [part for each in cell.split(";") if (part := each.strip())]
        if not parts:
            raise Fault("missing-value", "The list is empty, and every record needs it.")
        return tuple(dict.fromkeys(map(read, parts)))

    return read_listed
