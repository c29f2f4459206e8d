"""What a request means, before anything is done: updates, graphs, files, conditions, who may."""

import pytest

from service.audience import ANYBODY, NO_LONGER, Caller
from service.caching import entity_tag
from service.content_coding import coded_tag
from service.errors import Problem
from service.representations import GRAPHS, HTML, JSON
from service.writes.authority import check_may_write, is_write
from service.writes.conditions import Conditions, asked_of_graph, read_conditions, tags_of_graph
from service.writes.graph_request import GraphTarget, read_parts, read_target
from service.writes.job import JOB, Action, Part, WriteJob, decode_job
from service.writes.update_request import UpdateRequest, read_update_request

FORM = "application/x-www-form-urlencoded"
UPDATE = "application/sparql-update"


def test_an_update_and_its_dataset_are_read_from_body_and_address() -> None:
    fields = "using-graph-uri=urn:b&using-graph-uri=urn:a&using-named-graph-uri=urn:c"
    expected = UpdateRequest("CLEAR ALL", ("urn:a", "urn:b"), ("urn:c",))
    assert read_update_request(fields, UPDATE, b"CLEAR ALL") == expected
    assert read_update_request("", FORM, f"update=CLEAR+ALL&{fields}".encode()) == expected
    assert read_update_request(fields, FORM, b"update=CLEAR+ALL") == expected


def test_a_form_of_too_many_fields_is_refused() -> None:
    with pytest.raises(Problem) as caught:
        read_update_request("", FORM, b"update=CLEAR+ALL" + b"&a=1" * 1_000)
    assert caught.value.status == 400


@pytest.mark.parametrize(
    ("query", "target"),
    [
        ("graph=urn:g", GraphTarget("urn:g")),
        ("graph=urn%3Ag&format=ttl", GraphTarget("urn:g")),
        ("graph=http://example.org/caf%C3%A9", GraphTarget("http://example.org/café")),
        ("default", GraphTarget(None)),
        ("default=", GraphTarget(None)),
        ("format=ttl&default", GraphTarget(None)),
        ("", None),
        ("format=ttl", None),
    ],
)
def test_graphs_are_named(query: str, target: GraphTarget | None) -> None:
    assert read_target(query) == target


def test_files_keep_their_order_and_their_bytes() -> None:
    content = bytes(range(256)).replace(b"\r", b"")
    body = b"".join(
        b'--b\r\nContent-Disposition: form-data; name="f"; filename="x%d.rdf"\r\n\r\n%s\r\n'
        % (number, content + b"%d" % number)
        for number in range(3)
    )
    parts = read_parts(
        "multipart/form-data; boundary=b", body + b"--b--\r\n", "urn:g", is_post=True
    )
    assert parts == tuple(
        Part("application/rdf+xml", content + b"%d" % number, "urn:g") for number in range(3)
    )


def test_a_form_of_too_many_files_is_refused() -> None:
    one = b'--b\r\nContent-Disposition: form-data; name="f"; filename="x.ttl"\r\n\r\n\r\n'
    with pytest.raises(Problem) as caught:
        read_parts("multipart/form-data; boundary=b", one * 101 + b"--b--", "urn:g", is_post=True)
    assert caught.value.status == 400


def test_a_job_survives_the_channel() -> None:
    job = WriteJob(
        Action.PUT,
        "0 nobody “”",
        "steward",
        "r",
        text="é\U0001f600",
        using=("urn:a",),
        using_named=("urn:b", "urn:c"),
        base="urn:base",
        graph="urn:g",
        parts=(
            Part("text/turtle", bytes(range(256)), None),
            Part("application/json", b"", "urn:b"),
        ),
        if_release="20250101T000000Z-00000000",
        if_exists=False,
    )
    frame = job.encoded()
    size, head_size = JOB.unpack_from(frame)
    assert len(frame) == JOB.size + size
    assert decode_job(frame[JOB.size :], head_size) == job


@pytest.mark.parametrize("role", ["steward", "administrator"])
def test_stewards_and_administrators_write(role: str) -> None:
    assert check_may_write(Caller("internal", "0a", role, name="The name")) == "0a The name"
    assert check_may_write(Caller("internal", "0a", role)) == "0a"


