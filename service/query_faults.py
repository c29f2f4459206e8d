"""What a client is told of a query that has no answer: the engine's words as sentences.

The engine raises whatever its parts raise: a syntax error with its place, run-time errors of many
kinds, an operating-system error for what a syntax cannot spell. Here they become problems with an
honest status. What is no fault of the query becomes none: the caller notes it, and tells the
client no more than `engine_failed`.

A worker process imports this module at each start, so it imports little.
"""

import re

from service.errors import Problem

SYNTAX_ERROR = re.compile(r"error at (\d+):(\d+): expected (?:one of )?(.*)", re.DOTALL)
# The engine lists what it expected; its character classes would say nothing to a reader.
CHARACTER_CLASS = re.compile(r"\[(?:'[^']*'|[^\]'])*\]")
UNSUPPORTED = re.compile(r"The (custom (aggregate )?function|service|variable) ")
UNSAYABLE = re.compile(r"\S+ does not support RDF 1\.2")


def refusal(fault: BaseException, form: str) -> Problem | None:
    """The problem that a fault of the engine amounts to, or None where the query is not to blame.

    `form` is the title of the answer's representation.
    """
    if isinstance(fault, Problem):
        return fault
    if isinstance(fault, SyntaxError):
        return syntax_problem(str(fault))
    if isinstance(fault, MemoryError):
        return too_much_memory()
    if isinstance(fault, RuntimeError | ValueError) and UNSUPPORTED.match(str(fault)):
        return Problem(400, "The query cannot be evaluated.", f"{fault}.")
    if isinstance(fault, OSError) and UNSAYABLE.match(str(fault)):
        return Problem(
            406,
            "The query has no answer of this form.",
            f"{form} has no spelling for a triple term (RDF 1.2 Concepts §3.1); Turtle and "
            "N-Triples have one.",
        )
    return None


def syntax_problem(message: str) -> Problem:
    """The Problem 400 for what the engine says of a query that it cannot read.

    Its message is a place, and a list of what it would have taken there. The tokens in the
    list are a chance selection and mislead; a reason in words says what is wrong.
    """
    placed = SYNTAX_ERROR.fullmatch(message)
    if placed is None:
        return Problem(400, "The query is not SPARQL.", message)
    line, column = int(placed[1]), int(placed[2])
    expected = CHARACTER_CLASS.sub("", placed[3]).split(",")
    reasons = [item.strip() for item in expected if " " in item.strip()]
    return Problem(
        400,
        "The query is not SPARQL.",
        f"It cannot be read from line {line}, column {column} on."
        + "".join(f" {reason}." for reason in reasons),
        line=line,
        column=column,
    )


def too_much_memory() -> Problem:
    """The Problem 503 for a query that wanted more memory than it may take."""
    return Problem(503, "The query needs too much memory.", "A narrower pattern needs less.")


def too_slow(seconds: float) -> Problem:
    """The Problem 504 for a query that had no answer in its time."""
    return Problem(
        504,
        "The query took too long.",
        f"It had no answer within {seconds:g} seconds. A narrower pattern, or LIMIT without "
        "ORDER BY, makes it quicker.",
    )


def engine_failed() -> Problem:
    """The Problem 500 for a fault that is not the query's; what it was stands in the log."""
    return Problem(500, "The query failed.", "The fault is the service's, and has been noted.")
