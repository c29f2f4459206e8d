"""`/queries`: the questions that the graph was made to answer, each a page and a table of data.

A question is a saved query (`queries/competency`). Its parameters are fields of the request, its
answer has the forms of any query's, and as a web page it says besides what was looked at, whose
data were asked, and of which day they are. The answer as RDF is a result set (`result_sets`).
"""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial
from time import monotonic
from urllib.parse import urlencode

from flask import Blueprint, Response, request
from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

from queries.parameters import Parameter
from queries.query import NAME, Query, UnknownQueryError, all_queries, load
from service.admission import admit
from service.caching import NEVER_STORED
from service.errors import Problem
from service.locations import Locations
from service.pages.answers import AnswerView, told_as_checked, view_answer
from service.pages.questions import (
    address_of,
    forms_of,
    view_question,
    view_questions,
)
from service.pages.rendering import Pages, alternates
from service.pending import FinishingRunner, PendingAnswer
from service.protocol_fields import read_fields
from service.query_runner import Answer, QueryJob, QueryRunner
from service.question_request import AskedQuestion, read_question
from service.representations import BY_NAME, GRAPHS, HTML, JSON, NT, RESULTS, TTL, Representation
from service.responses import Link, answer, negotiate, pages, path_of_request, telling
from service.result_sets import as_result_set
from service.serving import current_release, serving
from service.store import Release
from service.tokens import PUBLIC

FOLDER, RULES = "competency/", "rules/"
STAFF, PARTNERS = "staff", "partner organisations and staff"
WHO = {"partner": PARTNERS, "internal": STAFF}
TOKEN = {"partner": "a partner's or a staff token", "internal": "a staff token"}
CATALOGUE = Representation("json", "application/json", "JSON")

questions = Blueprint("questions", __name__)


@questions.get("/queries")
def list_questions() -> Response:
    """The questions, by who asks them."""
    representation = negotiate((CATALOGUE, HTML))
    found = [each for each in all_queries() if each.name.startswith((FOLDER, RULES))]

    def body() -> bytes:
        if representation is HTML:
            forms = alternates([(CATALOGUE, "/queries?format=json")])
            view = view_questions(found, forms)
            return pages().render(
                "questions.html", view, title=view.title, active="questions", alternates=forms
            )
        listed = {"questions": [_entry(each) for each in found]}
        return json.dumps(listed, ensure_ascii=False, indent=2).encode() + b"\n"

    return answer(current_release(), representation, body)


@questions.get("/queries/<path:_>")
def ask_question(_: str) -> Response:
    """A question's answer, or its form where something is still to be chosen."""
    query, suffix = _find(path_of_request().removeprefix("/queries/"))
    release = current_release()
    _refuse_halves(query, release)
    admission = admit(query.text)
    forms = GRAPHS if admission.form.gives_graph else (*RESULTS, *GRAPHS)
    # A page is what a browser gets, and a program the first of the forms.
    representation = negotiate((*forms, HTML), suffix)
    _refuse_contradiction(representation, suffix)
    fields = read_fields(request.query_string, "query string")
    asked = read_question(query, fields, release.base, _today())
    if representation is not HTML and not asked.is_whole:
        raise asked.refusal()
    if asked.faults:
        return _show_faults(release, asked)

    def make() -> bytes | Response:
        if not asked.is_whole:
            return _page(release, asked, forms, pages())
        return _pend(release, asked, representation, admission.form.gives_graph)

    offered = () if not asked.is_whole else (*forms, HTML)
    links = [
        Link(each.href, "alternate", each.media_type)
        for form, each in zip(offered, forms_of(release, asked, offered), strict=True)
        if form is not representation
    ]
    if admission.volatile:
        made = make()
        response = (
            Response(made, content_type=HTML.content_type) if isinstance(made, bytes) else made
        )
        for link in links:
            response.headers.add("Link", str(link))
        response.headers["Cache-Control"] = NEVER_STORED
        response.vary.add("Accept")
        return response
    identity = (path_of_request(), request.query_string.decode("latin-1"), *asked.identity)
    response = answer(release, representation, make, asked=identity, weak=True, links=links)
    if asked.is_of_today:  # the same request means something else tomorrow
        response.headers["Cache-Control"] = NEVER_STORED
    return response


def _refuse_halves(query: Query, release: Release) -> None:
    """Refuse a question whose caller does not see all that the answer rests on.

    Half of it would be false: what is only hidden would be called missing.
    """
    if query.may_be_asked_by(release.audience):
        return
    is_anybody = release.audience == PUBLIC
    challenge = "" if is_anybody else ', error="insufficient_scope"'
    token = TOKEN[query.audience]
    needs = f"It needs data that only {WHO[query.audience]} may see."
    how = f"Sign in with {token}." if is_anybody else f"Your token is a partner's: use {token}."
    raise Problem(
        401 if is_anybody else 403,
        f"This question is for {WHO[query.audience]}.",
        f"{needs} {how}",
        headers={"WWW-Authenticate": f'Bearer realm="gmkg"{challenge}'},
        ways_on=(("Sign in", "/sign-in"), ("All questions", "/queries")),
    )


