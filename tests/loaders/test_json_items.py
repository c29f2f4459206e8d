"""The items of a JSON feed become rows, one by one, however its documents hold them."""

import json
import tracemalloc
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loaders.errors import StructureError
from loaders.formats.reading.content import Content
from loaders.formats.reading.json_items import JsonItems
from loaders.formats.reading.row import Row
from loaders.formats.reading.table import Unreadable
from loaders.issues import Fault
from loaders.values import words
from tests.loaders.conftest import in_memory

ITEMS = JsonItems("result.results", "result", "result.count")
FLAT = JsonItems("items")


def read(
    content: str | bytes, layout: JsonItems = ITEMS, encoding: str | None = None
) -> tuple[list[Row | Unreadable], list[Fault]]:
    """What stands in a feed."""
    table = layout.read(in_memory(content, encoding))
    return list(table), table.remarks


def items(
    content: str | bytes, layout: JsonItems = ITEMS, encoding: str | None = None
) -> list[tuple[int, object]]:
    """The sound items of a feed: number and members."""
    rows, _ = read(content, layout, encoding)
    return [(row.number, row.cells) for row in rows if isinstance(row, Row)]


def told(faults: list[Fault]) -> list[tuple[str, str | None, str | None, str]]:
    return [(each.rule, each.field, each.value, each.message) for each in faults]


def page(*results: object, count: object = None) -> str:
    """A document with a list of items in its envelope."""
    counted = {"count": count} if count is not None else {}
    return json.dumps(
        {"help": ["words", {"results": [0]}], "result": {**counted, "results": results}}
    )


def test_items_are_counted_from_one_and_keep_what_they_hold() -> None:
    item = {"name": "é\n", "tags": [{"name": "a"}, []], "none": None, "on": True}
    assert items(page(item, {})) == [(1, item), (2, {})]


def test_numbers_keep_every_digit() -> None:
    content = '{"items": [{"code": 7000000000018821123, "x": 2.50, "y": 1e2, "z": -0.0}]}'
    [(_, cells)] = items(content, FLAT)
    assert cells == {
        "code": 7000000000018821123,
        "x": Decimal("2.50"),
        "y": Decimal("1e2"),
        "z": Decimal("-0.0"),
    }
    [row] = read(content, FLAT)[0]
    assert isinstance(row, Row)
    assert row.optional("x", words) == "2.50"


@pytest.mark.parametrize("between", ["", "\n", " \r\n\t"])
def test_the_pages_of_a_feed_are_read_as_one(between: str) -> None:
    feed = page({"n": 1}, {"n": 2}) + between + page() + between + page({"n": 3})
    assert items(feed) == [(1, {"n": 1}), (2, {"n": 2}), (3, {"n": 3})]


def test_a_document_may_hold_one_item_alone() -> None:
    feed = '{"result": {"n": 1}}\n{"help": "", "result": {"n": 2, "tags": []}}'
    assert items(feed) == [(1, {"n": 1}), (2, {"n": 2, "tags": []})]
    assert items('{"n": 1}{"n": 2}', FLAT) == [(1, {"n": 1}), (2, {"n": 2})]


@pytest.mark.parametrize("layout", [ITEMS, FLAT])
def test_a_document_may_be_a_bare_list(layout: JsonItems) -> None:
    assert items('[{"n": 1}, {"n": 2}]\n[{"n": 3}]', layout) == [
        (1, {"n": 1}),
        (2, {"n": 2}),
        (3, {"n": 3}),
    ]
    assert read("[]", layout) == ([], [])


def test_pages_of_several_kinds_may_follow_one_another() -> None:
    feed = page({"n": 1}) + '{"result": {"n": 2}}' + '[{"n": 3}]'
    assert items(feed) == [(1, {"n": 1}), (2, {"n": 2}), (3, {"n": 3})]


def test_only_the_list_at_its_place_is_the_list() -> None:
    assert items('{"items": [{"items": [{"n": 1}]}], "more": {"items": [{"n": 2}]}}', FLAT) == [
        (1, {"items": [{"n": 1}]})
    ]
    assert items('{"a": {"items": [1]}, "n": 1}', FLAT) == [(1, {"a": {"items": [1]}, "n": 1})]
    assert items('{"result.results": [{"n": 1}], "result": {"n": 2}}') == [(1, {"n": 2})]
    assert items('{"a": [{"items": [7]}], "items": [{"n": 1}]}', FLAT) == [(1, {"n": 1})]
    assert items('{"a": [[{"items": [7]}]], "items": [{"n": 1}]}', FLAT) == [(1, {"n": 1})]


