"""What the engine is asked about an update, and what is told of its complaints."""

import re
from dataclasses import replace

from pyoxigraph import NamedNode, QuerySolutions, Store

from loaders.writing.operations import Form, Operation
from loaders.writing.parsing import operations_of
from loaders.writing.passages import Composed, Passage, line_and_column
from loaders.writing.tokens import Token, UnreadableError
from loaders.writing.write import WriteRefusedError
from queries.tokens import IRIREF, PN_LOCAL, PN_PREFIX, SPACE, service_clause

_MALFORMED = "The update is not SPARQL."
_SYNTAX_ERROR = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
_CHARACTER_CLASS = re.compile(r"\[(?:'[^']*'|[^\]'])*\]")
_EXISTS = re.compile(r"The graph (<.*>) already exists")
_MISSING = re.compile(r"The graph (<.*>) does not exist")
# A LOAD, whatever the text before it is taken for: where an operation may begin, and with its end.
_NAMED = rf"(?:{IRIREF}|(?:{PN_PREFIX})?:(?:{PN_LOCAL})?)"
_LOAD = re.compile(
    rf"(?:\A|[;>\"']){SPACE}(?P<keyword>LOAD){SPACE}(?:SILENT{SPACE})?{_NAMED}"
    rf"{SPACE}(?:;|\Z|INTO)",
    re.IGNORECASE,
)


def taken_apart(text: str, base: str | None = None) -> list[Operation]:
    """The operations of an update, whose relative IRIs stand under `base`.

    Raises:
        WriteRefusedError: 400, it is none, or one that could be read in two ways.
    """
    try:
        return _based(operations_of(text), base)
    except UnreadableError as error:
        line, column = line_and_column(text, error.at)
        detail = f"It is not understood from line {line}, column {column} on. {error.reason}"
        raise WriteRefusedError(400, _MALFORMED, detail, line, column) from None


def _based(operations: list[Operation], base: str | None) -> list[Operation]:
    """The operations with a declaration of `base`, an IRI, before all others."""
    if base is None:
        return operations
    first = Passage(f"BASE <{base}>\n")
    return [replace(each, prologue=(first, *each.prologue)) for each in operations]


def refuse_requests(text: str) -> None:
    """Refuse an update that would send requests of its own, before the engine sees it.

    Raises:
        WriteRefusedError: 403 with the place of LOAD or SERVICE, or 400 where nobody can tell.
    """
    clause = service_clause(text)
    if clause is not None:
        raise _refused_request("SERVICE", text, clause)
    if "load" not in text.casefold():
        return
    if found := _LOAD.search(text):
        raise _refused_request("LOAD", text, found.start("keyword"))
    for operation in taken_apart(text):
        if operation.form is Form.LOAD:
            raise _refused_request("LOAD", text, operation.start)


def _refused_request(keyword: str, text: str, at: int) -> WriteRefusedError:
    line, column = line_and_column(text, at)
    return WriteRefusedError(
        403,
        f"{keyword} is refused.",
        "Nothing is fetched from elsewhere on a client's behalf. Send the data themselves.",
        line,
        column,
    )


def run_as_sent(store: Store, text: str, base: str | None = None) -> None:
    """Run an update as it is, or where the engine does not take it whole, one operation at a time.

    Its relative IRIs stand under `base`.

    Raises:
        WriteRefusedError: 400, 404 or 409, as the engine says.
    """
    try:
        _run(store, text, base)
    except SyntaxError as error:  # nothing was run
        try:
            operations = _based(operations_of(text), base)
        except UnreadableError:
            operations = []
        if len(operations) < 2:
            raise _malformed(str(error), Composed(text, (Passage(text, 0),))) from None
        for operation in operations:
            run(store, operation.alone)


def run(store: Store, update: Composed) -> None:
    """Run one operation. Places are told as those of the text that it was made of.

    Raises:
        WriteRefusedError: 400, 404 or 409, as the engine says.
    """
    try:
        _run(store, update.text)
    except SyntaxError as error:
        raise _malformed(str(error), update) from None


def _run(store: Store, text: str, base: str | None = None) -> None:
    try:
        store.update(text, base_iri=base)
    except (RuntimeError, ValueError, OSError) as error:
        raise _failed(str(error)) from None


def iri_of(operation: Operation, term: Token) -> str:
    """The IRI that a term of an operation stands for, by the declarations before it.

    Raises:
        WriteRefusedError: 400, there is none: its prefix is not declared, or it is relative.
    """
    named = (Passage("SELECT ?graph { VALUES ?graph { "), Passage(term.text, term.start))
    question = Composed(operation.source, (*operation.prologue, *named, Passage(" } }")))
    try:
        found = Store().query(question.text)
    except SyntaxError as error:
        raise _malformed(str(error), question) from None
    assert isinstance(found, QuerySolutions)
    (solution,) = found
    graph = solution["graph"]
    assert isinstance(graph, NamedNode)
    return graph.value


def _malformed(message: str, update: Composed) -> WriteRefusedError:
    """The refusal for what the engine says of a text that it cannot read.

    The tokens that it would have taken are a chance selection and mislead; a reason in words says
    what is wrong.
    """
    placed = _SYNTAX_ERROR.fullmatch(message)
    if placed is None:
        return WriteRefusedError(400, _MALFORMED, f"{message}.")
    line, column = update.place(int(placed[1]), int(placed[2]))
    expected = _CHARACTER_CLASS.sub("", placed[3]).split(",")
    reasons = [item.strip() for item in expected if " " in item.strip()]
    detail = f"It cannot be read from line {line}, column {column} on."
    return WriteRefusedError(
        400, _MALFORMED, detail + "".join(f" {reason}." for reason in reasons), line, column
    )


def _failed(message: str) -> WriteRefusedError:
    if found := _EXISTS.fullmatch(message):
        return WriteRefusedError(409, "The graph is already there.", f"{found[1]} was not created.")
    if found := _MISSING.fullmatch(message):
        return WriteRefusedError(404, "There is no such graph.", f"{found[1]} is not there.")
    return WriteRefusedError(400, "The update cannot be evaluated.", f"{message}.")
