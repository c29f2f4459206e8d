"""`gmkg query`, `describe` and `serve`: stdout is data, stderr is talk, 2 means wrong use."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.assets import Assets
from service.cli import main
from tests.service.conftest import BASE, read_graph

COUNCIL = f"{BASE}id/organisation/GB-LAE-MAN"
NAME = f"SELECT ?name {{ <{COUNCIL}> <http://www.w3.org/2004/02/skos/core#prefLabel> ?name }}"
CONSTRUCT = f"CONSTRUCT WHERE {{ <{COUNCIL}> ?p ?o }}"


def run(data: Path, *arguments: str, stdin: bytes = b"") -> Result:
    """What a command says and returns."""
    return CliRunner().invoke(main, [arguments[0], "--data", str(data), *arguments[1:]], stdin)


def names(result: Result) -> list[list[str]]:
    assert result.exit_code == 0, result.stderr
    return list(csv.reader(io.StringIO(result.stdout)))


def said(result: Result) -> str:
    """What a command that was refused says: a sentence on stderr, and nothing on stdout."""
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    return " ".join(result.stderr.split())


def test_a_query_is_its_text_a_file_or_what_comes_in(standing_data: Path, tmp_path: Path) -> None:
    file = tmp_path / "name.rq"
    file.write_text(NAME)
    expected = [["name"], ["Manchester City Council"]]
    assert names(run(standing_data, "query", NAME)) == expected
    assert names(run(standing_data, "query", str(file))) == expected
    assert names(run(standing_data, "query", "-", stdin=NAME.encode())) == expected


def test_a_query_may_be_longer_than_any_file_name(standing_data: Path) -> None:
    assert names(run(standing_data, "query", f"{NAME} # {'x' * 5000}"))[0] == ["name"]


def test_the_answer_comes_in_the_form_that_is_asked_for(standing_data: Path) -> None:
    answer = run(standing_data, "query", NAME, "--format", "json")
    assert json.loads(answer.stdout)["head"] == {"vars": ["name"]}
    turtle = run(standing_data, "query", CONSTRUCT).stdout_bytes
    triples = run(standing_data, "query", CONSTRUCT, "--format", "nt").stdout_bytes
    assert read_graph(turtle, "ttl").isomorphic(read_graph(triples, "nt"))


@pytest.mark.parametrize("text", ["", " \n", "-"])
def test_an_empty_query_is_wrong_use(standing_data: Path, text: str) -> None:
    result = run(standing_data, "query", text)
    assert "The query is empty." in said(result)
    assert result.exit_code == 2


def test_a_file_that_is_not_there_is_wrong_use_and_named(standing_data: Path) -> None:
    result = run(standing_data, "query", "missing.rq")
    assert "missing.rq: No such file or directory." in said(result)
    assert result.exit_code == 2


def test_a_query_that_is_not_utf_8_is_wrong_use(standing_data: Path, tmp_path: Path) -> None:
    file = tmp_path / "latin1.rq"
    file.write_bytes(b"ASK { ?s ?p 'caf\xe9' }")
    for result in (
        run(standing_data, "query", str(file)),
        run(standing_data, "query", "-", stdin=file.read_bytes()),
    ):
        assert "is not UTF-8." in said(result)
        assert result.exit_code == 2


@pytest.mark.parametrize("query", ["SELECT * WHERE { ?s ?p }", "missing.txt", "SELECT \0"])
def test_a_query_that_is_not_sparql_is_refused_data(standing_data: Path, query: str) -> None:
    result = run(standing_data, "query", query)
    assert "SPARQL" in said(result)
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("command", "asked", "word"),
    [
        ("query", NAME, "sparkling"),
        ("query", NAME, "ttl"),
        ("query", CONSTRUCT, "csv"),
        ("describe", COUNCIL, "sparkling"),
        ("describe", COUNCIL, "csv"),
    ],
)
def test_a_format_that_there_is_not_is_wrong_use_and_told_which_there_are(
    standing_data: Path, command: str, asked: str, word: str
) -> None:
    result = run(standing_data, command, asked, "--format", word)
    assert "--format" in said(result)
    assert "json" in said(result)
    assert result.exit_code == 2


def test_a_description_is_printed(standing_data: Path) -> None:
    result = run(standing_data, "describe", COUNCIL, "--format", "nt")
    assert result.exit_code == 0
    assert len(read_graph(result.stdout_bytes, "nt")) > 5


@pytest.mark.parametrize("iri", ["", "not an iri", "organisation/GB-LAE-MAN"])
def test_what_is_no_iri_is_wrong_use(standing_data: Path, iri: str) -> None:
    result = run(standing_data, "describe", iri)
    assert "is no absolute IRI." in said(result)
    assert result.exit_code == 2


def test_an_iri_that_nobody_describes_is_told(standing_data: Path) -> None:
    result = run(standing_data, "describe", "urn:nobody")
    assert "Nothing is known of this." in said(result)
    assert result.exit_code == 1


@pytest.mark.parametrize(("command", "asked"), [("query", NAME), ("describe", COUNCIL)])
def test_a_release_of_another_base_is_wrong_use(
    standing_data: Path, command: str, asked: str
) -> None:
    result = run(standing_data, command, asked, "--base", "https://other.example.org/")
    assert f"but the data was made for {BASE}" in said(result)
    assert result.exit_code == 2
    assert run(standing_data, command, asked, "--base", BASE).exit_code == 0


@pytest.mark.parametrize("command", [("query", NAME), ("describe", COUNCIL), ("serve",)])
def test_a_release_that_is_broken_is_told_in_a_sentence(
    data: Path, command: tuple[str, ...]
) -> None:
    (data / "current" / "manifest.json").write_text("[]")
    free = ("--port", "0") if command == ("serve",) else ()
    result = run(data, *command, *free)
    assert "cannot be opened: its manifest does not say what it is" in said(result)
    assert result.exit_code == 1


def test_without_the_built_assets_serve_says_how_to_build_them(
    standing_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Assets.read.__func__, "__defaults__", (tmp_path,))  # type: ignore[attr-defined]
    result = run(standing_data, "serve", "--port", "0")
    assert "service/frontend/build_assets.py" in said(result)
    assert result.exit_code == 1
