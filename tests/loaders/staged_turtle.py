"""Sources that tests write in Turtle and stage as they are, past every format and shape."""

from pyoxigraph import NamedNode, Quad, RdfFormat, parse, serialize

from loaders.audience import Audience
from loaders.directory import DataDirectory
from loaders.identity import Minter
from loaders.staging import Counts, StagedLoad, digest, stage_lines
from ontology.namespaces import DEF, PREFIXES

BASE = "https://data.greatermanchester.example/"
_HEAD = f"@base <{BASE}> .\n" + "".join(
    f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items()
)
AUDIENCE = f"@prefix audience: <{DEF}audience/> .\n"


def lines_of(source: str, turtle: str) -> list[bytes]:
    """The staged lines of a source that states what a Turtle text does, in its own graph."""
    graph = NamedNode(Minter(BASE).graph(source))
    lines = set()
    for each in parse(_HEAD + AUDIENCE + turtle, format=RdfFormat.TURTLE):
        quad = Quad(each.subject, each.predicate, each.object, graph)
        lines.add(serialize([quad], format=RdfFormat.N_QUADS) or b"")
    return sorted(lines)


def stage_turtle(
    directory: DataDirectory, source: str, turtle: str, audience: Audience = Audience.PUBLIC
) -> None:
    """Stage a source that states what a Turtle text does."""
    lines = lines_of(source, turtle)
    sha256 = digest(b"".join(lines))
    load = StagedLoad(
        source=source,
        title=source,
        audience=audience,
        inputs=sha256,
        started="2026-01-01T00:00:00+00:00",
        ended="2026-01-01T00:00:00+00:00",
        sha256=sha256,
        quads=len(lines),
        counts=Counts(),
    )
    stage_lines(directory, load, lines)
