"""A million triples that are the same every time, as a release and as a file of N-Quads.

Every record has ten triples of one length whichever record it is, so that answers to the same
question about different records are of one length too, and a wrong one shows in the sum.
"""

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, Store

from ontology.namespaces import DEF, DEFAULT_BASE, PREFIXES
from tests.benchmarks.made_release import publish_store

RECORDS = 100_000
TRIPLES = 10
GRAPHS = 20
TYPES = 10
RELEASE = "20260101T000000Z-00000001"
DIGITS = 6
QUADS = "quads.nq"

_ORG, _SKOS, _DCT = PREFIXES["org"], PREFIXES["skos"], PREFIXES["dct"]


def iri(key: str) -> str:
    """The IRI of the record with this key."""
    return f"{DEFAULT_BASE}id/organisation/GM-{key}"


def key_of(number: int) -> str:
    """The key of the record with this number."""
    return f"{number:0{DIGITS}}"


def kind(number: int) -> str:
    """The IRI of the type of the record with this number."""
    return f"{DEF}organisation-type/{number % TYPES:02}"


def triples(number: int) -> Iterator[str]:
    """What is stated of one record, in N-Triples without the full stop."""
    key = key_of(number)
    stated = {
        f"{PREFIXES['rdf']}type": f"<{_ORG}Organization>",
        f"{_SKOS}prefLabel": f'"Organisation {key}"@en',
        f"{_SKOS}altLabel": f'"Body {key}"@en',
        f"{_DCT}identifier": f'"GM-{key}"',
        f"{_ORG}subOrganizationOf": f"<{iri(key_of(number // TYPES))}>",
        f"{_ORG}classification": f"<{kind(number)}>",
        f"{PREFIXES['foaf']}homepage": f"<https://{key}.example/>",
        f"{PREFIXES['schema']}foundingDate": f'"{1974 + number % 50}-04-01"'
        f"^^<{PREFIXES['xsd']}date>",
        f"{_DCT}source": f"<https://source.example/{key}>",
        f"{_DCT}description": f'"What the body with the number {key} is for."@en',
    }
    for predicate, value in stated.items():
        yield f"<{iri(key)}> <{predicate}> {value}"


def graph(number: int) -> str:
    """The IRI of the named graph that the record with this number is stated in."""
    return f"{DEFAULT_BASE}graph/made-{number % GRAPHS:02}"


def write_quads(path: Path, records: int) -> None:
    """The records in their named graphs, as N-Quads."""
    with path.open("w", encoding="ascii", newline="\n") as file:
        for number in range(records):
            name = graph(number)
            file.writelines(f"{each} <{name}> .\n" for each in triples(number))


def publish(folder: Path, records: int) -> Path:
    """A data directory that serves the records; made in the folder unless it is there already.

    The default graph is the union of the named ones, as in every release.
    """
    data = folder / f"records-{records}"
    if (data / "current").exists():
        return data
    quads = data / QUADS
    data.mkdir(parents=True, exist_ok=True)
    write_quads(quads, records)
    union = data / "union.nt"
    with union.open("w", encoding="ascii", newline="\n") as file:
        for number in range(records):
            file.writelines(f"{each} .\n" for each in triples(number))

    def fill(store: Store) -> None:
        store.bulk_load(path=str(quads), format=RdfFormat.N_QUADS)
        store.bulk_load(path=str(union), format=RdfFormat.N_TRIPLES)

    graphs = {graph(number): 0 for number in range(min(GRAPHS, records))}
    for number in range(records):
        graphs[graph(number)] += TRIPLES
    total = records * TRIPLES
    publish_store(data, RELEASE, fill, {"quads": total, "triples": total, "graphs": graphs})
    union.unlink()
    return data
