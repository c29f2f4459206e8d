"""A row hands out the values of its cells and keeps what was wrong with them."""

import pytest

from loaders.formats.row import Row
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
