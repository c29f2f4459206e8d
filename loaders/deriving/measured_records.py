"""The records whose quality is measured, with what is said of them: datasets and assets.

Lines are sorted by subject, so the things of one kind stand together in each file, and those of one
thing together over all files. Memory holds one record at a time, and a few facts of each file that
datasets offer.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path

from loaders.deriving.derivation import Premises
from loaders.nquads import literal_of
from loaders.projection import mark
from loaders.sorted_files import SortedFile
from ontology.vocab import DCAT, DCT, GM, PROV, RDF

KINDS = ("dataset", "information-asset")
_DERIVED = frozenset({"links", "inferred", "contributions", "quality"})
_GENERATED, _ENDED = f"<{PROV.wasGeneratedBy}>".encode(), f"<{PROV.endedAtTime}>".encode()
_TYPE = f"<{RDF.type}>".encode()
_ADDRESSES = frozenset(f"<{each}>".encode() for each in (DCAT.accessURL, DCAT.downloadURL))
_FORMAT, _DISTRIBUTION = f"<{DCT.format}>".encode(), f"<{DCAT.distribution}>".encode()
_TOLD = {
    f"<{each}>".encode(): each
    for each in (DCT.format, DCAT.mediaType, DCT.license, GM.formatAsStated, GM.licenceAsStated)
}


@dataclass(slots=True)
class Offer:
    """What is known of a file that a dataset offers: its addresses and its formats, as IRIs.

    `told` are those of format and licence, in words or not, that it has.
    """

    addresses: set[str] = field(default_factory=set)
    formats: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Record:
    """What is said of a dataset or an asset.

    `values` are by property, as N-Quads writes them. `loaded` is the day of the newest load of a
    source that says something of it. `is_whole` tells whether the audience sees all of it.
    """

    iri: str
    kind: str
    values: Mapping[str, tuple[str, ...]]
    offers: tuple[Offer, ...] = ()
    loaded: date | None = None
    is_whole: bool = True

    def has(self, *properties: str) -> bool:
        """Whether any of these properties has a value."""
        return any(each in self.values for each in properties)

    def texts(self, *properties: str) -> list[str]:
        """The lexical forms of the literals of these properties."""
        return [
            literal_of(value.encode())
            for each in properties
            for value in self.values.get(each, ())
            if value.startswith('"')
        ]


def records_of(premises: Premises) -> Iterator[Record]:
    """The records that premises describe: those that a source gives a type."""
    stated = [
        path for name, path in premises.files.items() if name.partition(":")[0] not in _DERIVED
    ]
    offers = _offers(stated, premises.base)
    loads = _loads(stated, premises.base)
    for kind in KINDS:
        prefix = f"<{premises.base}id/{kind}/".encode()
        partly = _subjects(premises.beyond.values(), prefix)
        if kind == "dataset":
            files_partly = _subjects(
                premises.beyond.values(), f"<{premises.base}id/distribution/".encode()
            )
        for subject, about in _by_subject(stated, prefix):
            record = _record(subject, kind, about, offers, loads, premises.base)
            if record is None:
                continue
            record.is_whole = mark(subject) not in partly and not (
                kind == "dataset"
                and any(
                    mark(value.encode()) in files_partly
                    for value in record.values.get(DCAT.distribution, ())
                )
            )
            yield record


def _record(
    subject: bytes,
    kind: str,
    about: Iterable[bytes],
    offers: Mapping[bytes, Offer],
    loads: Mapping[bytes, date],
    base: str,
) -> Record | None:
    values: defaultdict[str, dict[str, None]] = defaultdict(dict)
    offered, days = [], []
    provenance = f"<{base}graph/provenance>".encode()
    for line in about:
        _, predicate, rest = line.split(b" ", 2)
        value, _, end = rest.rpartition(b" <")
        graph = b"<" + end.split(b">", 1)[0] + b">"
        if graph == provenance:
            continue
        values[predicate[1:-1].decode()][value.decode()] = None
        if predicate == _DISTRIBUTION and value in offers:
            offered.append(offers[value])
        if graph in loads:
            days.append(loads[graph])
    if RDF.type not in values:
        return None
    kept = {each: tuple(found) for each, found in values.items()}
    return Record(subject[1:-1].decode(), kind, kept, tuple(offered), max(days, default=None))


def _offers(files: Iterable[Path], base: str) -> dict[bytes, Offer]:
    found: dict[bytes, Offer] = {}
    for subject, about in _by_subject(files, f"<{base}id/distribution/".encode()):
        offer = found[subject] = Offer()
        for line in about:
            _, predicate, rest = line.split(b" ", 2)
            value = rest[: rest.rindex(b" <")]
            if predicate in _TOLD:
                offer.told.add(_TOLD[predicate])
            if value.startswith(b"<") and predicate in _ADDRESSES:
                offer.addresses.add(value[1:-1].decode())
            elif value.startswith(b"<") and predicate == _FORMAT:
                offer.formats.add(value[1:-1].decode())
    return found


def _loads(files: Iterable[Path], base: str) -> dict[bytes, date]:
    """The day on which the load of each source ended, by its graph."""
    runs: dict[bytes, bytes] = {}
    ended: dict[bytes, date] = {}
    for path in files:
        for line in _beginning(path, f"<{base}graph/".encode()):
            subject, predicate, rest = line.split(b" ", 2)
            if predicate == _GENERATED:
                runs[subject] = rest[: rest.rindex(b" <")]
        for line in _beginning(path, f"<{base}.well-known/genid/".encode()):
            if _ENDED in line:
                subject, predicate, rest = line.split(b" ", 2)
                if predicate == _ENDED:
                    ended[subject] = date.fromisoformat(literal_of(rest[: rest.rindex(b" <")])[:10])
    return {graph: ended[run] for graph, run in runs.items() if run in ended}


def _subjects(files: Iterable[Path], prefix: bytes) -> Collection[int]:
    """The marks of what files say something of, of the subjects that begin so."""
    return {
        mark(line[: line.index(b">") + 1]) for path in files for line in _beginning(path, prefix)
    }


def _by_subject(files: Iterable[Path], prefix: bytes) -> Iterator[tuple[bytes, Iterator[bytes]]]:
    lines = heapq.merge(*(_beginning(path, prefix) for path in files))
    return groupby(lines, lambda line: line[: line.index(b">") + 1])


def _beginning(path: Path, prefix: bytes) -> Iterator[bytes]:
    """The lines of a sorted file that begin so."""
    with SortedFile(path) as whole:
        at = whole.place(prefix)
    with path.open("rb") as file:
        file.seek(at)
        for line in file:
            if not line.startswith(prefix):
                return
            yield line