@pytest.mark.parametrize(
    ("caller", "status"),
    [
        (ANYBODY, 401),
        (NO_LONGER, 401),
        (Caller("internal"), 401),
        (Caller("partner", "0a", "partner"), 403),
        (Caller("internal", "0a", "another"), 403),
        (Caller("internal", "0a"), 403),
    ],
)
def test_nobody_else_does(caller: Caller, status: int) -> None:
    with pytest.raises(Problem) as caught:
        check_may_write(caller)
    assert caught.value.status == status
    assert caught.value.headers["WWW-Authenticate"].startswith("Bearer")


TAGS = tags_of_graph("build", "r1", "urn:g")
TAG, OTHER = sorted(TAGS)[:2]


def test_the_tags_of_a_graph_are_those_of_its_representations() -> None:
    asked = asked_of_graph("urn:g")
    for audience in ("public", "partner", "internal"):
        for form in GRAPHS:
            tag = entity_tag("build", "r1", audience, form.media_type, "identity", *asked)
            assert tag in TAGS
    assert len(TAGS) == 3 * len(GRAPHS)
    for form in (HTML, JSON):
        assert entity_tag("build", "r1", "public", form.media_type, "identity", *asked) not in TAGS
    for other in (
        tags_of_graph("build", "r2", "urn:g"),
        tags_of_graph("other", "r1", "urn:g"),
        tags_of_graph("build", "r1", "urn:h"),
        tags_of_graph("build", "r1", None),
    ):
        assert not TAGS & other


@pytest.mark.parametrize(
    ("if_match", "if_none_match", "expected"),
    [
        (None, None, Conditions()),
        ("*", None, Conditions(if_exists=True)),
        (" * ", None, Conditions(if_exists=True)),
        (coded_tag(TAG, "gzip"), None, Conditions(if_release="r1")),
        (f'"x", {coded_tag(TAG, "br")}', None, Conditions(if_release="r1")),
        (None, coded_tag(TAG, "gzip"), 412),
        (None, "*", Conditions(if_exists=False)),
        (TAG, None, Conditions(if_release="r1")),
        (f'"x" , {TAG},, "y"', None, Conditions(if_release="r1")),
        (f'W/"x", {OTHER}', None, Conditions(if_release="r1")),
        (None, '"x", W/"y"', Conditions()),
        (TAG, '"x"', Conditions(if_release="r1")),
        (f'"a,{TAG[1:]}', None, 412),  # one tag with a comma in it
        (f"W/{TAG}", None, 412),  # RFC 9110 §13.1.1: the comparison is strong
        ('"x"', None, 412),
        (None, TAG, 412),
        (None, f'"x", W/{TAG}', 412),  # §13.1.2: and here it is weak
        ("*", "*", 412),
        (TAG, "*", 412),
        ("", None, 400),
        (TAG.strip('"'), None, 400),
        (f"{TAG} {OTHER}", None, 400),
        (None, "x", 400),
        (f"*, {TAG}", None, 400),
    ],
)
def test_conditions(
    if_match: str | None, if_none_match: str | None, expected: Conditions | int
) -> None:
    if isinstance(expected, Conditions):
        assert read_conditions(if_match, if_none_match, "r1", TAGS) == expected
    else:
        with pytest.raises(Problem) as caught:
            read_conditions(if_match, if_none_match, "r1", TAGS)
        assert caught.value.status == expected


@pytest.mark.parametrize(
    ("method", "path", "writes"),
    [
        ("POST", "/update", True),
        ("PUT", "/graph-store", True),
        ("PATCH", "/graph/edits", True),
        ("DELETE", "/graph/edits", True),
        ("OPTIONS", "/update", False),
        ("GET", "/graph/edits", False),
        ("POST", "/sparql", False),
        ("POST", "/sign-in", False),
    ],
)
def test_what_is_a_write(method: str, path: str, writes: bool) -> None:
    assert is_write(method, path) is writes
