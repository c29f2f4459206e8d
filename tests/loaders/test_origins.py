"""Each described thing leads to the row that states it, the first that said it as it is."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from loaders.audience import Audience
from loaders.claims import Place
from loaders.directory import DataDirectory
from loaders.earlier import without
from loaders.formats import find_format
from loaders.formats.reading.delimited import Columns
from loaders.formats.reading.workbook import Workbook
from loaders.origins import OriginLines, fragment
from loaders.publish import publish
from loaders.quads import Quad
from loaders.release import Release
from loaders.source import SourceFile
from ontology.vocab import DCT, GM, PROV, RDF
from tests.loaders.conftest import BASE, MINT, LoadFile, one_file, quads_of, staged_lines
from tests.loaders.publishing import a_source, load
from tests.loaders.workbooks import made, saved

ORIGINS = OriginLines.of(MINT)
GENID = f"{BASE}.well-known/genid/"
THING = f"{BASE}id/organisation/"


def provenance(lines: Iterable[bytes]) -> list[Quad]:
    return [quad for quad in quads_of(lines) if quad.graph == f"{BASE}graph/provenance"]


def origins(lines: Iterable[bytes]) -> dict[str, set[str]]:
    """The rows of each thing: the time that names the load, and the fragment."""
    found: dict[str, set[str]] = {}
    for quad in provenance(lines):
        if quad.predicate == PROV.wasDerivedFrom:
            assert isinstance(quad.object, str)
            assert quad.object.startswith(GENID)
            told = quad.object.rpartition("/")[2]
            found.setdefault(quad.subject.removeprefix(THING), set()).add(told)
    return found


def rows(lines: Iterable[bytes]) -> dict[str, set[str]]:
    """The fragments of the rows of each thing."""
    return {
        thing: {each.partition("#")[2] for each in told} for thing, told in origins(lines).items()
    }


def loads(lines: Iterable[bytes]) -> dict[str, set[str]]:
    """The times that name the loads of the rows of each thing."""
    return {
        thing: {each.partition("#")[0] for each in told} for thing, told in origins(lines).items()
    }


def objects(lines: Iterable[bytes], subject: str, predicate: str) -> set[str]:
    return {
        quad.object if isinstance(quad.object, str) else quad.object.lexical
        for quad in provenance(lines)
        if (quad.subject, quad.predicate) == (subject, predicate)
    }


def public_lines(release: Release, source: str = "councils") -> list[bytes]:
    return release.quads_path(Audience.PUBLIC, source).read_bytes().splitlines(keepends=True)


@pytest.mark.parametrize(
    ("unit", "number", "sheet", "expected"),
    [
        ("row", 12, "", "row=12"),
        ("item", 1, "", "item=1"),
        ("row", 7, "Sheet 1", "sheet=Sheet%201&row=7"),
        ("row", 7, "a&b#c", "sheet=a%26b%23c&row=7"),
    ],
)
def test_a_fragment_names_a_row_of_a_file(
    unit: str, number: int, sheet: str, expected: str
) -> None:
    assert fragment(unit, number, sheet) == expected


def test_things_have_origins_and_parts_and_mentions_have_none() -> None:
    graph, other = MINT.graph("given"), "https://other.example/it"
    part = MINT.part("given", "place", "x", "address")
    quads = [
        Quad(MINT.thing("place", "x"), GM.purpose, part, graph),
        Quad(part, RDF.type, GM.Source, graph),
        Quad(other, RDF.type, GM.Source, graph),
        Quad("https://mention.example/it", GM.purpose, other, graph),
    ]
    lines = ORIGINS.lines(quads, "https://x.example/s#row=2")
    assert {quad.subject for quad in quads_of(lines)} == {MINT.thing("place", "x"), other}
    assert {(quad.predicate, quad.object, quad.graph) for quad in quads_of(lines)} == {
        (PROV.wasDerivedFrom, "https://x.example/s#row=2", MINT.graph("provenance"))
    }
    assert {ORIGINS.place(line, {b"https://x.example/s": 3}) for line in lines} == {Place(3, 2)}
    assert {ORIGINS.place(line, {}) for line in lines} == {None}


def test_the_header_of_a_table_is_its_first_row(
    directory: DataDirectory, load_file: LoadFile
) -> None:
    content = b"key,name,type\nGB-LAE-A,A,MD\nGB-LAE-B,B,MD\n"
    loaded = load_file(one_file("organisation-csv"), content)
    lines = staged_lines(directory, loaded)
    assert rows(lines) == {"GB-LAE-A": {"row=2"}, "GB-LAE-B": {"row=3"}}


def test_rows_that_say_one_thing_are_its_origins_all_of_them(
    directory: DataDirectory, load_file: LoadFile
) -> None:
    content = b"key,name,type\nGB-LAE-A,A,MD\nGB-LAE-B,B,MD\nGB-LAE-A,A,MD\n"
    loaded = load_file(one_file("organisation-csv"), content)
    assert rows(staged_lines(directory, loaded))["GB-LAE-A"] == {"row=2", "row=4"}


def test_what_is_left_out_has_no_origin(directory: DataDirectory, load_file: LoadFile) -> None:
    loaded = load_file(
        one_file("organisation-csv"), b"key,name,type\nGB-LAE-A,,MD\nGB-LAE-B,B,MD\n"
    )
    assert rows(staged_lines(directory, loaded)) == {"GB-LAE-B": {"row=3"}}


def test_of_a_workbook_the_sheet_is_named(directory: DataDirectory, load_file: LoadFile) -> None:
    layout = Workbook(Columns(required=("key", "name", "type"), optional=()))
    form = replace(find_format("organisation-csv"), layout=layout)
    source = one_file("organisation-csv")
    source = replace(source, files=(replace(source.files[0], format=form),))
    book, _ = made(("key", "name", "type"), ("GB-LAE-A", "A", "MD"), name="All bodies")
    loaded = load_file(source, saved(book))
    assert rows(staged_lines(directory, loaded)) == {"GB-LAE-A": {"sheet=All%20bodies&row=2"}}


def test_a_snapshot_says_when_it_was_taken_under_which_licence_and_from_where(
    directory: DataDirectory,
) -> None:
    file = SourceFile(
        "organisations.csv",
        find_format("organisation-csv"),
        None,
        0,
        url="https://publisher.example/organisations",
    )
    source = replace(a_source(), files=(file,))
    loaded = load(directory, source, "GB-LAE-A,A")
    lines = staged_lines(directory, loaded)
    [node] = objects(lines, MINT.graph("councils"), PROV.hadPrimarySource)
    assert objects(lines, node, DCT.source) == {"https://publisher.example/organisations"}
    assert objects(lines, node, DCT.license) == {source.licence}
    assert objects(lines, node, PROV.generatedAtTime) == {
        loaded.load.started.replace("+00:00", "Z")
    }
    given = staged_lines(directory, load(directory, a_source(), "GB-LAE-A,A"))
    [node] = objects(given, MINT.graph("councils"), PROV.hadPrimarySource)
    assert not objects(given, node, DCT.source)


def test_what_stays_keeps_the_origin_of_the_published_load_that_first_said_it(
    directory: DataDirectory,
) -> None:
    first = load(directory, a_source(), "GB-LAE-A,A", "GB-LAE-B,B")
    [before] = set.union(*loads(staged_lines(directory, first)).values())
    publish(directory)
    second = load(directory, a_source(), "GB-LAE-C,C", "GB-LAE-A,A", "GB-LAE-B,Bee")
    lines = staged_lines(directory, second)
    found = origins(lines)
    [now] = loads(lines)["GB-LAE-C"]
    assert now > before
    assert found == {
        "GB-LAE-C": {f"{now}#row=2"},
        "GB-LAE-A": {f"{before}#row=2"},
        "GB-LAE-B": {f"{now}#row=4"},
    }
    snapshot = f"{GENID}councils/snapshot/organisations.csv/"
    assert objects(lines, snapshot + before, GM.sha256) == {first.load.files[0]["sha256"]}
    assert objects(lines, f"{GENID}councils/load/{now}", PROV.wasInformedBy) == {
        f"{GENID}councils/load/{before}"
    }
    assert objects(lines, f"{GENID}councils/load/{before}", PROV.used) == {snapshot + before}
    assert objects(lines, f"{GENID}councils/load/{before}", GM.recordsIn) == {"2"}
    assert objects(lines, MINT.graph("councils"), PROV.hadPrimarySource) == {snapshot + now}
    assert all(
        (directory.snapshots / str(each.load.files[0]["sha256"])).exists()
        for each in (first, second)
    )


def test_a_snapshot_that_no_origin_names_any_more_is_told_of_no_more(
    directory: DataDirectory,
) -> None:
    first = load(directory, a_source(), "GB-LAE-A,A")
    publish(directory)
    second = load(directory, a_source(), "GB-LAE-A,Ay")
    assert str(first.load.files[0]["sha256"]).encode() not in b"".join(
        staged_lines(directory, second)
    )
    assert b"wasInformedBy" not in b"".join(staged_lines(directory, second))


def test_the_same_file_once_more_makes_the_same_bytes_before_and_after_a_publish(
    directory: DataDirectory,
) -> None:
    load(directory, a_source(), "GB-LAE-A,A", "GB-LAE-B,B")
    publish(directory)
    changed = ("GB-LAE-A,A", "GB-LAE-B,Bee", "GB-LAE-D,D")
    once = load(directory, a_source(), *changed).load
    again = load(directory, a_source(), *changed).load
    publish(directory)
    published = load(directory, a_source(), *changed).load
    assert once == again == published
    assert not publish(directory).is_new


def test_a_load_in_the_same_second_has_a_name_of_its_own(directory: DataDirectory) -> None:
    names = {load(directory, a_source(), f"GB-LAE-A,Name {n}").load.started for n in range(3)}
    assert len(names) == 3


def test_a_damaged_load_is_made_anew(directory: DataDirectory) -> None:
    known = load(directory, a_source(), "GB-LAE-A,A").load
    (directory.staged / known.quads_name).write_bytes(b"<damaged")
    assert load(directory, a_source(), "GB-LAE-A,A").load == known


PLACES = "key,name,address,postcode\n"


def a_place(name: str, address: str) -> bytes:
    return f"{PLACES}hall,{name},{address},M60 2LA\nyard,Yard,2 Low Street,M60 2LA\n".encode()


def test_a_thing_of_which_a_part_changed_comes_from_the_row_that_changed_it(
    directory: DataDirectory, load_file: LoadFile
) -> None:
    first = load_file(one_file("place-csv"), a_place("Hall", "1 High Street"))
    before = loads(staged_lines(directory, first))
    publish(directory)
    second = load_file(one_file("place-csv"), a_place("Hall", "9 High Street"))
    now = loads(staged_lines(directory, second))
    hall, yard = (MINT.thing("place", "given", key) for key in ("hall", "yard"))
    assert now[yard] == before[yard]
    assert now[hall] != before[hall]


def test_one_per_cent_of_change_changes_one_per_cent_of_the_lines(
    directory: DataDirectory,
) -> None:
    names = [f"GB-LAE-Z{n:05},Council {n}" for n in range(10_000)]
    kept = staged_lines(directory, load(directory, a_source(), *names))
    publish(directory)
    changed = [f"{each} anew" if n % 100 == 0 else each for n, each in enumerate(names)]
    second = load(directory, a_source(), *changed)
    before = set(kept)
    after = set(staged_lines(directory, second))
    # Of each changed thing its name and its origin, and of the source some twenty lines.
    assert len(after - before) < 100 * 2 + 30
    assert len(before - after) < 100 * 2 + 30
    assert sum(map(ORIGINS.is_origin, after)) == 10_000


# Who is told of rows


def test_whoever_sees_a_source_whole_is_told_of_its_rows(directory: DataDirectory) -> None:
    load(directory, a_source(), "GB-LAE-A,A", "GB-LAE-B,B")
    release = publish(directory).release
    assert rows(public_lines(release)) == {"GB-LAE-A": {"row=2"}, "GB-LAE-B": {"row=3"}}


DANGLING = "GB-LAE-1,Council 1,2011-04-01,GB-LAE-NOBODY"


def test_whoever_does_not_see_a_source_whole_is_told_of_no_row(directory: DataDirectory) -> None:
    load(directory, a_source(), "GB-LAE-0,Council 0", DANGLING, "GB-LAE-2,Council 2")
    release = publish(directory).release
    public = public_lines(release)
    assert {f"{THING}GB-LAE-{n}" for n in range(3)} <= {quad.subject for quad in quads_of(public)}
    assert not origins(public)
    inside = release.staged_path("councils").read_bytes().splitlines(keepends=True)
    assert rows(inside)["GB-LAE-2"] == {"row=4"}


def test_of_a_file_that_was_not_seen_whole_nothing_is_told_later_either(
    directory: DataDirectory,
) -> None:
    first = load(directory, a_source(), "GB-LAE-0,Council 0", DANGLING, "GB-LAE-2,Council 2")
    publish(directory)
    mended = ("GB-LAE-1,Council 1", "GB-LAE-2,Council two")
    second = load(directory, a_source(), "GB-LAE-0,Council 0", *mended)
    public = public_lines(publish(directory).release)
    digest = str(first.load.files[0]["sha256"]).encode()
    assert digest in b"".join(staged_lines(directory, second))
    assert digest not in b"".join(public)
    assert rows(public) == {"GB-LAE-1": {"row=3"}, "GB-LAE-2": {"row=4"}}
    assert len(objects(public, MINT.graph("councils"), PROV.hadPrimarySource)) == 1
    # What was seen whole when it was new is told on.
    load(directory, a_source(), "GB-LAE-0,Council nought", *mended)
    told = public_lines(publish(directory).release)
    assert rows(told) == {"GB-LAE-0": {"row=2"}, "GB-LAE-1": {"row=3"}, "GB-LAE-2": {"row=4"}}
    assert digest not in b"".join(told)
    assert str(second.load.files[0]["sha256"]).encode() in b"".join(told)


def test_lines_that_name_something_are_left_away_whole() -> None:
    lines = [b"<a> <p> <s#row=1> <g> .\n", b"<s> <p> <o> <g> .\n", b"<a> <p> <ss> <g> .\n"]
    assert list(without(lines, {b"<s>"})) == lines[2:]
