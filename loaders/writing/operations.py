"""An update taken apart into its operations, each of which can be written anew. Pure text.

What the engine's own interface cannot say is said in the text: the dataset of the protocol becomes
USING clauses, and what names no graph is put into GRAPH. Declarations between operations, which the
grammar allows (rule 29) and the engine does not, come before each. The outer structure of an update
(SPARQL 1.1 Update, grammar rules 29 to 50) is read strictly, and what stands in a WHERE not at all
but for its end. The engine takes keywords that stick to what follows them (`INSERTDATA{`);
such a text could be read in two ways, so it is refused here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from loaders.writing.passages import Composed, Edits, Passage
from loaders.writing.tokens import Token, Tokens, UnreadableError
from queries.tokens import BLANK, IRI_REFERENCE, PREFIXED, SIGN, STRING, VARIABLE, WORD

DEFAULT = "DEFAULT"
_EVERYTHING = frozenset(("DEFAULT", "NAMED", "ALL"))
_UNDERSTOOD = frozenset(("A", "TRUE", "FALSE"))
_SPACE_IT = "A keyword stands apart from what follows it."


class Form(StrEnum):
    """The kinds of operation (SPARQL 1.1 Update, section 3)."""

    INSERT_DATA = "INSERT DATA"
    DELETE_DATA = "DELETE DATA"
    DELETE_WHERE = "DELETE WHERE"
    MODIFY = "DELETE/INSERT"
    LOAD = "LOAD"
    CLEAR = "CLEAR"
    DROP = "DROP"
    CREATE = "CREATE"
    ADD = "ADD"
    MOVE = "MOVE"
    COPY = "COPY"

    @property
    def reads(self) -> bool:
        """Whether what it does depends on what is stored."""
        return self in (Form.DELETE_WHERE, Form.MODIFY)


@dataclass(frozen=True, slots=True)
class Template:
    """The braces of a template or of data, from `start` to `end`.

    `loose` are the runs of triples in it that stand in no GRAPH, `graphs` the terms of its GRAPHs
    with their places.
    """

    start: int
    end: int
    loose: tuple[tuple[int, int], ...]
    graphs: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of an update: where it stands in the text, and what it is made of.

    `prologue` are all declarations before it. `graphs` are the terms that a management operation
    names, with `DEFAULT`, `NAMED` and `ALL`. `dataset` is the first USING, `where` the place before
    WHERE, where another may be put.
    """

    form: Form
    source: str
    start: int
    end: int
    prologue: tuple[Passage, ...]
    silent: bool = False
    graphs: tuple[Token, ...] = ()
    with_graph: Token | None = None
    dataset: Token | None = None
    templates: tuple[Template, ...] = ()
    where: int = 0

    @property
    def alone(self) -> Composed:
        """The operation as it was written, with all declarations before it."""
        own = Passage(self.source[self.start : self.end], self.start)
        return Composed(self.source, (*self.prologue, own))

    @property
    def declarations(self) -> str:
        """All declarations before it."""
        return "".join(each.text for each in self.prologue)

    def written(self) -> Iterator[Token | None]:
        """The graphs that it writes to, as terms; None is the default graph."""
        for template in self.templates:
            if template.loose:
                yield self.with_graph
            yield from template.graphs
        for graph in self.graphs:
            yield None if graph.text.upper() == DEFAULT and graph.kind == WORD else graph


def operations_of(text: str) -> list[Operation]:
    """The operations of an update, in their order.

    Raises:
        UnreadableError: it is no update, or one that could be read in two ways.
    """
    return list(_Parser(text).operations())


def rewritten(
    operation: Operation,
    *,
    home: str | None = None,
    reads_home: bool = False,
    using: Sequence[str] = (),
    using_named: Sequence[str] = (),
) -> Composed | None:
    """The operation as text to be run alone; None where it comes to nothing.

    What names no graph is written to `home`, the IRI of a graph; with `reads_home` WHERE sees that
    graph instead of the default graph. `using` and `using_named` make the dataset of WHERE: they
    are IRIs, of an operation that has neither WITH nor USING. A management operation on DEFAULT is
    one on `home`, and its graphs are otherwise `home` alone (`Operation.written` tells).
    """
    if operation.graphs:
        return _managed(operation, home)
    source, edits = operation.source, Edits()
    wraps = home is not None and operation.with_graph is None
    if wraps and reads_home and operation.form.reads:
        edits.insert(operation.start, f"WITH <{home}> ")
        wraps = False
    if wraps:
        for template in operation.templates:
            for start, end in template.loose:
                edits.insert(start, f"GRAPH <{home}> {{ ")
                edits.insert(end, " }")
    dataset = [f"USING <{iri}> " for iri in using] + [
        f"USING NAMED <{iri}> " for iri in using_named
    ]
    if operation.form is Form.DELETE_WHERE and (home is not None or dataset):
        (pattern,) = operation.templates
        edits.replace(operation.where, pattern.start, "")
        where = source[pattern.start : pattern.end]
        edits.insert(pattern.end, f" {''.join(dataset)}WHERE {where}")
    elif operation.form is Form.MODIFY:
        edits.insert(operation.where, "".join(dataset))
    changed = edits.applied(source, operation.start, operation.end)
    return Composed(source, (*operation.prologue, *changed))


