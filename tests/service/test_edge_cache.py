"""Answers that were given before, over a live port: given again, or 304, or asked for anew."""

import pytest

from tests.service.conftest_edge import (
    LARGE,
    Live,
    data,
    edge,
    path_of,
    running,
    with_common_headers,
)

__all__ = ["data", "edge", "running"]


def test_an_answer_with_a_tag_is_given_again_without_flask(edge: Live) -> None:
    first, again = edge.ask("/label?a"), edge.ask("/label?a")
    assert edge.asked == ["/label"]
    assert first.body == again.body == b"Organisation 0"
    changing = ("date", "x-request-id")
    assert {k: v for k, v in first.headers.items() if k not in changing} == {
        k: v for k, v in again.headers.items() if k not in changing
    }
    assert first.headers["x-request-id"] != again.headers["x-request-id"]


def test_an_answer_without_a_tag_is_asked_for_again(edge: Live) -> None:
    edge.ask("/untagged")
    edge.ask("/untagged")
    assert edge.asked == ["/untagged"] * 2


def test_a_client_that_has_the_answer_gets_304(edge: Live) -> None:
    tag = edge.ask("/label?b").headers["etag"]
    reply = edge.ask("/label?b", If_None_Match=f'"other", W/{tag}')
    assert (reply.status, reply.body) == (304, b"")
    assert reply.headers["etag"] == tag
    assert reply.headers["vary"] == "Accept, Authorization, Cookie, Accept-Encoding"
    assert "content-type" not in reply.headers
    assert with_common_headers(reply)
    assert edge.ask("/label?b", If_None_Match='"other"').status == 200
    assert edge.asked == ["/label"]


def test_other_forms_and_tokens_that_are_not_valid_do_not_meet_the_cache(edge: Live) -> None:
    edge.ask("/label?c", Accept="text/plain")
    refused = edge.ask("/label?c", Accept="text/plain", Authorization="Bearer x")
    edge.ask("/label?c", Accept="text/turtle")
    assert (refused.status, refused.problem["title"]) == (401, "The token is not valid.")
    assert len(edge.asked) == 3


def test_a_request_s_own_id_comes_back_when_it_is_sane(edge: Live) -> None:
    for path in ("/label?d", "/label?d", "/untagged"):
        assert edge.ask(path, X_Request_Id="mine-1").headers["x-request-id"] == "mine-1"
    assert edge.ask("/label?d", X_Request_Id="a b").headers["x-request-id"] != "a b"


@pytest.mark.parametrize(
    "path", ["/label?e", "/untagged", "/nothing", path_of("ASK {}"), path_of(LARGE)]
)
def test_head_has_the_headers_of_get_and_no_body(edge: Live, path: str) -> None:
    head, get = edge.ask(path, "HEAD"), edge.ask(path)
    changing = ["date", "x-request-id", "server-timing"]
    if get.status == 404:
        changing.append("content-length")
    if get.headers["content-type"].startswith("text/html"):
        changing.append("content-security-policy")
    assert (head.status, head.body) == (get.status, b"")
    assert {k: v for k, v in head.headers.items() if k not in changing} == {
        k: v for k, v in get.headers.items() if k not in changing
    }
    assert get.headers["content-length"] == str(len(get.body))
