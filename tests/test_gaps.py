"""Gaps go out as a workbook and come back filled in: through the commands and over HTTP."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from urllib.parse import urlencode

import pytest
from click.testing import Result
from flask.testing import FlaskClient
from openpyxl import Workbook
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from loaders.formats import FORMATS
from loaders.formats.reading.delimited import Delimited
from ontology.vocab import DCT, GM, ORG, RDF, SKOS
from queries.gap_fields import KINDS, GapKind
from queries.gap_rows import CHECK, GUIDE, LISTS, ORGANISATION, SHEET, THING, TITLE
from service.app import create_app
from service.settings import Settings
from service.token_file import TokenFile
from tests.gap_round import (
    ASSETS,
    HOLDER,
    answer,
    changed,
    declare,
    filled,
    gmkg,
    publish_all,
    put,
    rows_of,
)
from tests.service.conftest import ASSETS as STYLES
from tests.service.conftest import runner as runner  # the fixture
from tests.service.in_process_runner import InProcessRunner

BASE = "https://data.greatermanchester.example/"
PAGE = f"/gaps/{HOLDER}"
BOOK = f"{PAGE}.xlsx"
OF_ASSETS = f"{PAGE}/information-asset.xlsx"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with the made-up sources, for tests to copy."""
    path = tmp_path_factory.mktemp("published")
    publish_all(path)
    return path


@pytest.fixture
def data(published: Path, tmp_path: Path) -> Path:
    return Path(copytree(published, tmp_path / "data", symlinks=True))


@pytest.fixture
def client(data: Path, runner: InProcessRunner) -> FlaskClient:
    return create_app(Settings(data=data), runner, STYLES).test_client()


Get = Callable[[str], bytes]


@pytest.fixture
def get(data: Path, client: FlaskClient) -> Get:
    """What staff are sent."""
    staff = {"Authorization": f"Bearer {TokenFile(data).create('steward', 1, 'a test')[1]}"}

    def send(path: str) -> bytes:
        reply = client.get(path, headers={**staff, "Accept": "*/*"})
        assert reply.status_code == 200, reply.text
        return bytes(reply.data)

    return send


def issues(result: Result) -> list[tuple[int | None, str | None, str, str]]:
    """Row, field, rule and effect of each issue of a load."""
    assert result.exit_code == 0, result.output
    (load,) = json.loads(result.output)
    return [(each["row"], each["field"], each["rule"], each["effect"]) for each in load["issues"]]


def stated(data: Path) -> set[Quad]:
    """What the answers state in their own graph."""
    (file,) = (data / "staged").glob("exa-gaps.*.nq")
    graph = NamedNode(f"{BASE}graph/exa-gaps")
    return {each for each in parse(path=file, format=RdfFormat.N_QUADS) if each.graph_name == graph}


def quad(subject: str, predicate: str, value: str | Literal) -> Quad:
    """A statement of the answers; names of things are paths below `id/`."""
    told = NamedNode(value) if isinstance(value, str) else value
    graph = NamedNode(f"{BASE}graph/exa-gaps")
    return Quad(NamedNode(f"{BASE}id/{subject}"), NamedNode(predicate), told, graph)


def missing_owners(get: Get) -> set[str]:
    """The assets of which the question on ownership says that no owner is recorded."""
    asked = urlencode({"organisation": HOLDER})
    answered = json.loads(get(f"/queries/ownership-gaps.json?{asked}"))["results"]["bindings"]
    return {
        each["asset"]["value"].removeprefix(f"{BASE}id/{ASSETS}/")
        for each in answered
        if each["gap"]["value"] == "no owner is recorded"
    }


def test_the_gaps_go_out_come_back_and_are_fewer(data: Path, get: Get) -> None:
    assert missing_owners(get) == {"A-1", "A-3"}
    answers = filled(
        get(OF_ASSETS),
        A_1={"owner": "Head of Trees", "classification": "OFFICIAL", "next-review": "2027-01-02"},
        A_2={"legal-bases": "Public task, Article 6(1)(e); A6-1-c"},
    )
    labels = {each["title"]: each for each in rows_of(answers)}
    assert set(labels) == {'=HYPERLINK("https://bad.example","x")', "Allotments", "Trees"}
    assert issues(answer(data, one=answers)) == []
    post = f"post/{HOLDER}/head-of-trees"
    first, second = f"{ASSETS}/A-1", f"{ASSETS}/A-2"
    definitions = "https://w3id.org/greater-manchester/def"
    date = "http://www.w3.org/2001/XMLSchema#date"
    basis = "https://w3id.org/dpv#hasLegalBasis"
    assert stated(data) == {
        quad(first, GM.assetOwner, f"{BASE}id/{post}"),
        quad(first, GM.securityClassification, f"{definitions}/security-classification/OFFICIAL"),
        quad(first, GM.nextReview, Literal("2027-01-02", datatype=NamedNode(date))),
        quad(second, basis, f"{definitions}/legal-basis/A6-1-e"),
        quad(second, basis, f"{definitions}/legal-basis/A6-1-c"),
        quad(post, RDF.type, ORG.Post),
        quad(post, SKOS.prefLabel, Literal("Head of Trees", language="en")),
        quad(post, ORG.postIn, f"{BASE}id/organisation/{HOLDER}"),
    }
    assert gmkg(data, "publish").exit_code == 0
    assert missing_owners(get) == {"A-3"}
    again = {row[THING][-3:]: set(row) for row in rows_of(get(OF_ASSETS))}
    assert {"owner", "classification", "next-review"} <= again["A-1"]
    assert "legal-bases" in again["A-2"]


