"""What the tests of publishing share: small sources made by hand, and looks into a store."""

import io
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Store

from loaders.audience import Audience
from loaders.difference import merged
from loaders.directory import DataDirectory
from loaders.formats import find_format
from loaders.pipeline import Loaded, load_source
from loaders.release import Release, current_release
from loaders.source import Publisher, Source, SourceFile
from ontology.vocab import DCT

BASE = "https://data.greatermanchester.example/"
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
UNION = DefaultGraph()
HEADER = "key,name,type,dissolved,replaced-by\n"


def organisations(*rows: str) -> bytes:
    """A file of organisations; each row is `key,name`, further cells if there are any."""
    full = (row + "," * (2 - row.count(",") + 2) for row in rows)
    lines = []
    for row in full:
        key, name, *rest = row.split(",")
        lines.append(",".join([key, name, "MD", *rest[:2]]))
    return (HEADER + "\n".join(lines) + "\n").encode()


def a_source(name: str = "councils", audience: Audience = Audience.PUBLIC) -> Source:
    """A source with one file of organisations."""
    return Source(
        name=name,
        title=f"The {name}",
        files=(SourceFile("organisations.csv", find_format("organisation-csv"), None, 0),),
        publisher=Publisher("Tests", iri="https://publisher.example/"),
        licence=LICENCE,
        audience=audience,
    )


def load(directory: DataDirectory, source: Source, *rows: str) -> Loaded:
    """Load rows of organisations as a source."""
    content = organisations(*rows)
    return load_source(directory, source, {"organisations.csv": lambda: io.BytesIO(content)})


def may_end(directory: DataDirectory, *sources: str, reason: str = "It is listed no more.") -> None:
    """Declare sources whose things may end, with the standing reason."""
    for name in sources:
        folder = directory.sources / name
        folder.mkdir(exist_ok=True)
        (folder / "source.toml").write_text(
            f'title = "The {name}"\nthings-may-end = "{reason}"\n'
            '[[files]]\nname = "organisations.csv"\nformat = "organisation-csv"\n'
        )


def store_of(release: Release, audience: Audience = Audience.PUBLIC) -> Store:
    """The store of an audience, read-only."""
    return Store.read_only(str(release.store_path(audience)))


def current(directory: DataDirectory) -> Release:
    """The current release, which there must be."""
    release = current_release(directory)
    assert release is not None
    return release


def names(release: Release, audience: Audience = Audience.PUBLIC) -> set[str]:
    """The names of the organisations in a release's default graph."""
    query = """
        SELECT ?name WHERE {
          ?body a <http://www.w3.org/ns/org#Organization> ;
                <http://www.w3.org/2004/02/skos/core#prefLabel> ?name }
    """
    return {solution["name"].value for solution in store_of(release, audience).query(query)}  # type: ignore[union-attr]


def organisation(key: str) -> NamedNode:
    """An organisation's IRI."""
    return NamedNode(f"{BASE}id/organisation/{key}")


def union_lines(store: Store) -> set[str]:
    """The triples of the default graph."""
    return {str(quad.triple) for quad in store.quads_for_pattern(None, None, None, DefaultGraph())}


def graph_lines(store: Store) -> set[str]:
    """The distinct triples of all named graphs."""
    return {str(quad.triple) for quad in store if quad.graph_name != UNION}


def assert_sound(release: Release) -> None:
    """Each store holds what was staged for its audience and withdrawals, and the counts are its."""
    for audience in Audience:
        store = store_of(release, audience)
        counts = release.manifest.counts[audience]
        assert union_lines(store) == graph_lines(store)
        assert counts["triples"] == len(union_lines(store))
        assert counts["quads"] == len(store) - counts["triples"]
        staged = set(merged(release.staged_files(audience).values()))
        ledger = release.ledger_path(audience).read_bytes().splitlines(keepends=True)
        withdrawals = {line for line in ledger if f"<{DCT.issued}>".encode() not in line}
        assert {f"{quad} .\n".encode() for quad in store if quad.graph_name != UNION} == (
            staged | withdrawals
        )


def write(path: Path, lines: Iterable[bytes]) -> Path:
    """A file of lines, sorted."""
    path.write_bytes(b"".join(sorted(lines)))
    return path


def version_rows(version: int) -> list[str]:
    """Rows that differ from version to version: some stay, some change, some come and go."""
    stay = [f"GB-LAE-S{n:02},Staying {n}" for n in range(40)]
    change = [f"GB-LAE-C{n:02},Changing {version}" for n in range(5)]
    pass_by = [f"GB-LAE-P{n:02},Passing {n}" for n in range(10) if (n + version) % 2]
    return stay + change + pass_by


def version_names(version: int) -> set[str]:
    """The names in the rows of a version."""
    return {row.split(",")[1] for row in version_rows(version)}
