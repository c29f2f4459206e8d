"""The tokens of a SPARQL query, told apart as the engine's parser tells them.

The grammar cannot be split into tokens by longest match alone: `?a<?b&&?c>?d` is an IRI to
SPARQL's tokeniser (SPARQL 1.1 §19.8, note 12) and two comparisons to a parser that goes by
context, as the engine's does. Whoever reads it one way can be hidden from by somebody who
writes it the other way, so the reader says, token by token, whether a `<` may open an IRI.
"""

import re
from typing import Final

NAME = r"\w\u00b7\u0300-\u036f\u203f\u2040\-"  # what a name may hold beside dots
ESCAPE = r"\\[_~.\-!$&'()*+,;=/?#@%]"

SPACE = r"(?:[ \t\r\n]++|\#[^\r\n]*+)*+"
IRI = r"(?P<IRI><(?:[^\x00-\x20<>\"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)"
TOKEN = rf"""
    (?P<VARIABLE>[?$]\w[\w\u00b7\u0300-\u036f\u203f\u2040]*+)
  | (?P<PREFIXED>
        (?:[^\W\d_][{NAME}.]*+(?<!\.))?:
        (?:(?:[\w:%]|{ESCAPE})(?:[{NAME}:%]++|\.++(?=[{NAME}:%\\])|{ESCAPE})*+)?
    )
  | (?P<WORD>[^\W\d_]\w*+)
  | (?P<STRING>
        \"\"\"(?:\"{{0,2}}(?:[^\"\\]|\\.))*+\"\"\"
      | '''(?:'{{0,2}}(?:[^'\\]|\\.))*+'''
      | \"(?:[^\"\\\r\n]|\\.)*+\"
      | '(?:[^'\\\r\n]|\\.)*+'
    )
  | (?P<NUMBER>(?:\d+\.\d*|\.?\d+)[eE][+-]?\d+|\d*\.\d+|\d+)
  | (?P<BLANK>_:\w(?:[{NAME}]++|\.++(?=[{NAME}]))*+)
  | (?P<LANGUAGE>@[A-Za-z]+(?:-+[A-Za-z0-9]+)*+)
  | (?P<SIGN>\^\^|&&|\|\||!=|<=|>=|<<|>>|.)
"""

ANY_TOKEN = re.compile(rf"{SPACE}(?:{IRI}|{TOKEN})", re.VERBOSE | re.DOTALL)
NO_IRI = re.compile(rf"{SPACE}(?:{TOKEN})".replace("|<<|", "|"), re.VERBOSE | re.DOTALL)


# The kinds of token. They are plain strings, as the expression's groups are named: the pass
# over a query's text is on the way of every request.
IRI_REFERENCE: Final = "IRI"
VARIABLE: Final = "VARIABLE"
PREFIXED: Final = "PREFIXED"
WORD: Final = "WORD"
STRING: Final = "STRING"
NUMBER: Final = "NUMBER"
BLANK: Final = "BLANK"
LANGUAGE: Final = "LANGUAGE"
SIGN: Final = "SIGN"

TERMS = frozenset((IRI_REFERENCE, VARIABLE, PREFIXED, STRING, NUMBER, BLANK, LANGUAGE))


def next_token(text: str, at: int, *, iri_may_start: bool) -> tuple[str, str, int] | None:
    """The next token from this place on: its kind, its text and its end; None after the last."""
    matched = (ANY_TOKEN if iri_may_start else NO_IRI).match(text, at)
    if matched is None:
        return None
    kind = matched.lastgroup or SIGN
    return kind, matched[kind], matched.end()
