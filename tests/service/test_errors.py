"""Problem documents (RFC 9457)."""

import json

from service.errors import Problem


def test_a_problem_document_has_the_members_of_the_standard_and_its_own() -> None:
    problem = Problem(
        400,
        "The query is not SPARQL.",
        "It ends too early.",
        line=2,
        column=7,
        extensions={"available": ["ttl"]},
    )
    assert json.loads(problem.json_bytes("/sparql", "abc")) == {
        "title": "The query is not SPARQL.",
        "status": 400,
        "detail": "It ends too early.",
        "instance": "/sparql",
        "line": 2,
        "column": 7,
        "available": ["ttl"],
        "requestId": "abc",
    }


def test_what_is_not_known_is_left_out() -> None:
    document = Problem(404, "Nothing is known of this.").document("/doc/x", "abc")
    assert document.keys() == {"title", "status", "instance", "requestId"}


def test_letters_beyond_ascii_stay_readable() -> None:
    assert "café".encode() in Problem(404, "No café.").json_bytes("/", "abc")
