"""Compressed answers over a live port: their bodies, tags and sizes, and what is not compressed."""

import gzip

import brotli
import pytest

from tests.service.conftest_edge import LARGE, Live, data, edge, path_of, running

__all__ = ["data", "edge", "running"]

ROWS = "SELECT * WHERE { ?a ?b ?c } ORDER BY ?a ?b ?c LIMIT 200"
DECODERS = {"gzip": gzip.decompress, "br": brotli.decompress}


@pytest.mark.parametrize("coding", ["gzip", "br"])
@pytest.mark.parametrize("query", [ROWS, ROWS.replace("200", "2000")])
def test_a_client_that_takes_a_coding_gets_the_same_answer_shorter(
    edge: Live, coding: str, query: str
) -> None:
    plain = edge.ask(path_of(query))
    for _ in range(2):  # as made, and as kept
        coded = edge.ask(path_of(query), Accept_Encoding=f"{coding}, x")
        assert coded.headers["content-encoding"] == coding
        assert coded.headers["content-length"] == str(len(coded.body))
        assert DECODERS[coding](coded.body) == plain.body
        assert len(coded.body) < len(plain.body) / 2
        assert "Accept-Encoding" in coded.headers["vary"]
    assert "content-encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["vary"]


def test_an_answer_from_a_file_is_coded_too(edge: Live) -> None:
    plain = edge.ask(path_of(LARGE))
    coded = edge.ask(path_of(LARGE), Accept_Encoding="br, gzip")
    assert coded.headers["content-encoding"] == "gzip"
    assert gzip.decompress(coded.body) == plain.body
    assert edge.ask(path_of(LARGE), Accept_Encoding="br").body == plain.body


def test_a_strong_tag_names_the_coding_and_any_of_them_is_known_again(edge: Live) -> None:
    path = path_of(ROWS)
    plain = edge.ask(path)
    coded = edge.ask(path, Accept_Encoding="gzip")
    tag, coded_tag = plain.headers["etag"], coded.headers["etag"]
    assert not tag.startswith("W/")
    assert coded_tag == f'{tag[:-1]}.gzip"'
    for sent in (tag, coded_tag, f'"x", {coded_tag}'):
        held = edge.ask(path, Accept_Encoding="gzip", If_None_Match=sent)
        assert (held.status, held.body) == (304, b"")
        assert held.headers["etag"] in sent
        assert "content-encoding" not in held.headers
    assert edge.ask(path, Accept_Encoding="gzip", If_None_Match='"x.gzip"').status == 200


@pytest.mark.parametrize("field", [None, "identity", "gzip;q=0, br;q=0", "zstd"])
def test_who_takes_no_coding_of_ours_gets_the_answer_as_it_is(
    edge: Live, field: str | None
) -> None:
    reply = (
        edge.ask(path_of(ROWS)) if field is None else edge.ask(path_of(ROWS), Accept_Encoding=field)
    )
    assert "content-encoding" not in reply.headers


def test_short_answers_and_problems_are_sent_as_they_are(edge: Live) -> None:
    for path in (path_of("ASK {}"), "/label?coded", "/nothing"):
        reply = edge.ask(path, Accept_Encoding="gzip")
        assert "content-encoding" not in reply.headers
        assert reply.headers["content-length"] == str(len(reply.body))


def test_head_tells_the_size_of_the_coded_answer(edge: Live) -> None:
    head = edge.ask(path_of(ROWS), "HEAD", Accept_Encoding="gzip")
    get = edge.ask(path_of(ROWS), Accept_Encoding="gzip")
    assert (head.status, head.body) == (200, b"")
    for name in ("content-length", "content-encoding", "etag"):
        assert head.headers[name] == get.headers[name]
