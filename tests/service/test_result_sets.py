"""A query's solutions as a graph: what is not bound, blank nodes, and answers in a file."""

import json
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from service.query_runner import Answer
from service.representations import GRAPHS, NT, Representation
from service.result_sets import RS, as_result_set

DOCUMENT = "https://data.greatermanchester.example/queries/two"
RESULTS = {
    "head": {"vars": ["a", "b"]},
    "results": {
        "bindings": [
            {"a": {"type": "bnode", "value": "x"}, "b": {"type": "literal", "value": "1"}},
            {"a": {"type": "bnode", "value": "x"}},
            {},
        ]
    },
}


def answer() -> Answer:
    body = json.dumps(RESULTS).encode()
    return Answer(body, None, len(body))


def test_a_blank_node_has_a_name_and_what_is_not_bound_has_none() -> None:
    made = as_result_set(DOCUMENT, NT, answer())
    triples = [quad.triple for quad in parse(made.body, RdfFormat.N_TRIPLES)]
    assert b"_:" not in (made.body or b"")
    values = [each.object for each in triples if each.predicate.value == f"{RS}value"]
    assert values.count(NamedNode(f"{DOCUMENT}#node-x")) == 2
    assert len(values) == 3
    rows = [each.object for each in triples if each.predicate.value == f"{RS}solution"]
    assert rows == [NamedNode(f"{DOCUMENT}#row-{n}") for n in (1, 2, 3)]


@pytest.mark.parametrize("form", GRAPHS, ids=lambda each: each.name)
def test_a_large_answer_is_read_from_its_file_and_written_to_another(
    form: Representation, tmp_path: Path
) -> None:
    file = tmp_path / "answer"
    file.write_text(json.dumps(RESULTS))
    made = as_result_set(DOCUMENT, form, Answer(None, file, file.stat().st_size))
    assert made.path is not None
    assert made.path != file
    assert file.exists()
    assert made.path.stat().st_size == made.size
    small = as_result_set(DOCUMENT, form, answer())
    assert made.path.read_bytes() == small.body
