"""The answer cache: what is kept, for whom, for how long, and how it is given again."""

import pytest

from service.answer_cache import AnswerCache, CachedAnswer, keepable, request_key

PAGE = [
    ("content-type", "text/html; charset=utf-8"),
    ("content-length", "52"),
    ("etag", 'W/"t"'),
    ("vary", "Accept"),
    ("cache-control", "public, no-cache"),
    ("content-location", "/doc/x.html"),
    ("x-request-id", "first"),
    ("content-security-policy", "default-src 'none'; style-src 'nonce-AAAAAAAAAAAAAAAAAAAAAA'"),
]
BODY = b'<style nonce="AAAAAAAAAAAAAAAAAAAAAA">p{}</style>'


def answer(body: bytes | None = b"x", tag: str = '"t"') -> CachedAnswer:
    return CachedAnswer(tag, (), body)


def key(path: str) -> tuple[str | None, ...]:
    made = request_key("public", path, "", {})
    assert made is not None
    return made


def test_the_same_request_to_the_same_release_gets_the_same_answer() -> None:
    cache = AnswerCache()
    kept = answer()
    cache.put("r1", key("/a"), kept)
    assert cache.get("r1", key("/a")) is kept
    assert cache.get("r1", key("/b")) is None


def test_another_release_empties_the_cache() -> None:
    cache = AnswerCache()
    cache.put("r1", key("/a"), answer())
    assert cache.get("r2", key("/a")) is None
    assert cache.get("r1", key("/a")) is None
    assert len(cache) == 0


def test_beyond_the_bound_the_least_recently_used_leaves_first() -> None:
    cache = AnswerCache(max_bytes=12_500)
    for path in "abc":
        cache.put("r", key(path), answer(b"x" * 1_500))
    assert cache.get("r", key("a")) is not None
    cache.put("r", key("d"), answer(b"x" * 1_500))
    assert cache.get("r", key("b")) is None
    assert all(cache.get("r", key(path)) for path in "acd")


def test_a_body_counts_twice_for_it_may_be_kept_in_codings_too() -> None:
    cache = AnswerCache(max_bytes=20_000)
    cache.put("r", key("/a"), answer(b"x" * 9_000))
    cache.put("r", key("/b"), answer(b"x" * 9_000))
    assert len(cache) == 1


def test_the_bound_counts_what_is_replaced_only_once() -> None:
    cache = AnswerCache(max_bytes=6_000)
    cache.put("r", key("/other"), answer(b"x" * 1_000))
    for _ in range(20):
        cache.put("r", key("/a"), answer(b"x" * 1_000))
    assert len(cache) == 2


def test_a_large_body_is_not_kept_but_its_tag_is() -> None:
    cache = AnswerCache(max_item_bytes=10)
    cache.put("r", key("/a"), answer(b"x" * 11, '"large"'))
    kept = cache.get("r", key("/a"))
    assert kept is not None
    assert (kept.tag, kept.body) == ('"large"', None)


def test_requests_differ_by_what_an_answer_may_vary_by() -> None:
    fields = {"accept": "text/turtle", "host": "h"}
    plain = request_key("public", "/a", "x=1", fields)
    assert plain == request_key("public", "/a", "x=1", {**fields, "cookie": "c"})
    assert plain != request_key("partner", "/a", "x=1", fields)
    for path, query, fields in (
        ("/b", "x=1", {"accept": "text/turtle", "host": "h"}),
        ("/a", "x=2", {"accept": "text/turtle", "host": "h"}),
        ("/a", "x=1", {"accept": "text/csv", "host": "h"}),
        ("/a", "x=1", {"accept": "text/turtle", "host": "i"}),
        ("/a", "x=1", {"accept": "text/turtle", "host": "h", "x-forwarded-proto": "https"}),
    ):
        assert request_key("public", path, query, fields) != plain


def test_a_request_for_a_range_or_with_a_precondition_does_not_meet_the_cache() -> None:
    for field in ("range", "if-match", "if-unmodified-since"):
        assert request_key("public", "/a", "", {field: "x"}) is None


def test_only_a_tagged_200_that_is_the_same_for_everyone_is_kept() -> None:
    assert keepable(200, PAGE, BODY) is not None
    without_tag = [each for each in PAGE if each[0] != "etag"]
    assert keepable(200, without_tag, BODY) is None
    assert keepable(404, PAGE, BODY) is None
    for name, value in (
        ("cache-control", "no-store"),
        ("cache-control", "private, max-age=5"),
        ("vary", "X-Of-A-Client"),
        ("vary", "*"),
        ("set-cookie", "a=b"),
    ):
        assert keepable(200, [*PAGE, (name, value)], BODY) is None, (name, value)


def test_an_answer_that_is_private_to_an_audience_is_kept_for_that_audience_alone() -> None:
    private = [("etag", '"t"'), ("vary", "Authorization, Cookie"), ("cache-control", "private")]
    assert keepable(200, private, b"x", "public") is None
    assert keepable(200, private, b"x", "partner") is not None
    assert keepable(200, [*private, ("cache-control", "no-store")], b"x", "partner") is None
    assert keepable(200, [*private, ("set-cookie", "a=b")], b"x", "partner") is None


def test_an_answer_given_again_has_the_new_request_s_id_and_a_nonce_of_its_own() -> None:
    kept = keepable(200, PAGE, BODY)
    assert kept is not None
    first, first_body = kept.again("second")
    again, again_body = kept.again("third")
    assert dict(first)["x-request-id"] == "second"
    assert dict(again)["x-request-id"] == "third"
    nonce = dict(first)["content-security-policy"].partition("'nonce-")[2].rstrip("'")
    assert first_body == BODY.replace(b"AAAAAAAAAAAAAAAAAAAAAA", nonce.encode())
    assert len({BODY, first_body, again_body}) == 3
    assert "content-length" not in dict(first)


def test_not_modified_repeats_what_a_cache_needs_and_nothing_of_the_content() -> None:
    kept = keepable(200, PAGE, BODY)
    assert kept is not None
    assert dict(kept.unchanged("second")) == {
        "etag": 'W/"t"',
        "vary": "Accept",
        "cache-control": "public, no-cache",
        "content-location": "/doc/x.html",
        "x-request-id": "second",
    }


@pytest.mark.parametrize("path", ["/memento/r/doc/x", "/timemap/doc/x", "/history/doc/x"])
def test_what_may_be_collected_at_any_time_is_not_kept(path: str) -> None:
    assert request_key("public", path, "", {}) is None
    assert request_key("public", "/releases", "since=2026-01-01", {}) is None
    assert request_key("public", "/releases.atom", "", {}) is None
    assert request_key("public", "/doc/x", "", {"accept-datetime": "x"}) is None
    assert request_key("public", "/doc/x", "", {}) is not None
