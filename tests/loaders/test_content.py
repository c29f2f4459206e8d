"""A file is text in the encoding that it shows, or else declares, or else UTF-8."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loaders.errors import StructureError
from loaders.formats.reading.content import Content, Encoding, as_utf_8, encoding_of, text_lines
from tests.loaders.conftest import in_memory

UTF_16 = [("other-encoding", "The text is UTF-16; it is read like UTF-8.")]
BOM = [("byte-order-mark", "The file begins with a byte order mark.")]


def lines(content: Content) -> list[str]:
    return list(text_lines(content, encoding_of(content)))


def recoded(content: Content) -> bytes:
    with as_utf_8(content, encoding_of(content)) as stream:
        return stream.read()


@pytest.mark.parametrize(
    ("content", "declared", "encoding", "remarks"),
    [
        (b"", None, Encoding("utf-8"), []),
        (b"a", None, Encoding("utf-8"), []),
        (b"key", None, Encoding("utf-8"), []),
        (b"key", "utf-8", Encoding("utf-8"), []),
        (b"\xef\xbb\xbfkey", None, Encoding("utf-8", 3), BOM),
        (b"\xef\xbb\xbfkey", "cp1252", Encoding("utf-8", 3), BOM),
        (b"\xff\xfek\x00", None, Encoding("utf-16-le", 2), UTF_16),
        (b"\xfe\xff\x00k", None, Encoding("utf-16-be", 2), UTF_16),
        (b"\xff\xfek\x00", "cp1252", Encoding("utf-16-le", 2), UTF_16),
        (b"k\x00e\x00", None, Encoding("utf-16-le"), UTF_16),
        (b"\x00k\x00e", None, Encoding("utf-16-be"), UTF_16),
        (b"k\x00", None, Encoding("utf-16-le"), UTF_16),
        (b"\x00k", None, Encoding("utf-16-be"), UTF_16),
        (b"\x00key", None, Encoding("utf-8"), []),
        (b"k\x00ey", None, Encoding("utf-8"), []),
        (b"\x00\x00\x00k", None, Encoding("utf-8"), []),
        (b"key", "cp1252", Encoding("utf-8"), []),
        (b"key,name" * 20_000, "iso8859-1", Encoding("utf-8"), []),
        *(
            (
                content,
                declared,
                Encoding(declared),
                [("other-encoding", f"The text is read as {declared}, as declared.")],
            )
            for content, declared in (
                (b"k\xe9y", "cp1252"),
                (b"key" * 60_000 + b"\xe9", "cp1252"),
                (b"+AOk-", "utf-7"),
                (b"key", "shift_jis"),
                (b"key", "raw-unicode-escape"),
            )
        ),
    ],
)
def test_the_first_bytes_tell_the_encoding_and_else_the_declaration(
    content: bytes, declared: str | None, encoding: Encoding, remarks: list[tuple[str, str]]
) -> None:
    found = encoding_of(in_memory(content, declared))
    assert found == encoding
    assert [(each.rule, each.message) for each in found.remarks] == remarks


def test_an_archive_or_a_workbook_is_no_text() -> None:
    with pytest.raises(StructureError) as caught:
        encoding_of(in_memory(b"PK\x03\x04more"))
    assert str(caught.value) == (
        "given.csv: this is an Excel workbook or an archive: save it as CSV."
    )


def test_what_is_compressed_is_no_text() -> None:
    with pytest.raises(StructureError, match=r"^given.csv: this is compressed: unpack it first.$"):
        encoding_of(in_memory(b"\x1f\x8b\x08more"))


def test_a_file_is_opened_as_often_as_wanted(tmp_path: Path) -> None:
    (tmp_path / "kept").write_bytes(b"a\nb")
    content = Content("given.csv", tmp_path / "kept")
    for _ in range(2):
        assert lines(content) == ["a\n", "b"]
        assert recoded(content) == b"a\nb"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["key,é\r\n“a”,🐝\n", "a\rb\u2028c\x85d\r\r\n", "k"])
def test_lines_keep_their_ends_and_line_feeds_alone_divide_them(encoding: str, text: str) -> None:
    content = in_memory(text.encode(encoding))
    assert "".join(lines(content)) == text
    assert [line.count("\n") for line in lines(content)[:-1]] == [1] * text[:-1].count("\n")
    assert recoded(content) == text.encode()


@given(st.text(min_size=2, max_size=40_000), st.sampled_from(["utf-16", "utf-32", "utf-7"]))
@example("é" * 70_000, "utf-16")
@example("\ufeff\ufeff", "utf-16")
def test_text_of_any_length_is_written_anew(text: str, encoding: str) -> None:
    content = in_memory(text.encode(encoding), encoding)
    stream = as_utf_8(content, Encoding(encoding))
    with stream:
        pieces = []
        while piece := stream.read(1000):
            pieces.append(piece)
    assert b"".join(pieces) == text.encode()


@pytest.mark.parametrize(
    ("content", "declared", "detail"),
    [
        (
            b"a\nb\ncaf\xe9\nd",
            None,
            "line 3 is not UTF-8 text (byte 0xe9); if the file is written in another encoding, "
            "declare it, such as encoding = “cp1252”.",
        ),
        (
            b"a\ncaf\xc3",
            None,
            "line 2 is not UTF-8 text (byte 0xc3); if the file is written in another encoding, "
            "declare it, such as encoding = “cp1252”.",
        ),
        (b"a\n\x81", "cp1252", "is not text in the encoding cp1252."),
        (b"\xff\xfea\x00b", None, "is not text in the encoding utf-16-le."),
        (b"\xff\xfe\x00\xd8a\x00", None, "is not text in the encoding utf-16-le."),
        (b"abcd", "utf-16", "is not text in the encoding utf-16."),
        (b"abcd", "utf-32", "is not text in the encoding utf-32."),
        (b"a\n+2AA-", "utf-7", "is not text in the encoding utf-7."),
        (rb"a\ud800", "raw-unicode-escape", "is not text in the encoding raw-unicode-escape."),
    ],
)
def test_bytes_that_the_encoding_does_not_know_are_refused_in_words(
    content: bytes, declared: str | None, detail: str
) -> None:
    given_content = in_memory(content, declared)
    with pytest.raises(StructureError) as caught:
        lines(given_content)
    assert caught.value.detail == detail
    if encoding_of(given_content).codec != "utf-8":
        with pytest.raises(StructureError) as caught:
            recoded(given_content)
        assert caught.value.detail == detail


@given(st.binary(), st.sampled_from([None, "cp1252", "ascii", "utf-16", "utf-7", "shift_jis"]))
@example(b"+2AA-", "utf-7")
def test_whatever_the_bytes_they_are_read_or_refused(content: bytes, declared: str | None) -> None:
    with suppress(StructureError):
        lines(in_memory(content, declared))
    with suppress(StructureError):
        recoded(in_memory(content, declared))