def test_a_further_round_is_a_further_file(data: Path, get: Get) -> None:
    first = filled(get(OF_ASSETS), A_1={"owner": "Head of Trees"})
    assert issues(answer(data, one=first)) == []
    assert gmkg(data, "publish").exit_code == 0
    second = filled(get(OF_ASSETS), A_1={"steward": "Tree Steward"})
    assert issues(answer(data, one=first, two=second)) == []
    terms = {each.predicate.value for each in stated(data) if str(each.subject).endswith("A-1>")}
    assert terms == {GM.assetOwner, GM.assetSteward}


def test_two_files_that_answer_otherwise_are_both_left_out(data: Path, get: Get) -> None:
    book = get(OF_ASSETS)
    one, two = (filled(book, A_1={"owner": each}) for each in ("Head of Trees", "Head of Parks"))
    loaded = answer(data, one=one, two=two)
    left_out = ("owner", "contradictory-values", "record left out")
    assert [each[1:] for each in issues(loaded)] == [left_out, left_out]
    for other in ("two", "one"):
        assert f" of {other}.xlsx gives another answer for the same thing" in loaded.output
    assert stated(data) == set()
    assert issues(answer(data, one=one, two=one)) == []


# One sound cell for each field, by kind; of every kind there is one thing that says nothing.
ANSWERS: dict[str, dict[str, str]] = {
    "dataset": {
        "description": "Where trees stand.",
        "licence": "https://licence.example/",
        "frequency": "Annual",
        "contact": "Trees team",
        "access": "Open to all",
    },
    "information-asset": {
        "description": "Where trees stand.",
        "owner": "Head of Trees",
        "steward": "Tree Steward",
        "custodian": "Tree Custodian",
        "personal-data": "Personal data",
        "legal-bases": "Public task",
        "classification": "OFFICIAL",
        "access": "Restricted",
        "retention-rule": f"{HOLDER}/R-1",
        "criticality": "high",
        "reviewed": "2026-01-02",
        "next-review": "2027-01-02",
    },
    "processing-activity": {
        "data-subjects": "children",
        "data-categories": "contact",
        "legal-bases": "A6-1-e",
        "retention-rule": f"{HOLDER}/R-1",
        "security": "Files are locked away.",
        "leaves-uk": "yes",
        "safeguard": "An addendum of the Commissioner.",
        "high-risk": "no",
        "privacy-notice": "https://exampleton.example/privacy",
        "public-summary": "Whom trees were given to.",
    },
    "agreement": {
        "benefit": "Trees are watered.",
        "from": "2026-01-02",
        "review": "2027-01-02",
        "status": "in-force",
        "signed": "yes",
        "privacy-notice": "https://exampleton.example/privacy",
        "public-summary": "Both know of trees.",
    },
    "system": {
        "description": "It knows trees.",
        "product": "TreeBase",
        "supplier": "Tree Firm",
        "hosted-in": "GBR",
        "status": "live",
        "criticality": "low",
        "contract-end": "2027-03-31",
    },
    "service": {
        "description": "A tree for every garden.",
        "status": "active",
        "page": "https://exampleton.example/trees",
    },
}


def sample(kind: GapKind) -> str:
    """A file of the kind's own format, with one thing of Exampleton that says nothing more."""
    cells = {
        kind.key: "k-1",
        **dict.fromkeys(kind.holder, HOLDER),
        **dict.fromkeys(kind.fillers, "Something"),
    }
    if kind.name == "agreement":
        cells["recipients"] = "GB-LAE-EXB"
    if not kind.holder:
        cells["publisher" if kind.name == "dataset" else "provider"] = HOLDER
    return f"{','.join(cells)}\n{','.join(cells.values())}\n"


