"""The tokens of an update, with their places and which bracket closes which.

The lexer is that of `queries.tokens`. What it wants to be told, whether a `<` may open an IRI,
follows from the brackets round it: it compares behind an operand in an expression, and nowhere
else.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from queries.tokens import IRI_REFERENCE, PREFIXED, SIGN, TERMS, WORD, next_token

_OPENING = {"(": ")", "[": "]", "{": "}", "<<": ">>"}
_CLOSING = frozenset(_OPENING.values())
_EXPRESSION_CLAUSES = ("SELECT", "GROUP", "ORDER", "HAVING")


class UnreadableError(ValueError):
    """A text that cannot be taken apart at the place `at`."""

    def __init__(self, at: int, reason: str) -> None:
        super().__init__(reason)
        self.at = at
        self.reason = reason


class Token(NamedTuple):
    """A token: its kind, its text, and from where to where it stands."""

    kind: str
    text: str
    start: int
    end: int


class _Scope(Enum):
    """Between which brackets a token stands."""

    GROUP = "a group or a template"
    TRIPLES = "a collection, a blank node's properties, a triple term"
    EXPRESSION = "the parentheses of an expression"
    DATA = "the block of a VALUES clause"


@dataclass(slots=True)
class _Bracket:
    scope: _Scope
    sign: str
    index: int
    takes_expressions: bool = False


@dataclass(slots=True)
class Tokens:
    """All tokens of a text, and by the index of each opening bracket that of its closing one."""

    text: str
    found: list[Token] = field(default_factory=list)
    closing: dict[int, int] = field(default_factory=dict)
    _brackets: list[_Bracket] = field(default_factory=list)
    _data_follows: bool = False

    def __post_init__(self) -> None:
        at, iri_may_start = 0, True
        while token := next_token(self.text, at, iri_may_start=iri_may_start):
            kind, said, at = token
            if kind == SIGN and said in "\"'":
                raise UnreadableError(at - 1, "This quotation mark opens no whole string.")
            if kind == WORD:
                self._take_word(said.upper())
            elif kind == SIGN:
                self._take_sign(said, at - len(said))
            self.found.append(Token(kind, said, at - len(said), at))
            iri_may_start = not (
                self._brackets
                and self._brackets[-1].scope is _Scope.EXPRESSION
                and self._after_operand()
            )
        if self._brackets:
            raise UnreadableError(
                self.found[self._brackets[-1].index].start, "This bracket is never closed."
            )

    def _take_word(self, word: str) -> None:
        if self._brackets and word.startswith(_EXPRESSION_CLAUSES):
            self._brackets[-1].takes_expressions = True
        if word.endswith("VALUES"):
            self._data_follows = True

    def _take_sign(self, sign: str, at: int) -> None:
        if sign in _OPENING:
            self._brackets.append(_Bracket(self._opened(sign), sign, len(self.found)))
        elif sign in _CLOSING:
            if not self._brackets or _OPENING[self._brackets[-1].sign] != sign:
                raise UnreadableError(at, "This bracket closes none.")
            self.closing[self._brackets.pop().index] = len(self.found)

    def _opened(self, sign: str) -> _Scope:
        around = self._brackets[-1] if self._brackets else None
        if around and around.scope is _Scope.DATA:
            return _Scope.DATA
        if sign == "{":
            data, self._data_follows = self._data_follows, False
            return _Scope.DATA if data else _Scope.GROUP
        if sign == "(" and around:
            if around.scope is _Scope.EXPRESSION:
                return around.scope
            if around.takes_expressions or self._starts_constraint():
                return _Scope.EXPRESSION
        return _Scope.TRIPLES

    def _starts_constraint(self) -> bool:
        """Whether a `(` follows a keyword, as in `FILTER (`, or a function that a FILTER calls."""
        before, earlier = self._last(1), self._last(2)
        if before.kind == WORD:
            return before.text != "a"
        if before.kind == PREFIXED and "FILTER" in before.text.partition(":")[0].upper():
            raise UnreadableError(before.start, "Put a space after FILTER.")
        return (
            before.kind in (IRI_REFERENCE, PREFIXED)
            and earlier.kind == WORD
            and earlier.text.upper().endswith("FILTER")
        )

    def _after_operand(self) -> bool:
        before = self._last(1)
        if before.kind == WORD:
            return before.text.lower().endswith(("true", "false"))
        return before.kind in TERMS or (before.kind == SIGN and before.text in _CLOSING)

    def _last(self, back: int) -> Token:
        return self.found[-back] if len(self.found) >= back else Token(SIGN, "", 0, 0)