def _refuse_contradiction(chosen: Representation, suffix: str | None) -> None:
    """400 where `format=` asks for another form than the end of the path names."""
    if suffix is not None and chosen is not BY_NAME[suffix]:
        raise Problem(
            400,
            "The address asks for two forms.",
            f"It ends in .{suffix} and says format={chosen.name}: leave one of them away.",
        )


def _today() -> date:
    return datetime.now(UTC).date()


def _find(path: str) -> tuple[Query, str | None]:
    """The question that a path names, and the suffix of the path if that names a form."""
    slug, dot, suffix = path.partition(".")
    name = slug if slug.startswith(RULES) else FOLDER + slug
    if NAME.fullmatch(slug) and name.count("/") == 1 and (not dot or suffix in BY_NAME):
        try:
            return load(name), suffix or None
        except UnknownQueryError:
            pass
    raise Problem(
        404,
        "There is no such question.",
        "The list of the questions names those that there are.",
        ways_on=(("All questions", "/queries"),),
    )


def _entry(query: Query) -> dict[str, object]:
    """What the list says of a question to a program."""
    entry: dict[str, object] = {
        "name": query.address,
        "summary": query.summary,
        "persona": query.persona,
        "numbers": list(query.numbers),
        "audience": query.audience,
        "parameters": [_described(each) for each in query.parameters],
        "href": address_of(query),
    }
    return entry


def _described(parameter: Parameter) -> dict[str, object]:
    described: dict[str, object] = {
        "name": parameter.name,
        "type": parameter.type,
        "required": parameter.required,
    }
    if parameter.label:
        described["label"] = parameter.label
    if parameter.default is not None:
        described["default"] = parameter.default
    return described


def _show_faults(release: Release, asked: AskedQuestion) -> Response:
    """The form with what is wrong beside its fields."""
    body = _page(release, asked, (), pages())
    response = Response(body, 400, content_type=HTML.content_type)
    response.headers["Cache-Control"] = NEVER_STORED
    response.vary.add("Accept")
    return response


def _pend(
    release: Release, asked: AskedQuestion, representation: Representation, gives_graph: bool
) -> Response:
    """The answer that is still to come, in its form."""
    runner: QueryRunner = serving().runner
    written = representation
    if representation is HTML:
        finish = partial(_finish, release, asked, gives_graph, runner, pages(), monotonic())
        runner, written = FinishingRunner(runner, finish), NT if gives_graph else JSON
    elif representation.rdf is not None and not gives_graph:
        document = _document(release.locations, asked)
        runner = FinishingRunner(runner, partial(as_result_set, document, representation))
        written = JSON
    job = QueryJob(release, asked.query.text, written, substitutions=asked.terms)
    response = PendingAnswer(job, runner, representation.content_type, telling())
    if representation is not HTML:
        name = f"{asked.query.slug}.{representation.name}"
        response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _document(locations: Locations, asked: AskedQuestion) -> str:
    """The IRI of the document that says what the question gives, whatever its syntax."""
    values = urlencode(asked.values(locations.base))
    iri = locations.base + address_of(asked.query).removeprefix("/")
    return f"{iri}?{values}" if values else iri


def _finish(
    release: Release,
    asked: AskedQuestion,
    gives_graph: bool,
    runner: QueryRunner,
    rendering: Pages,
    began: float,
    finished: Answer,
) -> Answer:
    """The page of a finished answer."""
    checked = _check(release, asked, runner)
    seconds = monotonic() - began
    view = view_answer(release, asked, finished, gives_graph, checked, seconds)
    forms = GRAPHS if gives_graph else (*RESULTS, TTL)
    body = _page(release, asked, forms, rendering, view)
    return Answer(body, None, len(body))


def _check(release: Release, asked: AskedQuestion, runner: QueryRunner) -> str:
    """What was looked at, in a sentence; nothing where the question does not have it counted."""
    if asked.query.checked is None:
        return ""
    counting = load(asked.query.checked)
    names = {each.name for each in counting.parameters}
    terms = {name: term for name, term in asked.terms.items() if name in names}
    found = runner.run_blocking(QueryJob(release, counting.text, JSON, substitutions=terms))
    results = parse_query_results(found.body, QueryResultsFormat.JSON, path=found.path)
    assert isinstance(results, QuerySolutions)
    # What is grouped by a parameter has no row where there is nothing to count (SPARQL 1.1 §18.5).
    count = sum(int(row["checked"].value) for row in results)
    return told_as_checked(count, counting.summary)


def _page(
    release: Release,
    asked: AskedQuestion,
    forms: Sequence[Representation],
    rendering: Pages,
    found: AnswerView | None = None,
) -> bytes:
    view = view_question(release, asked, forms, found)
    return rendering.render(
        "question.html", view, title=view.title, active="questions", alternates=view.downloads
    )