def code_of(scheme: str, said: str) -> str:
    """What a person chooses: the cell as it stands, or the first of the list."""
    from queries.code_labels import code_labels

    labels = code_labels(scheme)
    return said if said in (*labels, *labels.values()) else next(iter(labels.values()))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_when_everything_is_filled_in_the_sheet_is_empty_and_says_so(
    kind: GapKind, data: Path, client: FlaskClient
) -> None:
    assert {each.column for each in kind.fields} == set(ANSWERS[kind.name])
    declare(data, "sample", kind.format, {"sample.csv": sample(kind).encode()}, "public")
    staff = {"Authorization": f"Bearer {TokenFile(data).create('steward', 1, '')[1]}"}
    loaded = gmkg(data, "load", "sample", "--strict")
    assert loaded.exit_code == 0, loaded.output
    assert gmkg(data, "publish").exit_code == 0
    books: dict[str, bytes] = {}
    for number in range(3):  # some fields are asked for once others are answered
        book = client.get(f"{PAGE}/{kind.name}.xlsx", headers=staff).data
        ours = [row for row in rows_of(book) if row[THING].endswith("/k-1")]
        if not ours:
            break
        (row,) = ours
        cells = {
            each.column: code_of(each.scheme, said) if each.scheme else said
            for each in kind.fields
            if (said := ANSWERS[kind.name][each.column]) and each.column not in row
        }
        if number == 0:
            cells = {
                name: said
                for name, said in cells.items()
                if (field := kind.field(name)) is not None and field.where is None
            }
        books[f"round-{number}"] = filled(book, k_1=cells)
        assert issues(answer(data, **books)) == []
        assert gmkg(data, "publish").exit_code == 0
    else:
        pytest.fail("gaps were left")
    left = [each for each in rows_of(book) if each[THING].endswith("/k-1")]
    assert left == []
    assert not any(
        each.predicate.value in (RDF.type, DCT.title) and str(each.subject).endswith("/k-1>")
        for each in stated(data)
    )


def test_a_workbook_without_gaps_says_so(data: Path, get: Get) -> None:
    from service.gap_finding import KindGaps
    from service.gap_workbook import write_workbook

    book = write_workbook((KindGaps(KINDS["service"], 3, 0, ()),), "Exampleton", "2026-01-02")
    assert rows_of(book) == []
    import openpyxl

    read = openpyxl.load_workbook(io.BytesIO(book))
    assert read[SHEET]["A1"].value == "Nothing is missing: all that is asked is recorded."
    told = "Nothing is missing: 3 services were looked at, and all that is asked is recorded."
    assert read[GUIDE]["A2"].value == told
    assert issues(answer(data, empty=book)) == []


@pytest.mark.parametrize("path", [BOOK, *(f"{PAGE}/{kind}.xlsx" for kind in KINDS)])
def test_an_untouched_workbook_loads_nothing(data: Path, get: Get, path: str) -> None:
    assert issues(answer(data, untouched=get(path))) == []
    assert stated(data) == set()


def test_nothing_in_a_workbook_is_hidden_or_worked_out(get: Get) -> None:
    content = get(BOOK)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = {name: archive.read(name) for name in archive.namelist() if "sheets/" in name}
    assert len(sheets) == 3
    assert not any(b"<f>" in each or b"<f " in each for each in sheets.values())
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == [GUIDE, SHEET, LISTS]
    assert {each.sheet_state for each in book} == {"visible"}
    risky = [
        cell for row in book[SHEET].iter_rows() for cell in row if str(cell.value).startswith("=")
    ]
    assert [(each.data_type, each.quotePrefix) for each in risky] == [("s", True)]


def test_cells_with_codes_have_lists_and_alone_can_be_filled_in(get: Get) -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(get(OF_ASSETS)))
    sheet = book[SHEET]
    header = [each.value for each in sheet[2]]
    assert header[:5] == ["thing", "kind", "organisation", "title", "visible-to"]
    fields = [each.column for each in KINDS["information-asset"].fields]
    assert header[5:] == [*fields, CHECK]
    # The rows are in the order of their titles.
    levels = header.index("personal-data") + 1
    assert [sheet.cell(row, levels).protection.locked for row in (3, 4, 5)] == [False, True, True]
    (listed,) = (
        each
        for each in sheet.data_validations.dataValidation
        if each.promptTitle == "personal-data"
    )
    assert (listed.type, str(listed.sqref)) == ("list", f"{sheet.cell(3, levels).coordinate}")
    _, _, place = listed.formula1.partition("!")
    offered = {cell.value for (cell,) in book[LISTS][place.replace("$", "")]}
    assert offered == {
        "Criminal offence data",
        "No personal data",
        "Personal data",
        "Special category data",
    }


