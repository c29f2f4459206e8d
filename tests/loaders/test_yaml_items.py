"""YAML into items: texts alone, bounded, without anchors, aliases or tags."""

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loaders.errors import StructureError
from loaders.formats.reading import yaml_items
from loaders.formats.reading.content import Content
from loaders.formats.reading.row import Row
from loaders.formats.reading.table import Table
from loaders.formats.reading.yaml_items import YamlItems

BOMB = """
a: &a [x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
"""


def table(layout: YamlItems, content: bytes, encoding: str | None = None) -> Table:
    with tempfile.NamedTemporaryFile() as file:
        path = Path(file.name)
        path.write_bytes(content)
        found = layout.read(Content("given.yaml", path, encoding))
        found.rows = iter(list(found.rows))
        return found


def cells(layout: YamlItems, text: str) -> list[object]:
    return [
        each.cells if isinstance(each, Row) else each[1].rule
        for each in table(layout, text.encode())
    ]


def refusal(content: str | bytes, layout: YamlItems | None = None) -> str:
    content = content.encode() if isinstance(content, str) else content
    with pytest.raises(StructureError) as caught:
        table(layout or YamlItems(), content)
    return str(caught.value)


def test_every_scalar_stays_the_text_that_it_was() -> None:
    text = """
    day: 2024-04-01
    code: 007
    truth: no
    number: 1_000
    octal: 0o14
    time: 12:30:45
    nothing:
    tilde: ~
    words: null
    quoted: "null"
    empty: ''
    merge: <<
    """
    assert cells(YamlItems(), text) == [
        {
            "day": "2024-04-01",
            "code": "007",
            "truth": "no",
            "number": "1_000",
            "octal": "0o14",
            "time": "12:30:45",
            "nothing": None,
            "tilde": None,
            "words": None,
            "quoted": "null",
            "empty": "",
            "merge": "<<",
        }
    ]


def test_items_stand_in_a_list_or_in_a_mapping_whose_keys_they_take() -> None:
    assert cells(YamlItems("a.b"), "a: {b: [{x: 1}, {x: [2, {y: 3}]}]}") == [
        {"x": "1"},
        {"x": ["2", {"y": "3"}]},
    ]
    text = "a: {first: {x: 1}, second: {x: 2}, third: 3}"
    assert cells(YamlItems("a", key="slug"), text) == [
        {"x": "1", "slug": "first"},
        {"x": "2", "slug": "second"},
        "unexpected-structure",
    ]
    assert cells(YamlItems(), "[{x: 1}, 2]") == [{"x": "1"}, "unexpected-structure"]


def test_a_member_that_the_format_does_not_know_is_remarked_upon_once() -> None:
    found = table(YamlItems(known=frozenset({"x"})), b"[{x: 1, z: 1}, {z: 2, y: 3}]")
    assert len(list(found)) == 2
    assert [(each.rule, each.field) for each in found.remarks] == [
        ("unknown-column", "z"),
        ("unknown-column", "y"),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (BOMB, "line 2 has an anchor or an alias, which are not read: write it out."),
        ("a: *b", "has an anchor or an alias"),
        ("a: !!python/object/apply:os.system [ls]", "has a tag, which are not read."),
        ("a: !!binary aGVsbG8=", "has a tag"),
        ("a: 1\n---\nb: 2", "holds 2 documents, and one is expected."),
        ("", "holds 0 documents"),
        ("a: 1\na: 2", "line 2 has the key “a” twice in one mapping."),
        ("? [a, b]\n: c", "has a key that is no text"),
        ("~: c", "has a key that is no text"),
        ("a: [1", "is not well-formed YAML"),
        ("a: \x07", "is not well-formed YAML"),
        (b"a: \xff", "is not UTF-8 text."),
        ("[" * 100 + "]" * 100, "items are nested more than 64 deep."),
        ("words", "holds no items."),
    ],
)
def test_what_is_no_plain_yaml_is_refused_for_its_reason(content: str | bytes, reason: str) -> None:
    assert reason in refusal(content)


def test_a_file_without_items_where_they_should_be_is_refused() -> None:
    assert "holds no items under “a.b”." in refusal("a: {c: []}", YamlItems("a.b"))
    assert "holds no items under “a.b”." in refusal("a: [b]", YamlItems("a.b"))


def test_a_file_beyond_the_bound_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_items, "_MOST_BYTES", 1 << 20)
    text = b"a: " + b"x" * ((1 << 20) - 3)
    assert len(list(table(YamlItems(), text))) == 1
    assert "has more than 1 MiB" in refusal(text + b"x")


def test_the_bound_is_what_the_documents_say() -> None:
    assert yaml_items._MOST_BYTES == 32 << 20
    assert "up to 32 MiB" in (Path(__file__).parents[2] / "docs/formats.md").read_text()


def test_other_encodings_are_read_as_declared() -> None:
    [row] = table(YamlItems(), "a: é".encode("cp1252"), "cp1252")
    assert isinstance(row, Row)
    assert row.cells == {"a": "é"}


@given(st.binary() | st.text().map(str.encode))
@example(BOMB.encode())
@example(b"%YAML 9.9\n---\n")
@example(b"a: |2\n b")
@example(b"\xef\xbb\xbfa: 1")
@example(b"a: !<x> 1")
@example(b"%TAG ! tag:x,2000:\n--- !a 1")
def test_whatever_the_bytes_a_file_is_read_or_refused(content: bytes) -> None:
    with suppress(StructureError):
        for each in table(YamlItems(), content):
            assert isinstance(each, Row | tuple)
