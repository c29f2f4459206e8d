"""An update taken apart into its operations. Pure text.

Declarations between operations, which the grammar allows (rule 29) and the engine does not, come
before each. The outer structure of an update (SPARQL 1.1 Update, grammar rules 29 to 50) is read
strictly, and what stands in a WHERE not at all but for its end. The engine takes keywords that
stick to what follows them (`INSERTDATA{`); such a text could be read in two ways, so it is refused
here.
"""

from collections.abc import Iterator

from loaders.writing.cursor import SPACE_IT, Cursor
from loaders.writing.operations import DEFAULT, Form, Operation, Template
from loaders.writing.passages import Passage
from loaders.writing.tokens import Token, UnreadableError
from queries.tokens import BLANK, IRI_REFERENCE, PREFIXED, SIGN, STRING, VARIABLE, WORD

_EVERYTHING = frozenset(("DEFAULT", "NAMED", "ALL"))
_UNDERSTOOD = frozenset(("A", "TRUE", "FALSE"))


def operations_of(text: str) -> list[Operation]:
    """The operations of an update, in their order.

    Raises:
        UnreadableError: it is no update, or one that could be read in two ways.
    """
    return list(_Parser(text).operations())


class _Parser(Cursor):
    """Reads the tokens of one update from the first to the last."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._labels: dict[bool, set[str]] = {}

    def operations(self) -> Iterator[Operation]:
        prologue: tuple[Passage, ...] = ()
        while True:
            prologue += tuple(self._declarations())
            if self.peek() is None:
                return
            first = self.at
            operation = self._operation(prologue)
            self._note_labels(operation, first)
            yield operation
            if self.peek() is None:
                return
            self.sign(";")

    def _note_labels(self, operation: Operation, first: int) -> None:
        """Refuse a label that another INSERT DATA or WHERE has (SPARQL 1.1 Query, section 19.6)."""
        begins = operation.start if operation.form is Form.INSERT_DATA else operation.where
        if operation.form is not Form.INSERT_DATA and not operation.where:
            return
        known = self._labels.setdefault(operation.form is Form.INSERT_DATA, set())
        found = [
            each
            for each in self.tokens.found[first : self.at]
            if each.kind == BLANK and each.start >= begins
        ]
        for each in found:
            if each.text in known:
                raise UnreadableError(
                    each.start, f"The blank node {each.text} stands in another operation too."
                )
        known.update(each.text for each in found)

    def _declarations(self) -> Iterator[Passage]:
        while word := self.word("PREFIX", "BASE", "VERSION"):
            if word.text.upper() == "VERSION":
                last = self.take(STRING)
            else:
                if word.text.upper() == "PREFIX":
                    name = self.take(PREFIXED)
                    if not name.text.endswith(":"):
                        raise UnreadableError(name.start, "The name of a prefix ends in a colon.")
                last = self.take(IRI_REFERENCE)
            yield Passage(self.text[word.start : last.end], word.start)
            yield Passage("\n")

    def _operation(self, prologue: tuple[Passage, ...]) -> Operation:
        first = self.word(*_READERS)
        if first is None:
            raise self.unreadable("An operation of SPARQL Update begins here.")
        return _READERS[first.text.upper()](self, first, prologue)

    def _insert(self, first: Token, prologue: tuple[Passage, ...]) -> Operation:
        if self.word("DATA"):
            return self._data(Form.INSERT_DATA, first, prologue)
        return self._modify(first, prologue, None, [self._template()])

    def _delete(self, first: Token, prologue: tuple[Passage, ...]) -> Operation:
        if self.word("DATA"):
            return self._data(Form.DELETE_DATA, first, prologue)
        if where := self.word("WHERE"):
            pattern = self._template()
            return Operation(
                Form.DELETE_WHERE,
                self.text,
                first.start,
                pattern.end,
                prologue,
                templates=(pattern,),
                where=where.start,
            )
        templates = [self._template()]
        if self.word("INSERT"):
            templates.append(self._template())
        return self._modify(first, prologue, None, templates)

    def _with(self, first: Token, prologue: tuple[Passage, ...]) -> Operation:
        graph = self.iri()
        word = self.word("DELETE", "INSERT")
        if word is None:
            raise self.unreadable("DELETE or INSERT follows WITH.")
        templates = [self._template()]
        if word.text.upper() == "DELETE" and self.word("INSERT"):
            templates.append(self._template())
        return self._modify(first, prologue, graph, templates)

    def _data(self, form: Form, first: Token, prologue: tuple[Passage, ...]) -> Operation:
        data = self._template()
        return Operation(form, self.text, first.start, data.end, prologue, templates=(data,))

    def _modify(
        self,
        first: Token,
        prologue: tuple[Passage, ...],
        graph: Token | None,
        templates: list[Template],
    ) -> Operation:
        dataset = None
        while using := self.word("USING"):
            dataset = dataset or using
            self.word("NAMED")
            self.iri()
        where = self.word("WHERE")
        if where is None:
            raise self.unreadable("WHERE follows a template.")
        return Operation(
            Form.MODIFY,
            self.text,
            first.start,
            self.group(),
            prologue,
            with_graph=graph,
            dataset=dataset,
            templates=tuple(templates),
            where=where.start,
        )

    def _load(self, first: Token, prologue: tuple[Passage, ...]) -> Operation:
        silent = self.word("SILENT") is not None
        last = self.iri()
        if self.word("INTO"):
            self.must("GRAPH")
            last = self.iri()
        return Operation(Form.LOAD, self.text, first.start, last.end, prologue, silent)

    def _clear(self, first: Token, prologue: tuple[Passage, ...]) -> Operation:
        silent = self.word("SILENT") is not None
        graph = self.word(*_EVERYTHING)
        if graph is None:
            self.must("GRAPH")
            graph = self.iri()
        return self._management(first, prologue, silent, graph)

    def _create(self, first: Token, prologue: tuple[Passage, ...]) -> Operation:
        silent = self.word("SILENT") is not None
        self.must("GRAPH")
        return self._management(first, prologue, silent, self.iri())

    def _copy(self, first: Token, prologue: tuple[Passage, ...]) -> Operation:
        silent = self.word("SILENT") is not None
        origin = self._graph_or_default()
        self.must("TO")
        return self._management(first, prologue, silent, origin, self._graph_or_default())

    def _management(
        self, first: Token, prologue: tuple[Passage, ...], silent: bool, *graphs: Token
    ) -> Operation:
        form = Form(first.text.upper())
        end = graphs[-1].end
        return Operation(form, self.text, first.start, end, prologue, silent, graphs)

    def _graph_or_default(self) -> Token:
        if word := self.word(DEFAULT):
            return word
        self.word("GRAPH")
        return self.iri()

    def _template(self) -> Template:
        """The quads between braces (rule 50), with the end of each."""
        opening = self.at
        start = self.sign("{").start
        close = self.tokens.closing[opening]
        loose: list[tuple[int, int]] = []
        graphs: list[Token] = []
        begun: int | None = None
        while self.at < close:
            token = self.tokens.found[self.at]
            if token.kind == WORD and token.text.upper() == "GRAPH":
                if begun is not None:
                    loose.append((begun, self.tokens.found[self.at - 1].end))
                begun = None
                self.at += 1
                graphs.append(self.take(IRI_REFERENCE, PREFIXED, VARIABLE))
                self.group()
                self.next_is(".")
                continue
            if token.kind == WORD and token.text.upper() not in _UNDERSTOOD:
                raise UnreadableError(token.start, SPACE_IT)
            if token.kind == SIGN and token.text == "{" and self.text[token.end] != "|":
                raise UnreadableError(token.start, f"GRAPH and its IRI stand before it. {SPACE_IT}")
            begun = token.start if begun is None else begun
            self.at = self.tokens.closing.get(self.at, self.at) + 1
        if begun is not None:
            loose.append((begun, self.tokens.found[close - 1].end))
        self.at = close + 1
        return Template(start, self.tokens.found[close].end, tuple(loose), tuple(graphs))


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
