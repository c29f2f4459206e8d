"""Conditional writes: If-Match and If-None-Match (RFC 9110 §13.1.1 and §13.1.2). Pure.

A tag of a graph names the release that it was read from. So a client that sends one back writes
only if that release is still the one that is served when its turn has come: whatever was written
meanwhile, by anybody and to any graph, makes it 412.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from service.caching import entity_tag
from service.content_coding import bare_tags
from service.errors import Problem
from service.representations import GRAPHS
from service.tokens import AUDIENCES, PUBLIC

TAG = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
LIST = re.compile(rf"[\s,]*{TAG}(?:\s*,[\s,]*{TAG})*[\s,]*")
EACH = re.compile(TAG)


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under what a write is done; `WriteJob` says what each means."""

    if_release: str | None = None
    if_exists: bool | None = None


def asked_of_graph(iri: str | None) -> tuple[str, ...]:
    """What the tag of a graph's contents names, whatever the address at which they were read."""
    return ("the default graph",) if iri is None else ("graph", iri)


def tags_of_graph(build: str, release: str, iri: str | None) -> frozenset[str]:
    """The strong tags of a graph in a release: for each audience and each representation.

    `read_conditions` takes off what a coding of the content adds to a tag.
    """
    asked = asked_of_graph(iri)
    return frozenset(
        entity_tag(build, release, audience, form.media_type, "identity", *asked)
        for audience in {PUBLIC, *AUDIENCES.values()}
        for form in GRAPHS
    )


def read_conditions(
    if_match: str | None, if_none_match: str | None, release: str, tags: Collection[str]
) -> Conditions:
    """The conditions that the fields make, with the release that is served and the graph's tags.

    Raises:
        Problem: 412 where a tag tells already that the condition does not hold, 400 where a field
            is no list of tags.
    """
    if_release, if_exists = None, None
    if if_match is not None:
        if if_match.strip() == "*":
            if_exists = True
        elif not any(each in tags for each in _listed("If-Match", if_match)):
            raise Problem(
                412,
                "The graph has changed.",
                "If-Match names none of its present tags. Read it again, and make the change to "
                "what it is now.",
            )
        else:
            if_release = release
    if if_none_match is not None:
        if if_none_match.strip() != "*":
            sent = _listed("If-None-Match", if_none_match)
            if any(each.removeprefix("W/") in tags for each in sent):
                raise Problem(
                    412, "The graph has not changed.", "If-None-Match names one of its tags."
                )
        elif if_match is not None:
            raise Problem(
                412, "The graph cannot be there and not be there.", "Two conditions exclude it."
            )
        else:
            if_exists = False
    return Conditions(if_release, if_exists)


def refuse_conditions(if_match: str | None) -> None:
    """Problem 412 for a condition on an address that has no representation, as `/update`."""
    if if_match is not None:
        raise Problem(
            412,
            "There is no tag to compare with.",
            "What is at this address has no state of its own. Conditions go with the graph, at "
            "/graph-store, by PUT, POST, DELETE or PATCH.",
        )


def _listed(field: str, value: str) -> list[str]:
    if LIST.fullmatch(value) is None:
        raise Problem(
            400, f"The field {field} cannot be read.", "It is “*” or a list of entity tags."
        )
    return EACH.findall(bare_tags(value))
