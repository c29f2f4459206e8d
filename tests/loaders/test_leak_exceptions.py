"""A reviewed exception lets one finding through, for one source, and is told when unneeded."""

from pathlib import Path

import pytest

from loaders.directory import DataDirectory, initialise
from loaders.errors import DeclarationError, ValidationError
from loaders.leak_exceptions import LeakException, prefixed, read_exceptions
from loaders.publish import publish
from loaders.source import declared_sources
from ontology.vocab import DCT
from tests.loaders.publishing import a_source, load
from tests.loaders.staged_turtle import BASE, stage_turtle

SET = '<id/dataset/a> a dcat:Dataset ; dct:title "Serial 9434765919" .'
EXCEPTION = {"thing": "id/dataset/a", "property": "dct:title", "reason": "A serial number."}


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataDirectory:
    monkeypatch.setattr("loaders.check.validate", lambda *_: [])
    made = initialise(tmp_path / "var")
    load(made, a_source(), "GB-LAE-AAA,Aston")
    return made


def declare(directory: DataDirectory, name: str, **exception: str) -> None:
    """Declare a source with one exception."""
    folder = directory.sources / name
    folder.mkdir(exist_ok=True)
    members = "\n".join(f'{key} = "{value}"' for key, value in exception.items())
    (folder / "source.toml").write_text(
        f'title = "{name}"\n[[files]]\nname = "a.csv"\nformat = "organisation-csv"\n'
        f"[[exceptions]]\n{members}\n"
    )


def test_an_exception_lets_through_what_it_names_and_the_manifest_keeps_it(
    directory: DataDirectory,
) -> None:
    stage_turtle(directory, "sets", SET)
    with pytest.raises(ValidationError, match=r"sets: .*id/dataset/a \(dct:title\): .* NHS"):
        publish(directory)
    declare(directory, "sets", **EXCEPTION)
    published = publish(directory)
    assert published.remarks == ()
    assert published.release.manifest.sources["sets"]["exceptions"] == [EXCEPTION]
    load(directory, a_source(), "GB-LAE-AAA,Aston", "GB-LAE-BBB,Barton")
    again = publish(directory)
    assert again.remarks == ()
    assert again.release.manifest.sources["sets"]["exceptions"] == [EXCEPTION]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("sets", {"property": "dct:description"}),
        ("sets", {"thing": "id/dataset/b"}),
        ("others", {}),
    ],
)
def test_an_exception_lets_nothing_else_through(
    directory: DataDirectory, name: str, change: dict[str, str]
) -> None:
    stage_turtle(directory, "sets", SET)
    declare(directory, name, **{**EXCEPTION, **change})
    with pytest.raises(ValidationError):
        publish(directory)


def test_an_exception_of_nothing_is_told(directory: DataDirectory) -> None:
    declare(directory, "sets", **EXCEPTION)
    stage_turtle(directory, "sets", SET.replace("9434765919", "1"))
    published = publish(directory)
    (remark,) = published.remarks
    assert remark.startswith("sets: nothing is found in id/dataset/a (dct:title)")
    assert "exceptions" not in published.release.manifest.sources["sets"]


def test_the_iri_of_a_thing_can_be_excepted(directory: DataDirectory) -> None:
    thing = "id/data-flow/a/9434765919"
    declare(directory, "flows", thing=thing, property="iri", reason="A serial number.")
    stage_turtle(directory, "flows", f'<{thing}> a gm:DataFlow ; dct:title "A" .')
    assert publish(directory).remarks == ()


@pytest.mark.parametrize(
    "tables",
    [
        {},
        ["a"],
        [{"thing": "a", "property": "dct:title"}],
        [{**EXCEPTION, "reason": " "}],
        [{**EXCEPTION, "reason": 1}],
        [{**EXCEPTION, "kind": "x"}],
        [{**EXCEPTION, "property": "title"}],
        [{**EXCEPTION, "property": "nobody:title"}],
        [EXCEPTION, {**EXCEPTION, "reason": "Another."}],
    ],
)
def test_a_wrong_exception_is_refused(tables: object) -> None:
    with pytest.raises(DeclarationError):
        read_exceptions(tables)


def test_exceptions_are_read_from_a_declaration(directory: DataDirectory) -> None:
    declare(directory, "sets", **EXCEPTION)
    source = declared_sources(directory.sources)["sets"]
    assert source.exceptions == (LeakException(**EXCEPTION),)
    assert source.exceptions[0].iri(BASE) == f"{BASE}id/dataset/a"
    assert prefixed(DCT.title) == "dct:title"
