"""What a query's text tells before the engine sees it, and which texts are refused.

One lexical pass: it is no parser, and a query that it lets through may still be malformed.
It is there because some texts must never reach the engine's parser or planner at all. A
few kilobytes of brackets overflow the parser's stack and end the process, no exception
raised; a long chain of patterns keeps the planner busy for minutes; and SERVICE makes the
engine send requests of its own. The bounds are far below what was seen to do harm and far
above what people write. The pass is linear in the text: it stops at the first fault.

SERVICE is looked for a second time without telling tokens apart (`service_clause`), because
that mistake would cost most. Brackets are not: counted in comments as well as out of them,
they would refuse any long VALUES block whose IRIs have fragments.

One graph named twice in FROM counts its triples twice, as do two graphs that share some: the
engine merges nothing (against SPARQL 1.1 §13.2.1). A repeated FROM is let through, because
refusing it would mend the one case that nobody means and none that somebody does.

The engine wants no space between a keyword and what follows it (`SERVICESILENT<…>`,
`FILTERex:f(…)`), so keywords are looked for within words too.
"""

from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from queries.tokens import (
    IRI_REFERENCE,
    PREFIXED,
    QUOTES,
    SIGN,
    TERMS,
    WORD,
    after_values,
    next_token,
    service_clause,
)
from service.errors import Problem
from service.plain_queries import plain_form

MAX_BYTES = 64 << 10
MAX_NESTING = 100  # 1,000 nested EXISTS end the process
MAX_PREFIX_RUN = 32  # so do 10,000 signs `!`
MAX_TRIPLES_NESTING = 30  # the planner takes seconds over 95
MAX_PATTERNS = 100  # the planner takes a second over them, and never ends over 250
MAX_TERMS = 500  # a DESCRIBE of 3,000 terms ends the process
MAX_OPERATIONS = 2_000  # 5,000 BINDs end the process

VOLATILE = ("NOW", "RAND", "UUID", "BNODE")  # STRUUID ends in UUID
UPDATES = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
)
DATA_WORDS = frozenset(("UNDEF", "TRUE", "FALSE"))
DATA_SIGNS = frozenset(("+", "-", "^^", "(", ")", "{", "}", "<<", ">>"))
EXPRESSION_CLAUSES = ("SELECT", "GROUP", "ORDER", "HAVING")
PREFIX_SIGNS = frozenset("!-+^")
PATTERN_SIGNS = frozenset(".;,/|^~")
OPENING = {"(": ")", "[": "]", "{": "}", "<<": ">>"}
CLOSING = frozenset(OPENING.values())
NO_TOKEN = (SIGN, "")


class QueryForm(Enum):
    """The four query forms (SPARQL 1.1 §16)."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"
    DESCRIBE = "DESCRIBE"

    @property
    def gives_graph(self) -> bool:
        """Whether the result is an RDF graph, and not solutions or a truth value."""
        return self in (QueryForm.CONSTRUCT, QueryForm.DESCRIBE)


@dataclass(frozen=True, slots=True)
class Admission:
    """What is known of an admitted query.

    `volatile` says that two runs over the same release may answer differently, so that no
    answer may be kept.
    """

    form: QueryForm
    volatile: bool


PLAIN = {form.value: Admission(form, volatile=False) for form in QueryForm}


@lru_cache(maxsize=512)
def admit(query: str) -> Admission:
    """What the query's text tells; Problem where it must not reach the engine."""
    form = plain_form(query)
    if form is not None:
        return PLAIN[form]
    return read_with_care(query)


