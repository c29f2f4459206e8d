"""What a source made up is marked as such, thing by thing, and the source itself."""

from dataclasses import replace
from pathlib import Path

import pytest

from loaders.directory import DataDirectory
from loaders.errors import DeclarationError
from loaders.illustrative import marked
from loaders.quads import Quad, boolean, plain
from loaders.source import read_declaration
from ontology.vocab import DCT, GM, RDF
from tests.loaders.conftest import BASE, MINT, LoadFile, one_file, quads_of, read, staged_lines

DATASETS = b"key,title,publisher,areas,contact\nbins,Bins,GM-a,E08000003,Waste team\n"
GRAPH = f"{BASE}graph/given"
TRUE = boolean(True)


def declaration(folder: Path, line: str) -> Path:
    given = folder / "given"
    given.mkdir(exist_ok=True)
    files = '[[files]]\nname = "a.csv"\nformat = "area-csv"\n'
    (given / "source.toml").write_text(f'title = "A"\n{line}\n{files}')
    return given


@pytest.mark.parametrize(
    ("line", "illustrative"),
    [("", False), ("illustrative = false", False), ("illustrative = true", True)],
)
def test_a_source_says_that_it_is_illustrative(
    tmp_path: Path, line: str, illustrative: bool
) -> None:
    assert read_declaration(declaration(tmp_path, line)).illustrative is illustrative


@pytest.mark.parametrize(("value", "shown"), [('"yes"', "'yes'"), ("1", "1"), ("[]", "[]")])
def test_that_is_said_by_true_or_false(tmp_path: Path, value: str, shown: str) -> None:
    with pytest.raises(DeclarationError) as caught:
        read_declaration(declaration(tmp_path, f"illustrative = {value}"))
    assert str(caught.value) == (
        f"given/source.toml: “illustrative” is true or false, not {shown}."
    )


def test_things_of_an_illustrative_source_are_marked_and_nothing_else_is() -> None:
    plainly = one_file("dataset-csv")
    without = read(plainly, DATASETS).quads
    with_marks = read(replace(plainly, illustrative=True), DATASETS).quads
    assert GM.isIllustrative not in {quad.predicate for quad in without}
    assert set(with_marks) - set(without) == {
        Quad(f"{BASE}id/dataset/given/bins", GM.isIllustrative, TRUE, GRAPH)
    }
    # A real area is mentioned, a body is referred to, and a contact is part of the dataset.
    assert f"{BASE}id/area/E08000003" in {quad.subject for quad in with_marks}


def test_only_what_is_typed_is_marked() -> None:
    thing, other = MINT.thing("service", "given", "x"), "https://other.example/id/x"
    quads = [
        Quad(thing, DCT.title, plain("A"), GRAPH),
        Quad(other, RDF.type, GM.Service, GRAPH),
    ]
    assert list(marked(quads, MINT)) == quads
    typed = Quad(thing, RDF.type, GM.Service, GRAPH)
    assert list(marked([typed], MINT)) == [typed, Quad(thing, GM.isIllustrative, TRUE, GRAPH)]


def test_an_illustrative_source_is_described_as_such_and_loaded_anew(
    directory: DataDirectory, load_file: LoadFile
) -> None:
    plainly = one_file("dataset-csv")
    first = load_file(plainly, DATASETS)
    said = Quad(GRAPH, GM.isIllustrative, TRUE, f"{BASE}graph/provenance")
    assert said not in quads_of(staged_lines(directory, first))
    second = load_file(replace(plainly, illustrative=True), DATASETS)
    assert said in quads_of(staged_lines(directory, second))
    assert first.load.inputs != second.load.inputs
