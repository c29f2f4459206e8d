"""The tokens of a SPARQL query, told apart as the engine's parser tells them.

The grammar cannot be split into tokens by longest match alone: `?a<?b&&?c>?d` is an IRI to
SPARQL's tokeniser (SPARQL 1.1 §19.8, note 12) and two comparisons to a parser that goes by
context, as the engine's does. Whoever reads it one way can be hidden from by somebody who
writes it the other way, so the reader says, token by token, whether a `<` may open an IRI.

Strings and names are read no more generously than the engine reads them. Where it finds no
whole string it goes back and tries a shorter one; so a quote that opens no whole string is a
sign here, for the reader to refuse. A local name has one group of dots at most.

`service_clause` needs no reading at all. Whatever the engine makes of the text before, it
must find SERVICE, an endpoint and a brace one after the other: so it is a second line of
defence that no mistake in telling tokens apart can breach.
"""

import re
from typing import Final

# SPARQL 1.1 §19.8, rules 164 to 167, as members of a character class.
PN_CHARS_BASE = (
    r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    r"\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
PN_CHARS_U = rf"{PN_CHARS_BASE}_"
VARNAME_CHARS = rf"{PN_CHARS_U}0-9\u00b7\u0300-\u036f\u203f\u2040"
PN_CHARS = rf"{VARNAME_CHARS}\-"

HEX = "[0-9A-Fa-f]"
PLX = rf"%{HEX}{{2}}|\\[_~.\-!$&'()*+,;=/?#@%]"
# What stands for no character (a surrogate, or a number past the last) spoils the string.
UCHAR = (
    rf"\\u(?![Dd][89A-Fa-f]){HEX}{{4}}"
    rf"|\\U(?:0000(?![Dd][89A-Fa-f])|000[1-9A-Fa-f]|0010){HEX}{{4}}"
)
ESCAPE = rf"\\[tbnrf\"'\\]|{UCHAR}"

SPACE = r"(?:[ \t\r\n]++|\#[^\r\n]*+)*+"
VARNAME = rf"[{PN_CHARS_U}0-9][{VARNAME_CHARS}]*+"
# Nobody's prefix is longer; unbounded, `a.a.a.a…` would be read to its end from each `a`.
PN_PREFIX = rf"[{PN_CHARS_BASE}](?:[{PN_CHARS}.]{{0,63}}+(?<!\.))?"
PN_LOCAL = (
    rf"(?:[{PN_CHARS_U}:0-9]|{PLX})(?:[{PN_CHARS}:]++|{PLX})*+(?:\.++(?:[{PN_CHARS}:]++|{PLX})++)?+"
)
IRIREF = rf"<(?:[^\x00-\x20<>\"{{}}|^`\\]++|{UCHAR})*+>"
TOKEN = rf"""
    (?P<VARIABLE>[?$]{VARNAME})
  | (?P<PREFIXED>(?:{PN_PREFIX})?:(?:{PN_LOCAL})?)
  | (?P<WORD>[{PN_CHARS_BASE}][{PN_CHARS_U}0-9]*+)
  | (?P<STRING>
        \"\"\"(?:\"{{0,2}}(?:[^\"\\]++|{ESCAPE}))*+\"\"\"
      | '''(?:'{{0,2}}(?:[^'\\]++|{ESCAPE}))*+'''
      | \"(?!\"\")(?:[^\"\\\r\n]++|{ESCAPE})*+\"
      | '(?!'')(?:[^'\\\r\n]++|{ESCAPE})*+'
    )
  | (?P<NUMBER>(?:[0-9]++\.[0-9]*+|\.?[0-9]++)[eE][+-]?[0-9]++|[0-9]*+\.[0-9]++|[0-9]++)
  | (?P<BLANK>_:[{PN_CHARS_U}0-9][{PN_CHARS}]*+(?:\.++[{PN_CHARS}]++)*+)
  | (?P<LANGUAGE>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+(?:--[A-Za-z]++)?+)
  | (?P<SIGN>\^\^|&&|\|\||!=|<=|>=|<<|>>|.)
"""

# A run of values as VALUES lists them, in rows or not, of the kinds that need no second look: each
# is whole, for it stands before something that can be no part of it.
_NAME = r"[A-Za-z][A-Za-z0-9]*+:[A-Za-z0-9_-]++"
_PLAIN_IRI = r"<[^\x00-\x20<>\"{}|^`\\]*+>"
_VALUE = (
    r"(?:[0-9]++(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+|UNDEF|true|false"
    rf"|{_PLAIN_IRI}|{_NAME}"
    r"|\"(?!\"\")[^\"\\\r\n]*+\""
    rf"(?:@[A-Za-z]++(?:-[A-Za-z0-9]++)*+|\^\^{_PLAIN_IRI}|\^\^{_NAME})?+)"
    r"(?=[ \t\r\n()<}])"
)
_GAP = r"[ \t\r\n]*+"
VALUES_RUN = re.compile(rf"(?:{_GAP}(?:{_VALUE}|\((?:{_GAP}{_VALUE})*+{_GAP}\)))++")

ANY_TOKEN = re.compile(rf"{SPACE}(?:(?P<IRI>{IRIREF})|{TOKEN})", re.VERBOSE | re.DOTALL)
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
QUOTES = frozenset("\"'")

MENTION = re.compile(rf"[?$]{VARNAME}|(?P<keyword>SERVICE)", re.IGNORECASE)
AFTER_KEYWORD = re.compile(rf"{SPACE}(?P<silent>SILENT{SPACE})?+", re.IGNORECASE)
ENDPOINT = re.compile(rf"{IRIREF}|[?$]{VARNAME}|(?P<prefix>{PN_PREFIX})?:(?:{PN_LOCAL})?")
BEFORE_GROUP = re.compile(rf"{SPACE}\{{")
NAMES_BEFORE_COLON = re.compile(rf"(?<![{PN_CHARS}.])[{PN_CHARS}.]*+(?=:)")
COMMENT_LINE = re.compile(r"[ \t]*+\#")
MAX_EFFORT = 4 << 20  # characters looked at behind the keyword, again for each mention of it


def next_token(text: str, at: int, *, iri_may_start: bool) -> tuple[str, str, int] | None:
    """The next token from this place on: its kind, its text and its end; None after the last."""
    matched = (ANY_TOKEN if iri_may_start else NO_IRI).match(text, at)
    if matched is None:
        return None
    kind = matched.lastgroup or SIGN
    return kind, matched[kind], matched.end()


def after_values(text: str, at: int) -> int:
    """Where a run of plain values ends that begins at this place of a VALUES block."""
    matched = VALUES_RUN.match(text, at)
    return at if matched is None else matched.end()


def service_clause(text: str) -> int | None:
    """Where the engine might find a SERVICE clause (SPARQL 1.1 Federated Query §4), or None.

    Passed over are what no reading makes a clause: part of a variable's name, a name whose
    prefix is nowhere declared, and a comment that has a line to itself, in a text where no
    long string could hold that line. A text that says the keyword so often that looking
    becomes dear is taken to have one.
    """
    if "service" not in text.casefold():
        return None
    declared: set[str] | None = None
    lines_are_lines = '"""' not in text and "'''" not in text
    effort = 0
    for mention in MENTION.finditer(text):
        start, at = mention.span()
        if mention["keyword"] is None or (lines_are_lines and _comments_out(text, start)):
            continue
        after = AFTER_KEYWORD.match(text, at)
        endpoint = after and ENDPOINT.match(text, after.end())
        group = endpoint and BEFORE_GROUP.match(text, endpoint.end())
        effort += (group or endpoint or after or mention).end() - start
        if effort > MAX_EFFORT:
            return start
        if not (after and endpoint and group):
            continue
        declared = _declared_prefixes(text) if declared is None else declared
        named = endpoint[0][0] not in "<?$"
        if named and not after["silent"] and (endpoint["prefix"] or "") not in declared:
            continue
        return start
    return None


def _comments_out(text: str, at: int) -> bool:
    """Whether the line of this place is a comment from its first visible character."""
    line = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    return COMMENT_LINE.match(text, line, at) is not None


def _declared_prefixes(text: str) -> set[str]:
    """The prefixes that PREFIX may declare, and more: a declaration may be stuck to its keyword."""
    names = set(NAMES_BEFORE_COLON.findall(text))
    return names | {name[6:] for name in names if name[:6].upper() == "PREFIX"}