def _managed(operation: Operation, home: str | None) -> Composed | None:
    if home is None:
        return operation.alone
    if operation.form in (Form.ADD, Form.MOVE, Form.COPY):
        return None  # from the one graph to itself
    if operation.graphs[0].text.upper() == DEFAULT:  # which is always there
        whole = Passage(f"{operation.form} SILENT GRAPH <{home}>")
        return Composed(operation.source, (whole,))
    return operation.alone


class _Parser:
    """Reads the tokens of one update from the first to the last."""

    def __init__(self, text: str) -> None:
        self._tokens = Tokens(text)
        self._text = text
        self._labels: dict[bool, set[str]] = {}
        self._at = 0

    def operations(self) -> Iterator[Operation]:
        prologue: tuple[Passage, ...] = ()
        while True:
            prologue += tuple(self._declarations())
            if self._peek() is None:
                return
            first = self._at
            operation = self._operation(prologue)
            self._note_labels(operation, first)
            yield operation
            if self._peek() is None:
                return
            self._sign(";")

    def _note_labels(self, operation: Operation, first: int) -> None:
        """Refuse a label that another INSERT DATA or WHERE has (SPARQL 1.1 Query, section 19.6)."""
        begins = operation.start if operation.form is Form.INSERT_DATA else operation.where
        if operation.form is not Form.INSERT_DATA and not operation.where:
            return
        known = self._labels.setdefault(operation.form is Form.INSERT_DATA, set())
        found = [
            each
            for each in self._tokens.found[first : self._at]
            if each.kind == BLANK and each.start >= begins
        ]
        for each in found:
            if each.text in known:
                raise UnreadableError(
                    each.start, f"The blank node {each.text} stands in another operation too."
                )
        known.update(each.text for each in found)

    def _declarations(self) -> Iterator[Passage]:
        while word := self._word("PREFIX", "BASE", "VERSION"):
            if word.text.upper() == "VERSION":
                last = self._take(STRING)
            else:
                if word.text.upper() == "PREFIX":
                    name = self._take(PREFIXED)
                    if not name.text.endswith(":"):
                        raise UnreadableError(name.start, "The name of a prefix ends in a colon.")
                last = self._take(IRI_REFERENCE)
            yield Passage(self._text[word.start : last.end], word.start)
            yield Passage("\n")

    def _operation(self, prologue: tuple[Passage, ...]) -> Operation:
        first = self._word(*_READERS)
        if first is None:
            raise self._unreadable("An operation of SPARQL Update begins here.")
        return _READERS[first.text.upper()](self, first, prologue)

    def _insert(self, first: Token, prologue: tuple[Passage, ...]) -> Operation:
        if self._word("DATA"):
            return self._data(Form.INSERT_DATA, first, prologue)
        return self._modify(first, prologue, None, [self._template()])

    def _delete(self, first: Token, prologue: tuple[Passage, ...]) -> Operation:
        if self._word("DATA"):
            return self._data(Form.DELETE_DATA, first, prologue)
        if where := self._word("WHERE"):
            pattern = self._template()
            return Operation(
                Form.DELETE_WHERE,
                self._text,
                first.start,
                pattern.end,
                prologue,
                templates=(pattern,),
                where=where.start,
            )
        templates = [self._template()]
        if self._word("INSERT"):
            templates.append(self._template())
        return self._modify(first, prologue, None, templates)

    def _with(self, first: Token, prologue: tuple[Passage, ...]) -> Operation:
        graph = self._iri()
        word = self._word("DELETE", "INSERT")
        if word is None:
            raise self._unreadable("DELETE or INSERT follows WITH.")
        templates = [self._template()]
        if word.text.upper() == "DELETE" and self._word("INSERT"):
            templates.append(self._template())
        return self._modify(first, prologue, graph, templates)

    def _data(self, form: Form, first: Token, prologue: tuple[Passage, ...]) -> Operation:
        data = self._template()
        return Operation(form, self._text, first.start, data.end, prologue, templates=(data,))

    def _modify(
        self,
        first: Token,
        prologue: tuple[Passage, ...],
        graph: Token | None,
        templates: list[Template],
    ) -> Operation:
        dataset = None
        while using := self._word("USING"):
            dataset = dataset or using
            self._word("NAMED")
            self._iri()
        where = self._word("WHERE")
        if where is None:
            raise self._unreadable("WHERE follows a template.")
        return Operation(
            Form.MODIFY,
            self._text,
            first.start,
            self._group(),
            prologue,
            with_graph=graph,
            dataset=dataset,
            templates=tuple(templates),
            where=where.start,
        )

    def _load(self, first: Token, prologue: tuple[Passage, ...]) -> Operation:
        silent = self._word("SILENT") is not None
        last = self._iri()
        if self._word("INTO"):
            self._must("GRAPH")
            last = self._iri()
        return Operation(Form.LOAD, self._text, first.start, last.end, prologue, silent)

    def _clear(self, first: Token, prologue: tuple[Passage, ...]) -> Operation:
        silent = self._word("SILENT") is not None
        graph = self._word(*_EVERYTHING)
        if graph is None:
            self._must("GRAPH")
            graph = self._iri()
        return self._management(first, prologue, silent, graph)

    def _create(self, first: Token, prologue: tuple[Passage, ...]) -> Operation:
        silent = self._word("SILENT") is not None
        self._must("GRAPH")
        return self._management(first, prologue, silent, self._iri())

    def _copy(self, first: Token, prologue: tuple[Passage, ...]) -> Operation:
        silent = self._word("SILENT") is not None
        origin = self._graph_or_default()
        self._must("TO")
        return self._management(first, prologue, silent, origin, self._graph_or_default())

    def _management(
        self, first: Token, prologue: tuple[Passage, ...], silent: bool, *graphs: Token
    ) -> Operation:
        form = Form(first.text.upper())
        end = graphs[-1].end
        return Operation(form, self._text, first.start, end, prologue, silent, graphs)

    def _graph_or_default(self) -> Token:
        if word := self._word(DEFAULT):
            return word
        self._word("GRAPH")
        return self._iri()

    def _template(self) -> Template:
        """The quads between braces (rule 50), with the end of each."""
        opening = self._at
        start = self._sign("{").start
        close = self._tokens.closing[opening]
        loose: list[tuple[int, int]] = []
        graphs: list[Token] = []
        begun: int | None = None
        while self._at < close:
            token = self._tokens.found[self._at]
            if token.kind == WORD and token.text.upper() == "GRAPH":
                if begun is not None:
                    loose.append((begun, self._tokens.found[self._at - 1].end))
                begun = None
                self._at += 1
                graphs.append(self._take(IRI_REFERENCE, PREFIXED, VARIABLE))
                self._group()
                self._next_is(".")
                continue
            if token.kind == WORD and token.text.upper() not in _UNDERSTOOD:
                raise UnreadableError(token.start, _SPACE_IT)
            if token.kind == SIGN and token.text == "{" and self._text[token.end] != "|":
                raise UnreadableError(
                    token.start, f"GRAPH and its IRI stand before it. {_SPACE_IT}"
                )
            begun = token.start if begun is None else begun
            self._at = self._tokens.closing.get(self._at, self._at) + 1
        if begun is not None:
            loose.append((begun, self._tokens.found[close - 1].end))
        self._at = close + 1
        return Template(start, self._tokens.found[close].end, tuple(loose), tuple(graphs))

    def _group(self) -> int:
        """Where the group that begins here ends."""
        close = self._tokens.closing.get(self._at)
        self._sign("{")
        assert close is not None
        self._at = close + 1
        return self._tokens.found[close].end

    def _iri(self) -> Token:
        return self._take(IRI_REFERENCE, PREFIXED)

    def _peek(self) -> Token | None:
        return self._tokens.found[self._at] if self._at < len(self._tokens.found) else None

    def _take(self, *kinds: str) -> Token:
        token = self._peek()
        if token is None or token.kind not in kinds:
            raise self._unreadable(_SPACE_IT)
        self._at += 1
        return token

    def _word(self, *words: str) -> Token | None:
        """The next token, where it is one of these words."""
        token = self._peek()
        if token is None or token.kind != WORD or token.text.upper() not in words:
            return None
        self._at += 1
        return token

    def _must(self, word: str) -> None:
        if self._word(word) is None:
            raise self._unreadable(f"{word} stands here.")

    def _next_is(self, sign: str) -> bool:
        token = self._peek()
        if token is None or token.kind != SIGN or token.text != sign:
            return False
        self._at += 1
        return True

    def _sign(self, sign: str) -> Token:
        if not self._next_is(sign):
            raise self._unreadable(f"“{sign}” stands here.")
        return self._tokens.found[self._at - 1]

    def _unreadable(self, reason: str) -> UnreadableError:
        token = self._peek()
        return UnreadableError(len(self._text) if token is None else token.start, reason)


_READERS = {
    "INSERT": _Parser._insert,
    "DELETE": _Parser._delete,
    "WITH": _Parser._with,
    "LOAD": _Parser._load,
    "CLEAR": _Parser._clear,
    "DROP": _Parser._clear,
    "CREATE": _Parser._create,
    "ADD": _Parser._copy,
    "MOVE": _Parser._copy,
    "COPY": _Parser._copy,
}
