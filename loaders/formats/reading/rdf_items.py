"""RDF into items: the nodes of one class, with what is said of them as far as it is looked into.

Any syntax of RDF is read. The graph has to be known whole before one node can be told, so a file is
held in memory. A node becomes a row whose cells are named by prefixed names such as `dct:title`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from loaders.errors import StructureError
from loaders.formats.reading.content import Content, Encoding, as_utf_8, encoding_of
from loaders.formats.reading.row import Row
from loaders.formats.reading.table import Table
from loaders.issues import Fault
from ontology.namespaces import PREFIXES
from ontology.vocab import RDF

Ways = Mapping[str, "Ways"]
"""Properties that are looked into, each with those of the nodes that it leads to."""

_NAMESPACES = {
    **PREFIXES,
    "dc": "http://purl.org/dc/elements/1.1/",
    "dpvs": "https://w3id.org/dpv/dpv-skos#",  # where dpv stood until 2022
    "time": "http://www.w3.org/2006/time#",
}
_TYPE = "rdf:type"
_SUFFIXES = {
    "ttl": RdfFormat.TURTLE,
    "rdf": RdfFormat.RDF_XML,
    "xml": RdfFormat.RDF_XML,
    "owl": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "json": RdfFormat.JSON_LD,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
}
_BEGINNING = 4096
_XML = re.compile(r"\s*<(?:\?xml|!DOCTYPE|!--|[A-Za-z][\w.-]*:RDF[\s>]|RDF[\s>])")
_JSON = re.compile(r'\s*(?:\{\s*["}]|\[\s*\{)')
_TERM = r'(?:<[^<>]*>|_:\S+|"(?:[^"\\\n]|\\.)*"(?:@[A-Za-z0-9-]+|\^\^<[^<>]*>)?)'
_N_QUADS = re.compile(
    rf"(?:\s|#.*\n)*(?:<[^<>]*>|_:\S+)[ \t]+<[^<>]*>[ \t]+{_TERM}[ \t]+(?:<[^<>]*>|_:\S+)[ \t]*\."
)
_DECLARATION = b"<!ENTITY"
_CHUNK = 1 << 20

Term = NamedNode | BlankNode | Literal
Node = NamedNode | BlankNode


@dataclass(frozen=True, slots=True)
class RdfItems:
    """A layout of the nodes of one class, in whatever syntax a file's name or its beginning tells.

    `kind` is the IRI of the class, `ways` what is looked into of each node.
    """

    kind: str
    ways: Ways

    def read(self, content: Content) -> Table:
        """The items of a file, counted from 1 in the order in which it names them."""
        encoding = encoding_of(content)
        table = Table(iter(()), list(encoding.remarks), "item")
        table.rows = self._rows(content, encoding, table.remarks)
        return table

    def _rows(self, content: Content, encoding: Encoding, remarks: list[Fault]) -> Iterator[Row]:
        graph = _Graph(self.kind, self.ways)
        syntax = _syntax(content, encoding)
        if syntax == RdfFormat.RDF_XML:
            _refuse_entities(content, encoding)
        with as_utf_8(content, encoding) as file:
            try:
                # IRIs are checked where they are used: one bad address spoils no catalogue.
                for quad in parse(file, format=syntax, lenient=True):
                    graph.add(quad.subject, quad.predicate, quad.object)
            except SyntaxError as error:
                raise StructureError(content.name, _reason(syntax, error)) from None
        if not graph.statements:
            raise StructureError(content.name, "states nothing in RDF.")
        for namespace in sorted(graph.misspelt):
            remarks.append(
                Fault(
                    "misspelt-member",
                    f"A vocabulary's names begin with http://, and with https:// here: {namespace}",
                    value=namespace,
                )
            )
        for number, node in enumerate(graph.items, 1):
            yield Row(number, graph.item(node, self.ways))


def _reason(syntax: RdfFormat, error: SyntaxError) -> str:
    if "LoadDocumentCallback" in str(error):
        return (
            "its JSON-LD context lies elsewhere, and nothing is fetched: put the context into the "
            "file itself."
        )
    reason = " ".join(str(error).split())[:200]
    return f"is not well-formed {syntax.name} ({reason})."


def _syntax(content: Content, encoding: Encoding) -> RdfFormat:
    """The syntax of a file: by the suffix of its name, else by how it begins.

    What begins like none of the others is read as TriG, which Turtle and N-Triples are part of.
    """
    known = _SUFFIXES.get(content.name.rpartition(".")[2].casefold())
    if known:
        return known
    with as_utf_8(content, encoding) as file:
        beginning = file.read(_BEGINNING).decode("utf-8", "replace")
    if _XML.match(beginning):
        return RdfFormat.RDF_XML
    if _JSON.match(beginning):
        return RdfFormat.JSON_LD
    return RdfFormat.N_QUADS if _N_QUADS.match(beginning) else RdfFormat.TRIG


def _refuse_entities(content: Content, encoding: Encoding) -> None:
    """Make sure that RDF/XML declares no entities, of which a few lines can make gigabytes.

    Raises:
        StructureError: it declares one, or has the words for it in a comment.
    """
    before = b""
    with as_utf_8(content, encoding) as file:
        while chunk := file.read(_CHUNK):
            if _DECLARATION in before + chunk:
                raise StructureError(
                    content.name,
                    "declares XML entities, which are not read: write what they stand for.",
                )
            before = chunk[-len(_DECLARATION) :]


class _Graph:
    """What a file states, as far as its items are told by it.

    `items` are the nodes of the class as they come; `misspelt` the namespaces that stood with
    the wrong scheme; `statements` counts all, told or not.
    """

    def __init__(self, kind: str, ways: Ways) -> None:
        self.items: dict[Node, None] = {}
        self.misspelt: set[str] = set()
        self.statements = 0
        self._names = {**dict(_names(ways)), RDF.type: _TYPE}
        self._right = {
            address.replace("http://", "https://", 1): address
            for address in (*self._names, kind)
            if address.startswith("http://")
        }
        self._kind = kind
        self._said: dict[Node, dict[str, dict[Term, None]]] = {}
        self._shared: dict[tuple[Node, int], dict[str, object]] = {}

    def add(self, subject: object, predicate: NamedNode, value: object) -> None:
        """Take note of a statement, in whichever graph it stands."""
        self.statements += 1
        name = self._names.get(self._put_right(predicate.value))
        if name is None or not isinstance(subject, Node) or not isinstance(value, Term):
            return
        if name == _TYPE and self._put_right(value.value) == self._kind:
            self.items[subject] = None
        self._said.setdefault(subject, {}).setdefault(name, {})[value] = None

    def item(self, node: Node, ways: Ways) -> dict[str, object]:
        """What is said of a node, its properties by name: one item, or a list of them."""
        # An item is never empty, so that a node of which nothing is known is noticed.
        found: dict[str, object] = {
            "@id" if isinstance(node, NamedNode) else "@blank": node.value,
        }
        said = self._said.get(node, {})
        for name, further in ways.items():
            items = [self._item(value, further) for value in said.get(name, ())]
            if items:
                found[name] = items[0] if len(items) == 1 else items
        return found

    def _item(self, value: Term, ways: Ways) -> dict[str, object]:
        if not isinstance(value, Literal):
            # One licence may be that of every distribution: it is one item for all of them.
            key = (value, id(ways))
            if key not in self._shared:
                self._shared[key] = self.item(value, ways)
            return self._shared[key]
        found: dict[str, object] = {"@value": value.value}
        return found | {"@language": value.language} if value.language else found

    def _put_right(self, address: str) -> str:
        right = self._right.get(address)
        if right is None:
            return address
        # schema.org writes its own names in either way.
        if not right.startswith(_NAMESPACES["schema"]):
            self.misspelt.add(address.removesuffix(re.split("[#/]", address)[-1]))
        return right


def _names(ways: Ways) -> Iterator[tuple[str, str]]:
    for name, further in ways.items():
        prefix, _, local = name.partition(":")
        yield _NAMESPACES[prefix] + local, name
        yield from _names(further)