def test_a_basis_is_asked_of_personal_data_alone(get: Get) -> None:
    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(get(OF_ASSETS)))[SHEET]
    bases = [each.value for each in sheet[2]].index("legal-bases") + 1
    # A-3 does not say whether it holds any, A-2 does, A-1 says that it holds none.
    assert [sheet.cell(row, bases).protection.locked for row in (3, 4, 5)] == [True, False, True]


WITHHELD, LEFT_OUT = "value withheld", "record left out"
FAULTS = [
    ("owner", "jane.smith@exampleton.example", "owner", "contact-of-a-person", WITHHELD),
    ("personal-data", "a little", "personal-data", "unknown-category", WITHHELD),
    ("next-review", "2/1/2027", "next-review", "bad-date", WITHHELD),
    ("retention-rule", "six years", "retention-rule", "bad-code", WITHHELD),
    ("classification", "SECRET", "classification", "above-official", LEFT_OUT),
    (TITLE, "Other trees", TITLE, "unknown-reference", LEFT_OUT),
    (ORGANISATION, "GB-LAE-EXB", ORGANISATION, "unknown-organisation", LEFT_OUT),
    (THING, f"{ASSETS}/A-9", THING, "unknown-reference", LEFT_OUT),
    ("kind", "dataset", THING, "unknown-reference", LEFT_OUT),
    ("kind", "tree", "kind", "unknown-category", LEFT_OUT),
    ("visible-to", None, THING, "unknown-reference", LEFT_OUT),
    (CHECK, None, CHECK, "unknown-reference", LEFT_OUT),
    ("owner", "tbc", "owner", "nothing-said", WITHHELD),
    ("steward", " Not known ", "steward", "nothing-said", WITHHELD),
    ("description", "?", "description", "nothing-said", WITHHELD),
    ("criticality", "N/A", "criticality", "nothing-said", WITHHELD),
    (CHECK, "gaps-1 0123456789ab", THING, "unknown-reference", LEFT_OUT),
]


@pytest.mark.parametrize(("column", "value", "field", "rule", "effect"), FAULTS)
def test_a_faulty_cell_is_named_and_the_others_are_loaded(
    data: Path, get: Get, column: str, value: str | None, field: str, rule: str, effect: str
) -> None:
    sound = {"custodian": "Tree Custodian"} if column != "custodian" else {}

    def fill(book: Workbook) -> None:
        put(book[SHEET], "A-2", "custodian", "Head of Allotments")
        for name, cell in sound.items():
            put(book[SHEET], "A-3", name, cell)
        put(book[SHEET], "A-3", column, value)

    told = issues(answer(data, faulty=changed(get(OF_ASSETS), fill)))
    if column == TITLE:
        field = THING
    assert (3, field, rule, effect) in told
    assert {each[0] for each in told} == {3}
    subjects = {str(each.subject) for each in stated(data)}
    assert f"<{BASE}id/{ASSETS}/A-2>" in subjects
    assert (f"<{BASE}id/{ASSETS}/A-3>" in subjects) is (effect == WITHHELD)


def test_what_was_recorded_and_is_changed_or_emptied_is_told_and_stays(
    data: Path, get: Get
) -> None:
    answers = filled(
        get(OF_ASSETS),
        A_2={"owner": "Head of Gardens", "classification": None, "steward": "Plot Steward"},
    )
    assert issues(answer(data, one=answers)) == [
        (4, "classification", "contradictory-values", WITHHELD),
        (4, "owner", "contradictory-values", WITHHELD),
    ]
    terms = {each.predicate.value for each in stated(data) if str(each.subject).endswith("A-2>")}
    assert terms == {GM.assetSteward}


def test_of_an_asset_that_turns_out_to_be_secret_nothing_is_loaded_or_told(
    data: Path, get: Get
) -> None:
    answers = filled(
        get(OF_ASSETS),
        A_2={"owner": "Head of Gardens", "classification": "SECRET", "steward": "Plot Steward"},
    )
    told = answer(data, one=answers)
    assert issues(told) == [(4, "classification", "above-official", LEFT_OUT)]
    assert "Gardens" not in told.output
    assert stated(data) == set()


def test_what_nobody_asked_for_is_told(data: Path, get: Get) -> None:
    told = issues(answer(data, one=filled(get(BOOK), trees={"owner": "Head of Trees"})))
    assert told == [(3, "owner", "unexpected-structure", WITHHELD)]
    assert stated(data) == set()


