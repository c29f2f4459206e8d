"""The organisations that premises describe, as far as it tells them apart or finds them one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from loaders.deriving.organisation_names import Named
from loaders.nquads import literal_of
from ontology.namespaces import DEF
from ontology.vocab import ADMS, DCT, GM, ORG, RDF, SCHEMA, SKOS

_TYPE, _NAME, _OTHER = (f"<{each}>".encode() for each in (RDF.type, SKOS.prefLabel, SKOS.altLabel))
_KEY, _KIND = f"<{DCT.identifier}>".encode(), f"<{ORG.classification}>".encode()
_CODE, _NOTATION = f"<{ADMS.identifier}>".encode(), f"<{SKOS.notation}>".encode()
_SCHEME, _COUNCIL = f"<{GM.identifierScheme}>".encode(), f"<{GM.LocalAuthority}>".encode()
_REPLACED, _REPLACES = f"<{DCT.isReplacedBy}>".encode(), f"<{DCT.replaces}>".encode()
_DISSOLVED = f"<{SCHEMA.dissolutionDate}>".encode()
_SCHEMES = f"<{DEF}identifier-scheme/".encode()


@dataclass(slots=True)
class Organisation:
    """What is said of one organisation. `codes` are pairs of a scheme's notation and a code.

    `kin` are the organisations that it replaces or that replace it.
    """

    key: str = ""
    is_typed: bool = False
    is_council: bool = False
    has_ended: bool = False
    names: set[str] = field(default_factory=set)
    other_names: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    codes: set[tuple[str, str]] = field(default_factory=set)
    kin: set[str] = field(default_factory=set)

    def named(self, iri: str) -> Named:
        """It as names are looked up."""
        return Named(
            iri,
            self.key,
            frozenset(self.names),
            frozenset(self.other_names),
            self.is_council,
            self.has_ended,
        )


def organisations_in(files: Iterable[Path], base: str) -> dict[str, Organisation]:
    """The organisations under a base that files of quads describe, by IRI.

    One that nothing gives a type is not described, whatever else is said of it.
    """
    found: defaultdict[str, Organisation] = defaultdict(Organisation)
    nodes: dict[bytes, list[str]] = {}
    owners: list[tuple[str, bytes]] = []
    for subject, predicate, value in _statements(files, base):
        if subject.startswith(f"<{base}.".encode()):
            scheme_and_code = nodes.setdefault(subject, ["", ""])
            if predicate == _SCHEME and value.startswith(_SCHEMES):
                scheme_and_code[0] = value[len(_SCHEMES) : -1].decode()
            elif predicate == _NOTATION:
                scheme_and_code[1] = literal_of(value)
            continue
        iri = subject[1:-1].decode()
        if predicate == _CODE:
            owners.append((iri, value))
        else:
            _note(found[iri], predicate, value)
    for iri, node in owners:
        scheme, code = nodes.get(node, ["", ""])
        if scheme and code:
            found[iri].codes.add((scheme, code))
    return {iri: each for iri, each in found.items() if each.is_typed}


def _note(about: Organisation, predicate: bytes, value: bytes) -> None:
    if predicate == _TYPE:
        about.is_typed = True
        about.is_council |= value == _COUNCIL
    elif predicate == _NAME:
        about.names.add(literal_of(value))
    elif predicate == _OTHER:
        about.other_names.add(literal_of(value))
    elif predicate == _KEY:
        about.key = literal_of(value)
    elif predicate == _KIND:
        about.kinds.add(value[1:-1].decode())
    elif predicate in (_REPLACED, _REPLACES):
        about.kin.add(value[1:-1].decode())
        about.has_ended |= predicate == _REPLACED
    elif predicate == _DISSOLVED:
        about.has_ended = True


def _statements(files: Iterable[Path], base: str) -> Iterator[tuple[bytes, bytes, bytes]]:
    """What is said of organisations and of their identifiers, graphs left out."""
    ours = f"<{base}id/organisation/".encode()
    parts = f"<{base}.well-known/genid/".encode()
    for path in files:
        with path.open("rb") as lines:
            for line in lines:
                if line.startswith(ours) or (line.startswith(parts) and b"/identifier/" in line):
                    subject, predicate, rest = line.split(b" ", 2)
                    yield subject, predicate, rest[: rest.rindex(b" <")]
