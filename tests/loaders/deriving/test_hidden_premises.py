"""What is hidden makes no derived graph tell the public more: it may only make it tell less."""

from pathlib import Path

from loaders.audience import Audience
from loaders.directory import initialise
from loaders.pipeline import load_source
from loaders.publish import publish
from loaders.snapshot import opener_of
from loaders.source import declared_sources
from tests.loaders.staged_turtle import stage_turtle

SHIPPED = ("gm-bodies", "gm-datasets")
SCHEME = "https://w3id.org/greater-manchester/def/identifier-scheme/ods"
# A body that words of datasets mean and that has a code of another; and what a dataset lacks.
HIDDEN = f"""
    <id/organisation/GB-HID-1> a org:Organization ; dct:identifier "GB-HID-1" ;
        skos:prefLabel "Office for National Statistics"@en ;
        adms:identifier <.well-known/genid/hid/organisation/GB-HID-1/identifier/ods/R0A> .
    <.well-known/genid/hid/organisation/GB-HID-1/identifier/ods/R0A> a adms:Identifier ;
        skos:notation "R0A" ; gm:identifierScheme <{SCHEME}> .
    <id/dataset/gm-datasets/trafford-allotments> dct:conformsTo <https://standard.example/> ;
        dct:license <https://creativecommons.org/licenses/by/4.0/> ;
        dct:isPartOf <id/dataset/hid/1> .
    <id/dataset/hid/1> a dcat:Dataset, dcat:Resource, prov:Entity ; dct:identifier "1" ;
        dct:title "Allotments in Trafford"@en ; dct:publisher <id/organisation/GB-LAE-TRF> .
"""


def derived(folder: Path, hidden: str | None) -> dict[tuple[Audience, str], set[bytes]]:
    """The lines of each derived graph for each audience."""
    directory = initialise(folder / "var")
    for name in SHIPPED:
        source = declared_sources()[name]
        openers = {file.name: opener_of(file.place) for file in source.files if file.place}
        load_source(directory, source, openers)
    if hidden is not None:
        stage_turtle(directory, "hid", hidden, Audience.INTERNAL)
    release = publish(directory).release
    return {
        (audience, graph): set(release.quads_path(audience, graph).read_bytes().splitlines())
        for audience in Audience
        for graph in release.manifest.derived
    }


def test_the_public_is_told_no_more_where_something_is_hidden(tmp_path: Path) -> None:
    without, with_it = derived(tmp_path / "without", None), derived(tmp_path / "with", HIDDEN)
    for (audience, graph), lines in with_it.items():
        if audience is Audience.INTERNAL:
            assert lines - without[audience, graph], f"{graph}: what is hidden leads to nothing"
        else:
            assert lines <= without[audience, graph], graph
    silent = without[Audience.PUBLIC, "quality"] - with_it[Audience.PUBLIC, "quality"]
    assert silent
