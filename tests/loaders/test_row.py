"""A row hands out the values of its cells and keeps what was wrong with them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.values import calendar_date, code, gss, organisation_key, words


def test_a_required_value_is_read() -> None:
    assert Row(2, {"code": "E08000003"}).required("code", gss) == "E08000003"


@pytest.mark.parametrize("cells", [{"code": ""}, {}])
def test_a_required_cell_that_is_empty_leaves_the_record_out(cells: dict[str, str]) -> None:
    with pytest.raises(Fault) as caught:
        Row(2, cells).required("code", gss)
    fault = caught.value
    assert (fault.rule, fault.field) == ("missing-value", "code")
    assert fault.message == "The cell is empty, and every record needs it."


def test_a_required_cell_that_is_faulty_leaves_the_record_out_and_names_its_column() -> None:
    row = Row(2, {"code": "E0800003"})
    with pytest.raises(Fault, match="this has 8 characters") as caught:
        row.required("code", gss)
    fault = caught.value
    assert (fault.rule, fault.field, fault.value) == ("bad-code", "code", "E0800003")
    assert row.withheld == []
    assert row.read == []


def test_an_optional_value_is_read_or_absent() -> None:
    row = Row(2, {"within": "E47000001", "source": ""})
    assert row.optional("within", gss) == "E47000001"
    assert row.optional("source", words) is None
    assert row.optional("no such column", words) is None
    assert row.withheld == []


def test_an_optional_cell_that_is_faulty_is_withheld_with_its_column_and_text() -> None:
    row = Row(2, {"within": "Bury"})
    assert row.optional("within", gss) is None
    [fault] = row.withheld
    assert (fault.rule, fault.field, fault.value) == ("bad-code", "within", "Bury")
    assert fault.message.startswith("“Bury” is not a GSS code")
    assert row.read == []


def test_a_list_gives_its_values_without_the_space_around_them() -> None:
    row = Row(2, {"names": "TfGM; Transport for GM ;;  "})
    assert row.several("names", words) == ("TfGM", "Transport for GM")
    assert row.several("no such column", words) == ()
    assert row.withheld == []


def test_a_faulty_value_of_a_list_is_withheld_and_the_others_stay() -> None:
    row = Row(2, {"administers": "E08000001; Bury ; E08000003;E0800004"})
    assert row.several("administers", gss) == ("E08000001", "E08000003")
    assert [(fault.rule, fault.field, fault.value) for fault in row.withheld] == [
        ("bad-code", "administers", "Bury"),
        ("bad-code", "administers", "E0800004"),
    ]


def test_what_was_read_is_kept_with_its_column_and_nothing_else_is() -> None:
    row = Row(2, {"code": "E08000003", "within": "Bury", "names": "a; b", "note": "never asked"})
    row.required("code", gss)
    row.optional("within", gss)
    row.several("names", words)
    row.optional("source", words)
    assert row.read == [("code", "E08000003"), ("names", "a"), ("names", "b")]


UNPRINTABLE = [
    ("\x00", "U+0000"),
    ("\x07", "U+0007"),
    ("\x0b", "U+000B"),
    ("\x1b", "U+001B"),
    ("\x7f", "U+007F"),
    ("\x85", "U+0085"),
    ("\x92", "U+0092"),  # an apostrophe of Windows-1252 that somebody called Latin-1
    ("\ufffe", "U+FFFE"),
    ("\uffff", "U+FFFF"),
]


@pytest.mark.parametrize(("character", "name"), UNPRINTABLE)
def test_an_unprintable_character_in_a_required_cell_leaves_the_record_out(
    character: str, name: str
) -> None:
    cell = f"Bol{character}ton"
    row = Row(2, {"name": cell})
    with pytest.raises(Fault) as caught:
        row.required("name", words)
    fault = caught.value
    assert (fault.rule, fault.field, fault.value) == ("control-character", "name", cell)
    assert fault.message == f"The cell holds the unprintable character {name}."
    assert row.withheld == []


@pytest.mark.parametrize(("character", "name"), UNPRINTABLE)
def test_an_unprintable_character_in_an_optional_cell_withholds_it(
    character: str, name: str
) -> None:
    cell = f"a{character}b"
    row = Row(2, {"note": cell, "names": f"TfGM; {cell} ;Transport for GM"})
    assert row.optional("note", words) is None
    assert row.several("names", words) == ("TfGM", "Transport for GM")
    message = f"The cell holds the unprintable character {name}."
    assert [(each.rule, each.field, each.value, each.message) for each in row.withheld] == [
        ("control-character", "note", cell, message),
        ("control-character", "names", cell, message),
    ]


def test_a_cell_that_nobody_asks_for_may_hold_anything() -> None:
    row = Row(2, {"name": "Bolton", "ignored": "\x00\uffff"})
    assert row.required("name", words) == "Bolton"
    assert row.withheld == []


@pytest.mark.parametrize("cell", ["a\tb", "a\nb", "a\r\nb", "a\u00a0b", "«Ἀ» 🐝", "\ufffd"])
def test_white_space_and_letters_of_every_script_are_printable(cell: str) -> None:
    assert Row(2, {"note": cell}).optional("note", str) == cell


def test_the_column_of_a_value_is_the_one_it_was_read_from() -> None:
    row = Row(2, {"key": "GB-LAE-MAN", "founded": "1974-04-01", "note": "GB-LAE-MAN"})
    row.required("key", organisation_key)
    row.optional("founded", calendar_date)
    assert row.column_of("GB-LAE-MAN") == "key"  # nothing read the note
    assert row.column_of("1974-04-01") == "founded"
    assert row.column_of("GB-LAE-BUR") is None


def test_the_column_of_an_iri_is_the_one_of_the_code_that_ends_it() -> None:
    row = Row(2, {"wikidata": "Q2302252", "entity": "252"})
    row.required("wikidata", code)
    row.required("entity", code)
    assert row.column_of("http://www.wikidata.org/entity/Q2302252") == "wikidata"


def test_the_column_of_a_value_in_a_list_is_that_of_the_list() -> None:
    row = Row(2, {"administers": "E08000001; E08000002"})
    assert row.several("administers", gss) == ("E08000001", "E08000002")
    assert row.column_of("E08000001") == "administers"
    assert row.column_of("E08000002") == "administers"


ITEM: dict[str, object] = {
    "name": " Bins ",
    "count": 7,
    "price": Decimal("2.50"),
    "small": Decimal("1E-7"),
    "free": False,
    "open": True,
    "nothing": None,
    "tags": ["waste", " bins ", "", None, 3],
    "organisation": {"id": "GM-a", "place": {"code": "E0800001"}},
    "contacts": [{"title": "One"}, None, "Two", {"title": ""}, {"title": "Th\x07ree"}],
}


def told(faults: list[Fault]) -> list[tuple[str, str | None, str | None]]:
    """Rule, column and value of each fault."""
    return [(fault.rule, fault.field, fault.value) for fault in faults]


@pytest.mark.parametrize(
    ("column", "spelled"),
    [
        ("name", "Bins"),
        ("count", "7"),
        ("price", "2.50"),
        ("small", "0.0000001"),
        ("free", "false"),
        ("open", "true"),
        ("nothing", None),
        ("absent", None),
    ],
)
def test_a_member_of_an_item_is_spelled_as_a_cell_would_be(
    column: str, spelled: str | None
) -> None:
    row = Row(1, ITEM)
    assert row.optional(column, str) == spelled
    assert row.withheld == []


@pytest.mark.parametrize("column", ["tags", "organisation", "contacts"])
def test_a_list_or_an_item_is_no_single_value(column: str) -> None:
    row = Row(1, ITEM)
    assert row.optional(column, str) is None
    assert told(row.withheld) == [("unexpected-structure", column, None)]
    assert row.withheld[0].message == (
        "A single value is expected here, and this is a list or an item of several members."
    )
    with pytest.raises(Fault) as caught:
        row.required(column, str)
    assert (caught.value.rule, caught.value.field) == ("unexpected-structure", column)


@pytest.mark.parametrize("number", ["1E+999999999", "1E-999999999", "1E+101"])
def test_a_number_that_no_memory_could_spell_is_withheld(number: str) -> None:
    row = Row(1, {"count": Decimal(number), "counts": [Decimal(number), 1]})
    assert row.optional("count", str) is None
    assert row.several("counts", str) == ("1",)
    assert told(row.withheld) == [
        ("bad-number", "count", number),
        ("bad-number", "counts", number),
    ]


def test_a_list_of_its_own_needs_no_separator() -> None:
    row = Row(1, {**ITEM, "codes": ["E08000001", "Bury; Bolton", {"code": "E08000003"}]})
    assert row.several("tags", words) == ("waste", "bins", "3")
    assert row.several("codes", gss) == ("E08000001",)
    assert told(row.withheld) == [
        ("bad-code", "codes", "Bury; Bolton"),
        ("unexpected-structure", "codes", None),
    ]
    assert row.several("organisation", words) == ()
    assert told(row.withheld)[2:] == [("unexpected-structure", "organisation", None)]


def test_another_separator_may_divide_a_list() -> None:
    assert Row(1, {"names": "a;b, c"}).several("names", words, ",") == ("a;b", "c")


def test_what_an_item_holds_is_named_by_the_way_to_it() -> None:
    row = Row(3, ITEM)
    organisation = row.within("organisation")
    assert organisation is not None
    assert organisation.number == 3
    assert organisation.required("id", organisation_key) == "GM-a"
    place = organisation.within("place")
    assert place is not None
    assert place.optional("code", gss) is None
    with pytest.raises(Fault) as caught:
        place.required("name", words)
    assert caught.value.field == "organisation.place.name"
    place.note("out-of-scope", "So it is.", "kind", "x")
    place.withhold("bad-code", "So it is.", "code")
    assert told(row.withheld) == [
        ("bad-code", "organisation.place.code", "E0800001"),
        ("bad-code", "organisation.place.code", None),
    ]
    assert told(row.noted) == [("out-of-scope", "organisation.place.kind", "x")]
    assert row.read == [("organisation.id", "GM-a")]
    assert row.column_of("GM-a") == "organisation.id"


def test_the_items_of_a_list_are_counted_from_one() -> None:
    row = Row(1, ITEM)
    assert [each.optional("title", words) for each in row.each("contacts")] == ["One", None, None]
    assert told(row.withheld) == [
        ("unexpected-structure", "contacts", "Two"),
        ("control-character", "contacts[5].title", "Th\x07ree"),
    ]


def test_an_item_that_stands_alone_is_a_list_of_one() -> None:
    row = Row(1, ITEM)
    assert [each.optional("id", str) for each in row.each("organisation")] == ["GM-a"]
    assert row.each("nothing") == row.each("absent") == []
    assert (row.within("nothing"), row.within("absent")) == (None, None)
    assert row.withheld == []
    assert row.within("name") is None
    assert told(row.withheld) == [("unexpected-structure", "name", " Bins ")]


def test_a_single_value_in_place_of_an_item_is_told_no_longer_than_a_line() -> None:
    row = Row(1, {"contacts": ["x" * 5000]})
    assert row.each("contacts") == []
    assert told(row.withheld) == [("unexpected-structure", "contacts", "x" * 200)]


@pytest.mark.parametrize(
    ("value", "holds"),
    [("a", True), (0, True), (False, True), (["a"], True), ("", False), (None, False), ([], False)],
)
def test_a_column_has_something_or_nothing(value: object, holds: bool) -> None:
    assert Row(1, {"a": value}).has("a") is holds
    assert not Row(1, {}).has("a")


@pytest.mark.parametrize(
    ("text", "prose", "rules"),
    [
        ("Bins  are\nemptied.", "Bins are emptied.", []),
        ("<p>Bins</p><p>are&nbsp;emptied.</p>", "Bins are emptied.", ["html-in-text"]),
        ("a\x07b", "a b", []),
        ("a <b", "a <b", []),
        ("  ", None, []),
        ("<br>", None, ["html-in-text"]),
        ("\x00", None, []),
        (None, None, []),
        (7, "7", []),
        (True, "true", []),
    ],
)
def test_a_text_for_people_is_loaded_without_what_is_no_words(
    text: object, prose: str | None, rules: list[str]
) -> None:
    row = Row(1, {"notes": text})
    assert row.prose("notes") == prose
    assert [(fault.rule, fault.field) for fault in row.noted] == [(rule, "notes") for rule in rules]
    assert row.withheld == []


def test_a_list_is_no_text_for_people() -> None:
    row = Row(1, {"notes": ["a"]})
    assert row.prose("notes") is None
    assert told(row.withheld) == [("unexpected-structure", "notes", None)]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.decimals(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES.filter(lambda value: value not in (Decimal("inf"), Decimal("-inf"))))
def test_whatever_a_member_holds_it_is_read_or_told(value: object) -> None:
    row = Row(1, {"a": value})
    row.optional("a", words)
    row.several("a", words)
    row.prose("a")
    for inner in row.each("a"):
        inner.optional("a", words)
        inner.each("a")
    assert {fault.rule for fault in row.withheld} <= {
        "unexpected-structure",
        "control-character",
        "bad-number",
    }