def read_with_care(query: str) -> Admission:
    """What the query's text tells, token by token; Problem where it must not reach the engine."""
    if len(query) > MAX_BYTES or len(query.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise Problem(
            413,
            "The query is too long.",
            f"A query may have {MAX_BYTES:,} bytes of UTF-8.",
        )
    return _Reader(query).read()


class _Scope(Enum):
    """Between which brackets a token stands, which decides what it can mean."""

    QUERY = "the query itself"
    GROUP = "a group or template: triples and clauses"
    TRIPLES = "a blank node's properties, a collection, a path or a triple term: triples only"
    EXPRESSION = "the parentheses of an expression"
    DATA = "the block of a VALUES clause"


@dataclass(slots=True)
class _Bracket:
    scope: _Scope
    takes_expressions: bool = False  # a sub-select's group: its parentheses hold expressions


@dataclass(slots=True)
class _Reader:
    """The pass over one text, and what it has seen so far."""

    text: str
    form: QueryForm | None = None
    volatile: bool = False
    patterns: int = 0
    terms: int = 0
    operations: int = 0
    prefix_run: int = 0
    data_block_follows: bool = False
    brackets: list[_Bracket] = field(default_factory=lambda: [_Bracket(_Scope.QUERY, True)])
    before: tuple[str, str] = NO_TOKEN
    earlier: tuple[str, str] = NO_TOKEN
    at: int = 0

    def read(self) -> Admission:
        iri_may_start = True
        while found := next_token(self.text, self.at, iri_may_start=iri_may_start):
            kind, token, end = found
            self.at = end - len(token)
            self._take(kind, token)
            self.earlier, self.before = self.before, (kind, token)
            if self.brackets[-1].scope is _Scope.DATA:
                end = after_values(self.text, end)  # a long list is no more to be read than that
            self.at = end
            iri_may_start = not (
                self.brackets[-1].scope is _Scope.EXPRESSION and self._after_operand()
            )
        clause = service_clause(self.text)
        if clause is not None:
            self.at = clause
            raise self._refuse_service()
        if self.form is None:
            raise self._refusal(
                400,
                "This is no SPARQL query.",
                "A query has one of the forms SELECT, ASK, CONSTRUCT and DESCRIBE.",
            )
        return Admission(self.form, self.volatile)

    def _take(self, kind: str, token: str) -> None:
        if kind == WORD:
            self._take_word(token.upper())
        elif kind == SIGN:
            self._take_sign(token)
        elif self.brackets[-1].scope is _Scope.TRIPLES and self.before[0] in TERMS:
            self._count_pattern()  # the next element of a collection
        elif self.brackets[-1].takes_expressions and self.form is not None:
            self._count_term()
        if not (kind == SIGN and token in PREFIX_SIGNS):
            self.prefix_run = 0

    def _take_word(self, word: str) -> None:
        if "SERVICE" in word:
            raise self._refuse_service()
        if len(self.brackets) == 1 and self.form is None:
            if word in UPDATES:
                raise self._refusal(
                    400,
                    "This is a SPARQL update.",
                    f"{word} changes data. This endpoint answers queries; updates have an "
                    "endpoint of their own, /update.",
                )
            self.form = next((form for form in QueryForm if word.startswith(form.value)), None)
        if word.startswith(EXPRESSION_CLAUSES):
            self.brackets[-1].takes_expressions = True
        if word.endswith("VALUES"):
            self.data_block_follows = True
        if self.brackets[-1].scope is not _Scope.DATA or word not in DATA_WORDS:
            self._count_operation()

    def _take_sign(self, sign: str) -> None:
        if sign in QUOTES:
            raise self._refusal(
                400,
                "A string does not end.",
                "This quotation mark opens no whole string: its end is missing, or it holds a "
                "line break or an escape that SPARQL does not have.",
            )
        if sign in OPENING:
            self._open(sign)
        elif sign in CLOSING:
            if len(self.brackets) > 1 and self.brackets.pop().scope is _Scope.GROUP:
                self._count_pattern()  # a triple ends with its group, without a full stop
        elif sign in PREFIX_SIGNS:
            self.prefix_run += 1
            if self.prefix_run > MAX_PREFIX_RUN:
                raise self._too_much(f"more than {MAX_PREFIX_RUN} prefix operators in a row")
        scope = self.brackets[-1].scope
        if scope is _Scope.EXPRESSION:
            if sign not in ",()":
                self._count_operation()
        elif scope is _Scope.DATA:
            if sign not in DATA_SIGNS:
                self._count_operation()
        elif sign in PATTERN_SIGNS:
            self._count_pattern()

    def _open(self, sign: str) -> None:
        if len(self.brackets) > MAX_NESTING:
            raise self._too_much(f"more than {MAX_NESTING} brackets within one another")
        around = self.brackets[-1]
        if around.scope is _Scope.DATA:
            self.brackets.append(around)  # rows hold values, and nothing that calls
            return
        kind, token = self.before
        if sign == "(" and kind == WORD and token.upper().endswith(VOLATILE):
            self.volatile = True
        if sign == "{" and kind == PREFIXED and self._calls_service(token):
            raise self._refuse_service()
        scope = self._opened_scope(sign)
        if scope is _Scope.TRIPLES:
            self._bound_triples()
        if scope in (_Scope.GROUP, _Scope.TRIPLES):
            self._count_pattern()
        self.brackets.append(_Bracket(scope))

    def _opened_scope(self, sign: str) -> _Scope:
        around = self.brackets[-1]
        if sign == "{":
            data, self.data_block_follows = self.data_block_follows, False
            return _Scope.DATA if data else _Scope.GROUP
        if sign == "<<":
            return _Scope.TRIPLES  # in an expression as well: a `<` within it opens an IRI
        if around.scope is _Scope.EXPRESSION:
            return around.scope
        if sign == "(" and (around.takes_expressions or self._starts_constraint()):
            return _Scope.EXPRESSION
        return _Scope.TRIPLES

    def _starts_constraint(self) -> bool:
        """Whether a `(` among triples opens a clause's expression and no collection or path.

        It follows a keyword, as in `FILTER (` and `BIND(`, or the name of a function that a
        FILTER calls.
        """
        kind, token = self.before
        if kind == WORD:
            return token != "a"
        if kind == PREFIXED and "FILTER" in token.partition(":")[0].upper():
            raise self._refusal(
                422,
                "The query can be read in two ways.",
                f"{token} may be a name, or FILTER and a name: put a space after FILTER, or give "
                "the prefix another name.",
            )
        return (
            kind in (IRI_REFERENCE, PREFIXED)
            and self.earlier[0] == WORD
            and self.earlier[1].upper().endswith("FILTER")
        )

    def _calls_service(self, name: str) -> bool:
        """Whether `SERVICE` is stuck to the prefixed name before a group: `SERVICEex:endpoint {`.

        A graph may have a name that looks the same, in GRAPH and FROM.
        """
        kind, token = self.earlier
        names_graph = kind == WORD and token.upper().endswith(("GRAPH", "FROM", "NAMED"))
        return "SERVICE" in name.partition(":")[0].upper() and not names_graph

    def _after_operand(self) -> bool:
        """Whether an operand has just ended, so that a `<` compares and opens no IRI."""
        kind, token = self.before
        if kind == WORD:
            return token.lower().endswith(("true", "false"))
        return kind in TERMS or (kind == SIGN and token in CLOSING)

    def _bound_triples(self) -> None:
        within = sum(bracket.scope is _Scope.TRIPLES for bracket in self.brackets)
        if within >= MAX_TRIPLES_NESTING:
            raise self._too_much(
                f"more than {MAX_TRIPLES_NESTING} blank nodes, collections, paths or triple terms "
                "within one another"
            )

    def _count_term(self) -> None:
        self.terms += 1
        if self.terms > MAX_TERMS:
            raise self._too_much(f"more than {MAX_TERMS} terms outside its patterns")

    def _count_pattern(self) -> None:
        self.patterns += 1
        if self.patterns > MAX_PATTERNS:
            raise self._too_much(f"more than {MAX_PATTERNS} triple patterns, paths and groups")

    def _count_operation(self) -> None:
        self.operations += 1
        if self.operations > MAX_OPERATIONS:
            raise self._too_much(f"more than {MAX_OPERATIONS:,} keywords and operators")

    def _refuse_service(self) -> Problem:
        return self._refusal(
            400,
            "SERVICE is refused.",
            "This endpoint sends no requests to other endpoints on a client's behalf. A clause "
            "that is not meant is taken out, or each of its lines opens with #.",
        )

    def _too_much(self, what: str) -> Problem:
        return self._refusal(
            422, "The query is too complex.", f"It has {what}; ask in several smaller queries."
        )

    def _refusal(self, status: int, title: str, detail: str) -> Problem:
        read = self.text[: self.at]
        line = read.count("\n") + 1
        column = self.at - (read.rfind("\n") + 1) + 1
        return Problem(status, title, detail, line=line, column=column)
