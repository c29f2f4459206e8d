"""What was found wrong with data, as a file, read back."""

import csv
import json
from html.parser import HTMLParser
from pathlib import Path

import pyshacl
import pytest
from click.testing import CliRunner
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, SH, XSD

import ontology
from loaders.cli import check
from loaders.directory import initialise
from loaders.validation import Result, validate
from loaders.validation_reports import plainly, write_report
from tests.loaders.shapes.made import lines_of
from tests.ontology.conftest import read

BASE = "https://data.greatermanchester.example/"
THING = f"{BASE}id/organisation/GB-LAE-XMP"
SHAPE = "https://w3id.org/greater-manchester/def/shapes#OrganisationKey"
PATTERN = str(SH.PatternConstraintComponent)
NAMED = Result(
    "councils",
    THING,
    "http://purl.org/dc/terms/identifier",
    SHAPE,
    "Violation",
    "A key must be one.",
    '"=1+\\"<b>\\u0009\\n</b>\\""@en',
    PATTERN,
)
BARE = Result("councils", THING, None, SHAPE, "Warning", "+ Say “more”, & better.")
BOTH = [NAMED, BARE]


class Cells(HTMLParser):
    """The cells of a page's rows, its links and the names of its elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.links: list[str | None] = []
        self.names: set[str] = set()
        self.text = ""
        self._in_cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self._in_cell = True
        if tag == "a":
            self.links.append(dict(attrs)["href"])

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._in_cell = False

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._in_cell:
            self.rows[-1][-1] += data


@pytest.mark.parametrize(("ending", "format_"), [("ttl", "turtle"), ("NT", "nt")])
def test_as_rdf_it_is_a_validation_report_without_blank_nodes(
    tmp_path: Path, ending: str, format_: str
) -> None:
    path = tmp_path / f"report.{ending}"
    write_report(path, BOTH, BASE)
    graph = Graph().parse(path, format=format_)
    [report] = graph.subjects(RDF.type, SH.ValidationReport)
    assert str(report).startswith(f"{BASE}.well-known/genid/validation-report/")
    assert graph.value(report, SH.conforms) == Literal(False)
    nodes = sorted(graph.objects(report, SH.result), key=str)
    assert nodes == [URIRef(f"{report}/1"), URIRef(f"{report}/2")]
    assert {
        (name, value) for name, value in graph.predicate_objects(nodes[0]) if name != RDF.type
    } == {
        (SH.focusNode, URIRef(THING)),
        (SH.resultPath, DCTERMS.identifier),
        (SH.sourceShape, URIRef(SHAPE)),
        (SH.sourceConstraintComponent, SH.PatternConstraintComponent),
        (SH.resultSeverity, SH.Violation),
        (SH.resultMessage, Literal("A key must be one.", lang="en")),
        (SH.value, Literal('=1+"<b>\t\n</b>"', lang="en")),
        (DCTERMS.source, URIRef(f"{BASE}graph/councils")),
    }
    assert not [each for triple in graph for each in triple if isinstance(each, BNode)]


def test_a_report_is_valid_by_the_standards_own_terms(tmp_path: Path) -> None:
    """SHACL, section 3.6: what each result has exactly once. Real results, of real shapes."""
    invalid = [name for name in ontology.examples() if "/invalid-" in name][:40]
    results = validate("tests", lines_of(*map(ontology.turtle, invalid)))
    path = tmp_path / "report.ttl"
    write_report(path, results, BASE)
    graph = Graph().parse(path)
    nodes = set(graph.subjects(RDF.type, SH.ValidationResult))
    assert len(nodes) == len(results) > 0
    for node in nodes:
        for once in (
            SH.focusNode,
            SH.resultSeverity,
            SH.sourceConstraintComponent,
            SH.sourceShape,
            SH.resultMessage,
        ):
            assert len(list(graph.objects(node, once))) == 1
    _, expected, _ = pyshacl.validate(
        Graph().parse(
            data=b"".join(
                line.rpartition(b" <")[0] + b" .\n"
                for line in lines_of(*map(ontology.turtle, invalid))
            ),
            format="nt",
        ),
        shacl_graph=read(*ontology.shapes()),
    )
    assert isinstance(expected, Graph)
    components = sorted(map(str, graph.objects(None, SH.sourceConstraintComponent)))
    wanted = expected.objects(None, SH.sourceConstraintComponent)
    assert components == sorted(map(str, wanted))


def test_where_nothing_was_found_the_data_conform(tmp_path: Path) -> None:
    for ending in ("nt", "ttl", "html", "csv"):
        write_report(tmp_path / f"report.{ending}", [], BASE)
    graph = Graph().parse(tmp_path / "report.ttl")
    assert set(graph.objects(None, SH.conforms)) == {Literal(True, datatype=XSD.boolean)}
    assert set(graph.objects(None, SH.result)) == set()
    assert "Nothing was found." in Cells((tmp_path / "report.html").read_text()).text
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == 1


def test_as_a_table_it_has_one_row_for_each_result_and_no_formulas(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    write_report(path, BOTH, BASE)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows == [
        {
            "source": "councils",
            "thing": THING,
            "property": "http://purl.org/dc/terms/identifier",
            "shape": SHAPE,
            "severity": "Violation",
            "message": "A key must be one.",
            "value": '\'=1+"<b>\t\n</b>"',
        },
        {
            "source": "councils",
            "thing": THING,
            "property": "",
            "shape": SHAPE,
            "severity": "Warning",
            "message": "'+ Say “more”, & better.",
            "value": "",
        },
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_whatever_a_spreadsheet_would_work_out_is_text(tmp_path: Path, start: str) -> None:
    path = tmp_path / "report.csv"
    write_report(path, [Result("=s", THING, None, SHAPE, "Warning", f"{start}1")], BASE)
    with path.open(encoding="utf-8-sig", newline="") as file:
        [_, row] = csv.reader(file)
    assert (row[0], row[5]) == ("'=s", f"'{start}1")


def test_as_a_page_it_says_the_same_and_markup_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(path, BOTH, BASE)
    page = Cells(path.read_text(encoding="utf-8"))
    assert "1 to mend before publishing, 1 remarks: 2 in councils." in page.text
    assert page.rows[1:] == [
        [
            "councils",
            THING,
            "http://purl.org/dc/terms/identifier",
            SHAPE,
            "Violation",
            "A key must be one.",
            '=1+"<b>  </b>"',
        ],
        ["councils", THING, "", SHAPE, "Warning", "+ Say “more”, & better.", ""],
    ]
    assert page.names.isdisjoint({"b", "script", "link", "img"})


def test_only_web_addresses_become_links(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    odd = Result("s", "javascript:alert(1)", None, SHAPE, "Warning", "m", "<javascript:alert(1)>")
    write_report(path, [odd], BASE)
    assert Cells(path.read_text()).links == [SHAPE]


def test_a_page_shows_so_many_and_counts_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(path, [BARE] * 10_003, BASE)
    page = Cells(path.read_text())
    assert len(page.rows) == 10_001
    assert "3 more are not shown. A report in CSV has them all." in page.text


def test_the_same_results_make_the_same_bytes(tmp_path: Path) -> None:
    for ending in ("nt", "ttl", "html", "csv"):
        first, second = tmp_path / f"1.{ending}", tmp_path / f"2.{ending}"
        write_report(first, BOTH, BASE)
        write_report(second, list(BOTH), BASE)
        assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize(
    ("spelled", "plain"),
    [
        (None, ""),
        ('"a\\nb"@en', "a\nb"),
        ('"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>', "1.5"),
        ("<https://a.example/>", "https://a.example/"),
        ("_:b1", "_:b1"),
    ],
)
def test_a_value_for_people_is_its_text(spelled: str | None, plain: str) -> None:
    assert plainly(spelled) == plain


def run_check(data: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(check, ["--data", str(data), *arguments])
    return done.exit_code, done.output


def test_the_command_writes_the_report(tmp_path: Path) -> None:
    data = tmp_path / "var"
    initialise(data, BASE)
    path = tmp_path / "report.ttl"
    assert run_check(data, "--report", str(path))[0] == 0
    assert len(Graph().parse(path)) == 2
    status, told = run_check(data, "--report", str(tmp_path / "report.pdf"))
    assert (status, ".ttl, .nt, .html, .csv" in told) == (2, True)
    status, told = run_check(data, "--json", "--report", str(path))
    assert (status, json.loads(told)) == (0, [])


def test_what_is_not_checked_has_no_report(tmp_path: Path) -> None:
    data = tmp_path / "open"
    initialise(data, BASE, is_open=True)
    path = tmp_path / "report.csv"
    status, told = run_check(data, "--report", str(path))
    assert status == 2
    assert "not checked" in told
    assert not path.exists()
