"""The list of the questions, and the page of one: its form, its answer, and its query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from queries.query import Query
from queries.values_blocks import with_values
from service.pages.answers import AnswerView
from service.pages.dates import Moment, moment
from service.pages.question_fields import FieldView, view_fields
from service.pages.rendering import Alternate
from service.question_request import AskedQuestion, Fault, what_it_is
from service.representations import Representation
from service.store import Release

INTERNAL = "internal"  # sees everything
PERSONAS = (
    "resident",
    "developer",
    "linked-data consumer",
    "information architect",
    "information governance lead",
    "asset owner",
)
RESERVED = {"partner": "for partners", "internal": "for staff"}
AUDIENCES = {
    "public": "what the public may see",
    "partner": "what partner organisations may see",
    "internal": "what staff may see",
}


@dataclass(frozen=True, slots=True)
class QuestionLink:
    """A question, its numbers in the list of questions, and where it is asked.

    `reserved` says for whom it is, where not for everybody.
    """

    summary: str
    numbers: tuple[str, ...]
    href: str
    reserved: str


@dataclass(frozen=True, slots=True)
class PersonaView:
    """The questions of one kind of person."""

    heading: str
    questions: tuple[QuestionLink, ...]


@dataclass(frozen=True, slots=True)
class QuestionsView:
    """What the list of the questions shows."""

    title: str
    personas: tuple[PersonaView, ...]
    alternates: tuple[Alternate, ...]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """What the page of a question shows; without `answer` it is still to be asked.

    `query` is its text with the values in it, `editor` where that can be changed, `scope` whose
    data it asks, and `published` of when they are. `is_all` tells that nothing is hidden from the
    audience; `unbound` is what an empty cell says, and `blank` one in whose row nothing applies.
    """

    title: str
    href: str
    persona: str
    numbers: tuple[str, ...]
    fields: tuple[FieldView, ...]
    faults: tuple[Fault, ...]
    wanted: tuple[str, ...]
    answer: AnswerView | None
    query: str
    editor: str
    scope: str
    is_all: bool
    unbound: str
    blank: str
    published: Moment | None
    downloads: tuple[Alternate, ...]

    @property
    def unplaced(self) -> tuple[Fault, ...]:
        """The faults that belong to no field of the form."""
        names = {each.name for each in self.fields}
        return tuple(fault for fault in self.faults if fault.field not in names)


def address_of(query: Query) -> str:
    """The path of the page of a question."""
    return f"/queries/{query.address}"


def link_question(query: Query) -> QuestionLink:
    """A question as a list of them shows it."""
    reserved = RESERVED.get(query.audience, "")
    return QuestionLink(query.summary, query.numbers, address_of(query), reserved)


def view_questions(
    queries: Iterable[Query], alternates: tuple[Alternate, ...] = ()
) -> QuestionsView:
    """The questions by who asks them, and within that by number and name."""
    ordered = sorted(queries, key=lambda each: (_rank(each.persona), _place(each), each.name))
    return QuestionsView(
        "Questions",
        tuple(
            PersonaView(
                persona[:1].upper() + persona[1:],
                tuple(map(link_question, group)),
            )
            for persona, group in groupby(ordered, key=lambda each: each.persona)
        ),
        alternates,
    )


def view_question(
    release: Release,
    asked: AskedQuestion,
    forms: Sequence[Representation],
    answer: AnswerView | None = None,
) -> QuestionView:
    """What the page shows; `forms` are those in which the answer is offered for download."""
    query = with_values(asked.query.question, asked.terms)
    is_all = release.audience == INTERNAL
    shown = "" if is_all else ", or not shown"
    return QuestionView(
        title=asked.query.summary,
        href=address_of(asked.query),
        persona=asked.query.persona,
        numbers=asked.query.numbers,
        fields=view_fields(release, asked),
        faults=asked.faults,
        wanted=tuple(what_it_is(each) for each in asked.missing) if not asked.faults else (),
        answer=answer,
        query=query,
        editor="/sparql?" + urlencode({"query": query}),
        scope=AUDIENCES.get(release.audience, release.audience),
        is_all=is_all,
        unbound="not recorded" + shown,
        blank="does not apply" + shown,
        published=moment(str(release.manifest.get("published", ""))),
        downloads=forms_of(release, asked, forms) if asked.is_whole else (),
    )


def _rank(persona: str) -> tuple[int, str]:
    return PERSONAS.index(persona) if persona in PERSONAS else len(PERSONAS), persona


def _place(query: Query) -> tuple[bool, str, int]:
    """By the first number of the question; those without one come last."""
    if not query.numbers:
        return True, "", 0
    return False, query.numbers[0][0], int(query.numbers[0][1:])


def forms_of(
    release: Release, asked: AskedQuestion, forms: Sequence[Representation]
) -> tuple[Alternate, ...]:
    """Where this very answer is had in these forms; today's date is written out."""
    values = urlencode(asked.values(release.base))
    path = address_of(asked.query)
    return tuple(
        Alternate(
            f"{path}.{each.name}" + (f"?{values}" if values else ""), each.media_type, each.title
        )
        for each in forms
    )
