"""Codings by RFC 9110 §12.5.3, and what is done to bodies, files and tags."""

import gzip
import zlib
from pathlib import Path

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.content_coding import (
    bare_tags,
    coded_tag,
    compress,
    compress_file,
    is_compressible,
    preferred,
)

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


def test_tags_tell_codings_apart_unless_they_are_weak() -> None:
    assert coded_tag('"x"', "gzip") == '"x.gzip"'
    assert coded_tag('W/"x"', "gzip") == 'W/"x"'
    assert bare_tags('"x.gzip", W/"y", "z.br"') == '"x", W/"y", "z"'
    assert bare_tags('"x.gz", *') == '"x.gz", *'
