"""Texts for people as publishers write them: with HTML in them, and control characters.

What is told apart here is what a browser would not show as words (HTML, section 13.1); a text that
is no HTML stays as it is. The time that this takes grows with the length of a text and no faster,
whatever stands in it.
"""

import re
from html import unescape
from html.entities import html5

_REFERENCE = re.compile(r"&([a-zA-Z][a-zA-Z0-9]{1,30};|#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};)")
_HTML = re.compile(r"<[a-zA-Z/!][^<>]*>")
# A tag as it follows its “<”, with or without “>” in the values of its attributes.
_TAG = re.compile(
    r"(/?[a-zA-Z][a-zA-Z0-9-]*+)(?:[\s/](?:[^>\"']|\"[^\"]*+\"|'[^']*+')*+)?+>"
    r"|[a-zA-Z/!?][^>]*+>"
)
_BLOCKS = frozenset({"br", "div", "h1", "h2", "h3", "h4", "li", "p", "td", "th", "tr", "ul", "ol"})
_UNSAID = frozenset({"script", "style", "template"})
_COMMENT, _COMMENT_END = "!--", "-->"


def has_html(text: str) -> bool:
    """Whether a text holds tags or character references of HTML."""
    return _HTML.search(text) is not None or _referred(text) != text


def words_of(text: str) -> str:
    """The words of a text that may hold HTML, their white space put in order."""
    return " ".join((_said(text) if has_html(text) else text).split())


def _said(text: str) -> str:
    """A text without its tags and comments, and without what a browser runs or styles by.

    What begins and is never ended is taken for words.
    """
    before, *pieces = text.split("<")
    said = [before]
    ends = {each: _last(pieces, f"/{each}") for each in _UNSAID}
    comment_ends = max((n for n, piece in enumerate(pieces) if _COMMENT_END in piece), default=-1)
    in_comment, unsaid = False, ""
    for number, piece in enumerate(pieces):
        if not in_comment and not unsaid and piece.startswith(_COMMENT):
            in_comment = number <= comment_ends
        if in_comment:
            _, end, rest = piece.partition(_COMMENT_END)
            in_comment = not end
            said.append(rest)
            continue
        found = _TAG.match(piece)
        name = (found[1] or "").casefold() if found else ""
        if unsaid:
            if found and name == f"/{unsaid}":
                unsaid = ""
                said.append(piece[found.end() :])
        elif found:
            unsaid = name if number < ends.get(name, -1) else ""
            said.append(" " if name.removeprefix("/") in _BLOCKS else "")
            said.append("" if unsaid else piece[found.end() :])
        else:
            said.append(f"<{piece}")
    return _referred("".join(said))


def _referred(text: str) -> str:
    """A text with the characters that references of HTML stand for."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    name = reference[1]
    return unescape(reference[0]) if name.startswith("#") else html5.get(name, reference[0])


def _last(pieces: list[str], beginning: str) -> int:
    """The place of the last piece that begins so, whatever its case; -1 where there is none."""
    length = len(beginning)
    found = (n for n, piece in enumerate(pieces) if piece[:length].lower() == beginning)
    return max(found, default=-1)