def test_a_source_that_does_not_say_whose_gaps_it_answers_loads_nothing(
    data: Path, get: Get
) -> None:
    declare(data, "exa-gaps", "gap-workbook", {"one.xlsx": get(OF_ASSETS)})
    told = issues(gmkg(data, "load", "exa-gaps", "--json"))
    assert set(told) == {(row, ORGANISATION, "unknown-organisation", LEFT_OUT) for row in (3, 4, 5)}


def hide_sheet(book: Workbook) -> None:
    book[LISTS].sheet_state = "hidden"


def hide_row(book: Workbook) -> None:
    book[SHEET].row_dimensions[4].hidden = True


@pytest.mark.parametrize("change", [hide_sheet, hide_row])
def test_a_workbook_with_anything_hidden_is_refused(
    data: Path, get: Get, change: Callable[[Workbook], None]
) -> None:
    result = answer(data, hidden=changed(get(BOOK), change))
    assert result.exit_code == 1
    assert "hidden" in result.output


def test_answers_keep_nothing_alive_that_its_own_source_dropped(data: Path, get: Get) -> None:
    answers = filled(get(OF_ASSETS), A_1={"criticality": "Critical"})
    assert issues(answer(data, one=answers)) == []
    assert gmkg(data, "publish").exit_code == 0
    folder = data / "sources" / "exa-assets"
    rows = (folder / "exa-assets.csv").read_text().splitlines(keepends=True)
    (folder / "exa-assets.csv").write_text("".join(row for row in rows if ",A-1," not in row))
    declaration = folder / "source.toml"
    declaration.write_text(f'things-may-end = "It was cut down."\n{declaration.read_text()}')
    assert gmkg(data, "load", "exa-assets").exit_code == 0
    assert gmkg(data, "publish").exit_code == 0
    things = {row[THING] for row in rows_of(get(OF_ASSETS))}
    assert things == {f"{ASSETS}/A-2", f"{ASSETS}/A-3"}
    asked = urlencode({"query": f"ASK {{ <{BASE}id/{ASSETS}/A-1> a ?type }}"})
    assert json.loads(get(f"/sparql?{asked}"))["boolean"] is False


PATHS = [PAGE, BOOK, OF_ASSETS, "/gaps/GB-LAE-NONE", "/gaps/GB-LAE-NONE.xlsx", f"{PAGE}/tree.xlsx"]


@pytest.mark.parametrize("path", PATHS)
def test_who_does_not_see_everything_is_told_the_same_of_all_addresses(
    data: Path, client: FlaskClient, path: str
) -> None:
    partner = TokenFile(data).create("partner", 1, "")[1]
    for headers, status in (({}, 401), ({"Authorization": f"Bearer {partner}"}, 403)):
        reply = client.get(path, headers=headers)
        assert reply.status_code == status
        told = reply.get_json(force=True)
        assert told["title"] == "What is not recorded is told to staff alone."
        assert reply.headers["WWW-Authenticate"].startswith('Bearer realm="gmkg"')
        assert "Trees" not in reply.text


@pytest.mark.parametrize("path", [*PATHS[3:], f"{PAGE}/dataset", f"{PAGE}/dataset.csv", "/gaps/x"])
def test_what_does_not_exist_is_not_found(data: Path, client: FlaskClient, path: str) -> None:
    staff = TokenFile(data).create("steward", 1, "")[1]
    reply = client.get(path, headers={"Authorization": f"Bearer {staff}"})
    assert reply.status_code == 404


def test_the_page_says_what_is_missing_and_leads_to_the_workbooks(get: Get) -> None:
    page = get(PAGE).decode()
    assert "What Exampleton Council has not recorded" in page
    assert f'href="{BOOK}"' in page
    assert f'href="{OF_ASSETS}"' in page
    assert f'href="{PAGE}/dataset.xlsx"' in page
    assert f'href="{PAGE}/system.xlsx"' not in page
    assert "Bins" not in page


def test_the_page_of_the_organisation_leads_there_for_staff_alone(
    client: FlaskClient, get: Get
) -> None:
    path = f"/doc/organisation/{HOLDER}.html"
    assert f'href="{PAGE}"' in get(path).decode()
    assert PAGE not in client.get(path).text


def test_the_fields_are_columns_of_the_formats_of_their_kinds() -> None:
    for kind in KINDS.values():
        layout = FORMATS[kind.format].layout
        assert isinstance(layout, Delimited)
        assert set(layout.columns.required) == {kind.key, *kind.holder, *kind.fillers}
        assert {each.column for each in kind.fields} <= set(layout.columns.optional)
        assert kind.narrows == ("visible-to" in layout.columns.optional)