def test_what_is_no_item_is_told_and_the_items_beside_it_are_kept() -> None:
    rows, remarks = read(page({"n": 1}, 7, "x" * 500, [{"n": 2}], None, {"n": 3}))
    assert [row.number for row in rows if isinstance(row, Row)] == [1, 6]
    told = [row for row in rows if not isinstance(row, Row)]
    assert [(number, fault.rule, fault.value) for number, fault in told] == [
        (2, "unexpected-structure", "7"),
        (3, "unexpected-structure", "x" * 200),
        (4, "unexpected-structure", "[{'n': 2}]"),
        (5, "unexpected-structure", "None"),
    ]
    assert told[0][1].message == (
        "An item with members of its own is expected, and this is a single value."
    )
    assert remarks == []


@pytest.mark.parametrize("count", [2, "2", 2.0])
def test_a_total_that_is_true_is_not_remarked_upon(count: object) -> None:
    assert read(page({}, {}, count=count))[1] == []
    assert read(page({}, count=count) + page({}, count=count))[1] == []
    assert read('{"result": {"count": 7}}')[1] == []  # an item of its own


@pytest.mark.parametrize("count", [3, "many", 0, -1, 1.5])
def test_a_total_that_is_not_true_is_noted(count: object) -> None:
    rows, remarks = read(page({}, count=9) + page({}, count=count))
    assert len(rows) == 2
    assert told(remarks) == [
        (
            "lying-total",
            "result.count",
            str(count),
            f"The feed says that it has {count} items, and 2 were read.",
        )
    ]


def test_a_member_that_the_format_does_not_know_is_noted_once() -> None:
    layout = JsonItems("items", known=frozenset({"n"}))
    _, remarks = read('{"items": [{"n": 1, "b": 2}, {"b": 3, "a": 4}], "c": 5}', layout)
    assert told(remarks) == [
        ("unknown-column", name, None, "The format does not know this member.")
        for name in ("b", "a")
    ]


@pytest.mark.parametrize(
    ("comment", "remarked"),
    [
        ("// saved from a.example\n", True),
        ("\n// a\r\n\n//b\n\n", True),
        ("  // a\n", True),
        ("//" + "x" * 50_000 + "\n", True),
        ("\n\t \r\n", False),
        ("", False),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_lines_of_comment_before_the_items_are_passed_over_and_noted(
    comment: str, remarked: bool, encoding: str
) -> None:
    rows, remarks = read((comment + page({"n": 1}, {"n": "é"})).encode(encoding))
    assert [row.cells for row in rows if isinstance(row, Row)] == [{"n": 1}, {"n": "é"}]
    found = [(each.rule, each.message) for each in remarks]
    assert (("comment-lines", "Lines of comment stand before the JSON.") in found) is remarked


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "cp1252"])
def test_items_are_read_in_every_encoding_that_is_shown_or_declared(encoding: str) -> None:
    feed = '{"items": [' + ", ".join(['{"n": "café “a”"}'] * 5000) + "]}"
    found = items(feed.encode(encoding), FLAT, encoding)
    assert [cells for _, cells in found] == [{"n": "café “a”"}] * 5000


@pytest.mark.parametrize(
    ("content", "detail"),
    [
        ("", "the file is empty: it holds no JSON."),
        (" \n", "the file is empty: it holds no JSON."),
        ("// nothing\n", "the file is empty: it holds no JSON."),
        (b"\xef\xbb\xbf", "the file is empty: it holds no JSON."),
        ("{}", "holds no list under “result.results”, nor an item under “result”."),
        ('{"result": 7}', "holds no list under “result.results”, nor an item under “result”."),
        ('{"result": []}', "holds no list under “result.results”, nor an item under “result”."),
        ("7", "holds no list under “result.results”, nor an item under “result”."),
        ('"a" "b"', "holds no list under “result.results”, nor an item under “result”."),
        (
            page({}) + '{"error": "busy"}',
            "holds no list under “result.results”, nor an item under “result”.",
        ),
        ("<html></html>", "is not well-formed JSON (lexical error: invalid char in json text)."),
        (page({})[:-1], "is not well-formed JSON after 1 items (parse error: premature EOF)."),
        (
            '[{"n": 1}, {"n": 2}, {"n": NaN}]',
            "is not well-formed JSON after 2 items (lexical error: invalid char in json text).",
        ),
        (
            b'[{"n": "caf\xe9"}]',
            "is not UTF-8 text; if the file is written in another encoding, declare it, such as "
            "encoding = “cp1252”.",
        ),
        (
            b'[{"n": 1}, {"n": "caf\xe9 society"}]',
            "is not UTF-8 text after 1 items; if the file is written in another encoding, declare "
            "it, such as encoding = “cp1252”.",
        ),
        ('[{"n": ' + "9" * 5000 + "}]", "holds a number of 1000 digits or more."),
        ('[{"n": "a", "m": ' + "1" * 1000 + ".5}]", "holds a number of 1000 digits or more."),
        ("[" + " " * 16_000 + "9" * 5000 + "]", "holds a number of 1000 digits or more."),
        ("[" * 65 + "]" * 65, "items are nested more than 64 deep."),
        ("[" * 500_000, "items are nested more than 64 deep."),
        ('{"a":' * 500_000, "items are nested more than 64 deep."),
        (b"\x1f\x8b\x08", "this is compressed: unpack it first."),
        (b"PK\x03\x04", "this is an Excel workbook or an archive: save it as CSV."),
    ],
)
def test_what_is_no_such_feed_is_refused_in_words(content: str | bytes, detail: str) -> None:
    with pytest.raises(StructureError) as caught:
        read(content)
    assert (caught.value.file, caught.value.detail) == ("given.csv", detail)


