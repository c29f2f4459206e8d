"""The engine's faults as a client is told them."""

import pytest

from service.errors import Problem
from service.query_faults import refusal, syntax_problem


def test_what_the_engine_expected_is_told_only_where_it_is_a_reason() -> None:
    told = syntax_problem(
        "error at 3:4: expected one of OPTIONAL, Prefix not found, ['a'..='z'], [_]"
    )
    assert told.detail == "It cannot be read from line 3, column 4 on. Prefix not found."
    assert syntax_problem("something else").detail == "something else"


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (SyntaxError("error at 1:2: expected x"), 400),
        (RuntimeError("The custom function <urn:f> is not supported"), 400),
        (RuntimeError("The custom aggregate function <urn:f> is not supported"), 400),
        (RuntimeError("The variable encoding the service name is unbound"), 400),
        (ValueError("The service <urn:s> is not supported"), 400),
        (OSError("JSON-LD does not support RDF 1.2 yet"), 406),
        (MemoryError(), 503),
        (Problem(406, "As it is."), 406),
    ],
)
def test_what_the_query_is_to_blame_for_has_a_status(fault: Exception, status: int) -> None:
    told = refusal(fault, "JSON-LD")
    assert told is not None
    assert told.status == status


@pytest.mark.parametrize(
    "fault",
    [
        RuntimeError("Corruption: Bad table magic number in /secret/place"),
        OSError(5, "Input/output error"),
        KeyError("x"),
    ],
)
def test_what_the_query_is_not_to_blame_for_is_none_of_it(fault: Exception) -> None:
    assert refusal(fault, "JSON") is None
