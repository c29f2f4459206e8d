"""The rows that state a thing stand with their source, and nowhere else on its page."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from ontology.vocab import DCT, GM, PROV, RDF, SKOS, XSD
from service.app import create_app
from service.assets import Assets
from service.description import describe
from service.pages.dates import Moment
from service.pages.origins import Origin, Origins
from service.pages.thing import DescriptionView, view_description
from service.rows import row_of
from service.settings import Settings
from service.store import Release, Releases
from tests.service.conftest import BASE, publish
from tests.service.conftest_pages import page
from tests.service.in_process_runner import InProcessRunner

THING = f"{BASE}id/organisation/GB-LAE-A"
SNAPSHOT = f"{BASE}.well-known/genid/bodies/snapshot/bodies.csv/20260301T090000Z"
GRAPH, PROVENANCE = f"{BASE}graph/bodies", f"{BASE}graph/provenance"


def quad(subject: str, predicate: str, value: str | Literal, graph: str) -> Quad:
    term = value if isinstance(value, Literal) else NamedNode(value)
    return Quad(NamedNode(subject), NamedNode(predicate), term, NamedNode(graph))


def origins(*rows: str) -> list[Quad]:
    return [quad(THING, PROV.wasDerivedFrom, f"{SNAPSHOT}#{row}", PROVENANCE) for row in rows]


def release_of(folder: Path, *more: Quad) -> Release:
    said = [
        quad(THING, RDF.type, f"{BASE}def/Body", GRAPH),
        quad(THING, SKOS.prefLabel, Literal("A", language="en"), GRAPH),
        quad(GRAPH, DCT.title, Literal("The bodies", language="en"), PROVENANCE),
        quad(SNAPSHOT, RDF.type, GM.Snapshot, PROVENANCE),
        quad(SNAPSHOT, DCT.title, Literal("bodies.csv"), PROVENANCE),
        quad(
            SNAPSHOT,
            PROV.generatedAtTime,
            Literal("2026-03-01T09:00:00Z", datatype=NamedNode(XSD.dateTime)),
            PROVENANCE,
        ),
    ]
    publish(folder, "20260302T030405Z-00000002", [*said, *more])
    return Releases(folder).current()


def view(release: Release) -> DescriptionView:
    return view_description(release, describe(release, THING))


def shown(row: str, fragment: str) -> Origin:
    loaded = Moment("2026-03-01T09:00:00Z", "1 March 2026, 09:00 UTC")
    return Origin(f"{SNAPSHOT}#{fragment}", row, "bodies.csv", loaded)


def test_the_rows_of_a_thing_stand_with_their_source(tmp_path: Path) -> None:
    shown_page = view(release_of(tmp_path, *origins("row=12", "row=3")))
    assert shown_page.origins == {
        GRAPH: Origins((shown("row 3", "row=3"), shown("row 12", "row=12")), 0)
    }
    assert [source.title for source in shown_page.sources] == ["The bodies"]
    assert not shown_page.tagged
    labels = [each.property.iri for group in shown_page.groups for each in group.properties]
    assert PROV.wasDerivedFrom not in labels
    assert shown_page.complete


def test_many_rows_are_counted_and_do_not_cut_the_page_short(tmp_path: Path) -> None:
    shown_page = view(release_of(tmp_path, *origins(*(f"row={n}" for n in range(2, 3002)))))
    assert [each.row for each in shown_page.origins[GRAPH].shown] == [
        f"row {n}" for n in range(2, 7)
    ]
    assert shown_page.origins[GRAPH].more == 2995
    assert shown_page.complete


def test_what_a_thing_was_made_from_otherwise_is_shown_as_ever(tmp_path: Path) -> None:
    made_from = quad(THING, PROV.wasDerivedFrom, f"{BASE}id/strategy/s", GRAPH)
    shown_page = view(release_of(tmp_path, made_from))
    assert shown_page.origins == {}
    values = [
        value.iri
        for group in shown_page.groups
        for each in group.properties
        if each.property.iri == PROV.wasDerivedFrom
        for value in each.values
    ]
    assert values == [f"{BASE}id/strategy/s"]


def test_a_row_is_called_by_its_number_and_its_file(tmp_path: Path) -> None:
    labels = release_of(tmp_path, *origins("row=12")).labels
    assert labels.of(f"{SNAPSHOT}#row=12") == "row 12 of bodies.csv"
    assert labels.of(f"{SNAPSHOT}#item=4") == "item 4 of bodies.csv"
    assert labels.of(f"{SNAPSHOT}-other#row=12") == f"{SNAPSHOT}-other#row=12"


@pytest.mark.parametrize(
    ("iri", "row"),
    [
        (f"{SNAPSHOT}#row=2", (SNAPSHOT, "row 2")),
        (f"{SNAPSHOT}#item=2", (SNAPSHOT, "item 2")),
        (f"{SNAPSHOT}#sheet=All%20%231&row=2", (SNAPSHOT, "row 2 of the sheet “All #1”")),
        (SNAPSHOT, None),
        (f"{SNAPSHOT}#row=x", None),
        (f"{SNAPSHOT}#row=2&more", None),
        ("https://other.example/table.csv#row=2", None),
    ],
)
def test_a_row_is_known_by_its_fragment(iri: str, row: tuple[str, str] | None) -> None:
    assert row_of(iri) == row


def test_the_page_names_the_row_its_file_and_its_load(
    tmp_path: Path, runner: InProcessRunner
) -> None:
    release_of(tmp_path, *origins(*(f"row={n}" for n in range(2, 9))))
    client = create_app(Settings(data=tmp_path), runner, Assets.read()).test_client()
    root = page(client, "/doc/organisation/GB-LAE-A")
    told = [" ".join(each.text.split()) for each in root.all(class_="gm-origin")]
    assert told == [
        *(f"Stated by row {n} of bodies.csv, loaded 1 March 2026, 09:00 UTC" for n in range(2, 7)),
        "and by 2 more",
    ]
    assert f"{SNAPSHOT}#row=2" not in root.text


def test_the_document_as_data_has_the_rows(tmp_path: Path, runner: InProcessRunner) -> None:
    release_of(tmp_path, *origins("row=12"))
    client = create_app(Settings(data=tmp_path), runner, Assets.read()).test_client()
    answer = client.get(
        "/doc/organisation/GB-LAE-A", headers={"Accept": "application/n-triples"}
    ).text
    assert f"<{THING}> <{PROV.wasDerivedFrom}> <{SNAPSHOT}#row=12> ." in answer.splitlines()
    snapshot = client.get(SNAPSHOT.removeprefix(BASE.rstrip("/")), follow_redirects=True)
    assert snapshot.status_code == 200