def test_an_item_alone_that_is_none_is_told_from_a_feed_without_one() -> None:
    with pytest.raises(StructureError) as caught:
        read("{}", FLAT)
    assert caught.value.detail == "holds no list under “items”, and is no item."


def test_numbers_and_depths_below_the_bounds_are_read() -> None:
    deep = "[" * 62 + "]" * 62
    content = '{"items": [{"n": ' + "9" * 999 + ', "m": ' + "8" * 999 + "}]}" + f"[[{deep}]]"
    assert items(content, FLAT)[0] == (1, {"n": int("9" * 999), "m": int("8" * 999)})


@pytest.mark.parametrize("number", ["1e999999999", "-1E-999999999"])
def test_a_number_that_no_memory_could_spell_is_withheld_and_its_item_kept(number: str) -> None:
    [row] = read(f'[{{"n": {number}, "m": 1}}]')[0]
    assert isinstance(row, Row)
    assert row.optional("n", words) is None
    assert row.optional("m", words) == "1"
    assert [fault.rule for fault in row.withheld] == ["bad-number"]


def test_a_number_that_python_cannot_hold_is_refused() -> None:
    with pytest.raises(StructureError, match="is not well-formed JSON after 1 items"):
        read('[{"n": 1}, {"n": 1e99999999999999999999999}]')


def test_items_before_a_fault_are_read_as_they_are_asked_for() -> None:
    rows = iter(ITEMS.read(in_memory(page({"n": 1}, {"n": 2})[:-3] + "?")))
    assert [next(rows), next(rows)] == [Row(1, {"n": 1}), Row(2, {"n": 2})]
    with pytest.raises(StructureError, match="after 2 items"):
        next(rows)


def test_a_feed_is_never_whole_in_memory(tmp_path: Path) -> None:
    feed = tmp_path / "feed.json"
    feed.write_text(page(*({"n": number, "s": "x" * 200} for number in range(8000))))
    tracemalloc.start()
    try:
        assert sum(1 for _ in ITEMS.read(Content("feed.json", feed))) == 8000
        assert tracemalloc.get_traced_memory()[1] * 4 < feed.stat().st_size
    finally:
        tracemalloc.stop()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.lists(st.lists(st.dictionaries(st.text(), JSON, max_size=4)), max_size=4))
def test_items_come_back_as_they_were_written(pages: list[list[dict[str, object]]]) -> None:
    written = "\n".join(page(*each) for each in [*pages, []])
    every = [item for each in pages for item in each]
    assert items(written) == list(enumerate(every, 1))


@given(st.lists(JSON, max_size=4), st.lists(JSON, max_size=4))
def test_whatever_stands_beside_it_a_good_item_is_read_alike(
    before: list[object], after: list[object]
) -> None:
    good = {"name": "Bins", "tags": ["a"]}
    rows, _ = read(page(*before, good, *after))
    assert len(rows) == len(before) + 1 + len(after)
    assert rows[len(before)] == Row(len(before) + 1, good)


@given(st.binary(), st.sampled_from([None, "cp1252", "utf-16", "utf-7"]))
@example(b'"\\ud800"', None)
@example(b'[{"\\udc00": "\\ud800"}]', None)
@example(b"[" + b"9" * 5000, None)
@example(b"1e9999999999999999999", None)
@example(b"-", None)
def test_whatever_the_bytes_a_feed_is_read_or_refused(content: bytes, declared: str | None) -> None:
    for start in (b"", b'{"result": {"results": [{"n": 1}', b"// \n", b'[{"a": '):
        with suppress(StructureError):
            for row in read(start + content, ITEMS, declared)[0]:
                if isinstance(row, Row):
                    row.optional("n", words)
                    row.each("a")


def test_a_page_whose_list_is_null_has_no_items() -> None:
    rows, remarks = read('{"result": {"results": null, "count": 0}}')
    assert (list(rows), list(remarks)) == ([], [])
