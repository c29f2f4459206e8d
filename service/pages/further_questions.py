"""The saved questions that can be asked of the thing that a page describes."""

from collections.abc import Iterator
from functools import cache
from urllib.parse import urlencode

from queries.parameters import IRI, Parameter
from queries.query import Query, all_queries
from service.pages.questions import QuestionLink, link_question
from service.store import Release


@cache
def _askable() -> tuple[tuple[Query, Parameter], ...]:
    """The questions that need one thing to be asked of, each with the parameter for it."""
    found = []
    for query in all_queries():
        things = [each for each in query.parameters if each.is_kind or each.type == IRI]
        needed = [each for each in query.parameters if each.required]
        if query.numbers and things and needed in ([], [things[0]]):
            found.append((query, things[0]))
    return tuple(sorted(found, key=lambda each: (each[1].type == IRI, each[0].summary)))


def questions_about(release: Release, iri: str) -> tuple[QuestionLink, ...]:
    """The questions that this audience may ask of a thing, those of its kind first."""
    return tuple(_links(release, iri))


def _links(release: Release, iri: str) -> Iterator[QuestionLink]:
    for query, parameter in _askable():
        if not query.may_be_asked_by(release.audience):
            continue
        if parameter.type == IRI:
            value = iri if iri.startswith(f"{release.base}id/") else ""
        else:
            start = parameter.namespace(release.base)
            value = iri.removeprefix(start) if iri.startswith(start) else ""
        if value:
            link = link_question(query)
            href = f"{link.href}?{urlencode({parameter.name: value})}"
            yield QuestionLink(link.summary, link.numbers, href, link.reserved)
