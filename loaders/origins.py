"""Origins: which row of which file states a thing, as one statement for each row.

    <thing> prov:wasDerivedFrom <snapshot#row=12>       in the graph of provenance

The fragment counts as a spreadsheet does, and as RFC 7111 (section 2.1) does for text/csv: the
header, where there is one, is row 1. RFC 7111 knows no sheets and no items; `#sheet=Name&row=12`
for a workbook and `#item=12` for JSON, XML and RDF are ours.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from loaders.claims import Place
from loaders.identity import Minter
from loaders.quads import Quad
from ontology.vocab import PROV, RDF

_NUMBER = re.compile(rb"=(\d+)>$")


def fragment(unit: str, number: int, sheet: str = "") -> str:
    """The fragment that names a record of a file, which is called a `unit` there."""
    named = f"sheet={quote(sheet, safe='')}&" if sheet else ""
    return f"{named}{unit}={number}"


@dataclass(frozen=True, slots=True)
class OriginLines:
    """Spells and reads origins of one base: as lines of N-Quads, with “<>” round their IRIs."""

    things: str
    parts: bytes
    provenance: bytes
    ending: bytes

    @classmethod
    def of(cls, mint: Minter) -> "OriginLines":
        """The origins of a base."""
        graph = mint.graph("provenance").encode()
        parts = f"<{mint.base}.well-known/genid/".encode()
        return cls(f"{mint.base}id/", parts, graph, b" <%s> .\n" % graph)

    def lines(self, quads: Iterable[Quad], origin: str) -> list[bytes]:
        """A line for each thing that the quads of a row describe; `origin` is the row's IRI.

        Those are the things of ours of which anything is said, and those of others that are given
        a type. Parts, which have no life of their own, come from where their things come from.
        """
        parts = self.parts[1:].decode()
        described = {
            each.subject
            for each in quads
            if each.subject.startswith(self.things)
            or (each.predicate == RDF.type and not each.subject.startswith(parts))
        }
        rest = b"> <%s> <%s>%s" % (PROV.wasDerivedFrom.encode(), origin.encode(), self.ending)
        return [b"<%s%s" % (subject.encode(), rest) for subject in described]

    def is_ours(self, line: bytes) -> bool:
        """Whether a line stands in the graph of provenance: no record states it."""
        return line.endswith(self.ending)

    def without_ours(self, lines: Iterable[bytes]) -> list[bytes]:
        """The lines that records state."""
        ending = self.ending
        return [line for line in lines if not line.endswith(ending)]

    def is_origin(self, line: bytes) -> bool:
        """Whether a line is the origin of a thing."""
        return self.is_ours(line) and _DERIVED in line

    def without_origins(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The lines that are no origins."""
        ending = self.ending
        return (line for line in lines if not (line.endswith(ending) and _DERIVED in line))

    def snapshot(self, line: bytes) -> bytes:
        """The snapshot, with “<>”, that an origin is a row of."""
        row = line[line.index(_DERIVED) + len(_DERIVED) - 1 : -len(self.ending)]
        return row.partition(b"#")[0] + b">"

    def place(self, line: bytes, files: Mapping[bytes, int]) -> Place | None:
        """Where the row of an origin is; `files` has the number of each snapshot by its IRI.

        None where the line is no origin, or its snapshot is not among them.
        """
        if not self.is_origin(line):
            return None
        row = line[line.index(_DERIVED) + len(_DERIVED) : -len(self.ending)]
        file = files.get(row.partition(b"#")[0])
        number = _NUMBER.search(row)
        return None if file is None or number is None else Place(file, int(number[1]))


_DERIVED = b"> <%s> <" % PROV.wasDerivedFrom.encode()


def snapshot_nodes(source: str, names: Sequence[str], at: str, mint: Minter) -> list[str]:
    """The IRIs of the snapshots of files that a load took; `at` names the load."""
    return [mint.part(source, "snapshot", name, at) for name in names]
