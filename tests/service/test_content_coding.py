"""Codings by RFC 9110 §12.5.3, and what is done to bodies, files and tags."""

import asyncio
import errno
import gzip
import os
import tracemalloc
import zlib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service import content_coding
from service.content_coding import (
    bare_tags,
    coded_tag,
    compress,
    compress_file,
    is_compressible,
    preferred,
)
from service.edge_coding import Coder
from service.edge_reply import Reply
from service.edge_request import Request

TEXT = b"<http://example.org/a> <http://example.org/b> <http://example.org/c> .\n" * 200


@pytest.mark.parametrize(
    ("field", "coding"),
    [
        (None, None),
        ("", None),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5, gzip", "gzip"),
        ("br;q=0, gzip;q=0.1", "gzip"),
        ("gzip;q=0", None),
        ("identity", None),
        ("identity;q=0.5, gzip;q=0.4", None),
        ("identity;q=0.5, gzip;q=0.5", "gzip"),
        ("*", "br"),
        ("*;q=0", None),
        ("*;q=0, gzip", "gzip"),
        ("br;q=0, *", "gzip"),
        ("deflate, compress", None),
        ("gzip;level=9, br;q=2", None),
        ("gzip;q=1.000", "gzip"),
        (" , ,gzip", "gzip"),
    ],
)
def test_the_coding_is_the_one_that_the_client_likes_best(
    field: str | None, coding: str | None
) -> None:
    assert preferred(field) == coding


def test_a_field_without_end_is_neither_read_nor_remembered() -> None:
    tracemalloc.start()
    try:
        for number in range(100):
            assert preferred(f"gzip, {number}" + "a" * 100_000) is None
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 1_000_000


@given(st.text())
def test_any_field_can_be_read(field: str) -> None:
    assert preferred(field) in (None, "br", "gzip")


@pytest.mark.parametrize(
    ("content_type", "gets_shorter"),
    [
        ("text/html; charset=utf-8", True),
        ("text/turtle", True),
        ("application/sparql-results+json", True),
        ("application/rdf+xml", True),
        ("application/ld+json", True),
        ("application/problem+json", True),
        ("application/json", True),
        ("application/n-triples", True),
        ("application/n-quads", True),
        ("application/trig", True),
        ("image/svg+xml", True),
        ("image/png", False),
        ("font/woff2", False),
        ("application/octet-stream", False),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", False),
    ],
)
def test_what_is_compressed_already_is_left_as_it_is(content_type: str, gets_shorter: bool) -> None:
    assert is_compressible(content_type) == gets_shorter


def test_each_coding_gives_the_body_back() -> None:
    assert gzip.decompress(compress(TEXT, "gzip")) == TEXT
    assert brotli.decompress(compress(TEXT, "br")) == TEXT
    assert max(len(compress(TEXT, "br")), len(compress(TEXT, "gzip"))) < len(TEXT) / 20


def test_a_file_is_replaced_by_its_coded_one(tmp_path: Path) -> None:
    file = tmp_path / "7"
    file.write_bytes(TEXT * 200)
    coded = compress_file(file)
    assert list(tmp_path.iterdir()) == [coded]
    assert zlib.decompress(coded.read_bytes(), 16 + zlib.MAX_WBITS) == TEXT * 200


def test_a_file_for_whose_coded_one_there_is_no_room_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Left-overs of a full disk would keep it full."""
    _fill_the_disk(monkeypatch)
    file = tmp_path / "7"
    file.write_bytes(TEXT)
    with pytest.raises(OSError, match="No space left"):
        compress_file(file)
    assert list(tmp_path.iterdir()) == [file]
    assert file.read_bytes() == TEXT


def test_an_answer_is_sent_as_it_is_where_there_is_no_room_for_a_coded_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill_the_disk(monkeypatch)
    file = tmp_path / "7"
    file.write_bytes(TEXT)
    reply = Reply(200, [("content-type", "text/turtle")], file=file, size=len(TEXT))
    request = SimpleNamespace(fields={"accept-encoding": "gzip"})
    assert asyncio.run(Coder().code(cast("Request", request), reply)) is reply
    assert list(tmp_path.iterdir()) == [file]


def _fill_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(_: object) -> Iterator[bytes]:
        yield b"begun"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(content_coding, "_gzip_parts", no_room)


def test_tags_tell_codings_apart_unless_they_are_weak() -> None:
    assert coded_tag('"x"', "gzip") == '"x.gzip"'
    assert coded_tag('W/"x"', "gzip") == 'W/"x"'
    assert bare_tags('"x.gzip", W/"y", "z.br"') == '"x", W/"y", "z"'
    assert bare_tags('"x.gz", *') == '"x.gz", *'
