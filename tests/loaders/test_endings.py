"""`endings.csv`: what it says, and what is wrong with it, told by file, row and field."""

from pathlib import Path

import pytest

from loaders.directory import DataDirectory, initialise
from loaders.endings import Ending, EndingRow, State, read_endings, rows_of
from loaders.errors import EndingsError
from tests.loaders.publishing import BASE

HEAD = "iri,state,successor,reason"
ID = f"{BASE}id/organisation/"


def read(path: Path, *lines: str, head: str = HEAD) -> dict[str, EndingRow]:
    """What a file of these lines says."""
    path.write_text("\n".join((head, *lines)) + "\n")
    return read_endings(path, BASE)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "endings.csv"


def test_each_line_says_how_one_iri_ended(file: Path) -> None:
    found = read(
        file,
        f"{ID}A,gone,,It closed.",
        f"{ID}B,merged,{ID}A2,It went into the other.",
        "",
        f'id/organisation/C,split,{ID}A2 | https://elsewhere.example/b ,"Two,  of one."',
        f"{ID}D,current,,It is the same under a new name.",
    )
    assert found == {
        f"{ID}A": EndingRow(f"{ID}A", Ending(State.GONE, "It closed."), "endings.csv, row 2"),
        f"{ID}B": EndingRow(
            f"{ID}B",
            Ending(State.MERGED, "It went into the other.", (f"{ID}A2",)),
            "endings.csv, row 3",
        ),
        f"{ID}C": EndingRow(
            f"{ID}C",
            Ending(State.SPLIT, "Two, of one.", (f"{ID}A2", "https://elsewhere.example/b")),
            "endings.csv, row 5",
        ),
        f"{ID}D": EndingRow(
            f"{ID}D",
            Ending(State.CURRENT, "It is the same under a new name."),
            "endings.csv, row 6",
        ),
    }


def test_a_spreadsheet_may_have_written_it_in_another_order(file: Path) -> None:
    file.write_bytes(f"\ufeffReason,State,IRI,Successor\r\nIt closed.,gone,{ID}A,\r\n".encode())
    assert read_endings(file, BASE)[f"{ID}A"].ending == Ending(State.GONE, "It closed.")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("https://x.example/A,gone,,Why", "row 2, iri: “https://x.example/A” is no IRI of a thing"),
        (f"{BASE}doc/organisation/A,gone,,Why", "row 2, iri: .* Write one that begins with"),
        (f"{ID}A b,gone,,Why", "row 2, iri: "),
        (f"{ID}A,ended,,Why", "row 2, state: “ended” is no state. Write one of current, gone,"),
        (f"{ID}A,gone,,", "row 2, reason: it is empty. Say in a sentence"),
        (f"{ID}A,gone,,Ask jane.smith@exampleton.example", "row 2, reason: it may hold an e-mail"),
        (f"{ID}A,gone,,Ring 07700 900123", "row 2, reason: it may hold a telephone number"),
        (f"{ID}A,gone,,{'x' * 501}", "row 2, reason: .* at most 500 characters. Shorten it"),
        (f"{ID}A,gone,,a\u0007b", "row 2, reason: it is to be plain text"),
        (f"{ID}A,gone,{ID}B,Why", "row 2, successor: what is gone has none. Leave it empty, or"),
        (f"{ID}A,current,{ID}B,Why", "row 2, successor: what is current has none"),
        (f"{ID}A,merged,,Why", "row 2, successor: what is merged has one successor, not 0"),
        (f"{ID}A,merged,{ID}B | {ID}C,Why", "has one successor, not 2. Name it, or write split"),
        (f"{ID}A,split,{ID}B,Why", "two successors or more, not 1. Name them, or write merged"),
        (f"{ID}A,split,{ID}B|{ID}B,Why", "row 2, successor: it names one IRI twice"),
        (f"{ID}A,merged,{ID}A,Why", "row 2, successor: it names the IRI itself"),
        (f"{ID}A,merged,the other one,Why", "row 2, successor: “the other one” is no IRI"),
        (f"{ID}A,merged,mailto:a@b.example,Why", "row 2, successor: .* is no IRI"),
        (
            f"{ID}A,merged,https://x.example/jane.smith@exampleton.example,Why",
            "row 2, successor: it holds an e-mail address",
        ),
        (f"{ID}A,gone,,Why, then", "row 2: it has 5 cells, and the head has 4. Put a reason"),
        (f'{ID}A,gone,,"Why', "row 2: it is no CSV"),
        (f"{ID}A,gone,,Why\n{ID}A,gone,,Why", r"row 3, iri: .* has a line already \(endings.csv,"),
    ],
)
def test_a_faulty_line_is_told_by_file_row_and_field(file: Path, line: str, told: str) -> None:
    with pytest.raises(EndingsError, match=rf"endings\.csv, .*{told}"):
        read(file, line)


def test_all_faults_are_told_and_the_good_lines_with_them_are_not(file: Path) -> None:
    with pytest.raises(EndingsError) as refused:
        read(file, f"{ID}A,ended,,", f"{ID}B,gone,,Why", f"{ID}C,gone,,")
    told = str(refused.value).splitlines()[1:]
    assert [line.split(":")[0].strip() for line in told] == [
        "endings.csv, row 2, state",
        "endings.csv, row 2, reason",
        "endings.csv, row 4, reason",
    ]


def test_of_many_faults_the_first_twenty_are_told(file: Path) -> None:
    with pytest.raises(EndingsError, match="and 5 more like these") as refused:
        read(file, *(f"{ID}{n},gone,," for n in range(25)))
    assert str(refused.value).count("row ") == 20


@pytest.mark.parametrize("head", ["iri,state,reason", f"{HEAD},note", "iri,iri,state,reason", ""])
def test_other_columns_are_refused(file: Path, head: str) -> None:
    with pytest.raises(EndingsError, match="row 1: the columns are iri, state, successor, reason"):
        read(file, head=head)


def test_what_is_not_utf_8_is_refused(file: Path) -> None:
    file.write_bytes(f"{HEAD}\n{ID}A,gone,,Caf\u00e9\n".encode("cp1252"))
    with pytest.raises(EndingsError, match=r"endings\.csv is not UTF-8: save it as"):
        read_endings(file, BASE)


def test_a_further_file_adds_to_the_directory_s_and_contradicts_it_not(tmp_path: Path) -> None:
    directory: DataDirectory = initialise(tmp_path / "var")
    further = tmp_path / "more.csv"
    assert rows_of(directory) == {}
    (directory.path / "endings.csv").write_text(f"{HEAD}\n{ID}A,gone,,It closed.\n")
    further.write_text(f"{HEAD}\n{ID}A,gone,,It closed.\n{ID}B,gone,,It closed.\n")
    assert rows_of(directory).keys() == {f"{ID}A"}
    assert rows_of(directory, further).keys() == {f"{ID}A", f"{ID}B"}
    further.write_text(f"{HEAD}\n{ID}A,gone,,Another reason.\n")
    with pytest.raises(EndingsError, match=r"more.csv, row 2, iri: .* in endings.csv, row 2"):
        rows_of(directory, further)
