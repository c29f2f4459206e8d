"""The grounds on which personal data are used, in the many ways in which registers write them.

Articles and letters are those of Articles 6(1) and 9(2) of the UK GDPR; notations are those of the
concept scheme `legal-basis`, such as `A6-1-e`. Law enforcement stands outside both articles.
"""

import re

from loaders.formats.reading.headings import folded
from loaders.issues import Fault

_SIX = {
    "a": ("consent",),
    "b": ("contract", "contractual", "contractual necessity", "performance of a contract"),
    "c": ("legal obligation", "legal obligations", "compliance with a legal obligation"),
    "d": ("vital interest", "vital interests"),
    "e": (
        *("public task", "public interest", "task in the public interest", "official authority"),
        *("public interest task", "exercise of official authority", "performance of a public task"),
        *("task carried out in the public interest", "in the exercise of official authority"),
    ),
    "f": ("legitimate interest", "legitimate interests"),
}
_SIX["ea"] = ("recognised legitimate interest", "recognised legitimate interests")
_LAW_ENFORCEMENT = ("law enforcement", "dpa 2018 part 3", "part 3 of the data protection act 2018")
_NINE = {
    "a": ("explicit consent", "consent"),
    "b": (
        *("employment", "employment and social security", "employment and social protection"),
        "employment social security and social protection",
    ),
    "c": ("vital interest", "vital interests"),
    "d": ("not for profit bodies", "not for profit body"),
    "e": (
        *("made public by the data subject", "made public by the person"),
        "manifestly made public",
    ),
    "f": ("legal claims", "legal claims or judicial acts", "legal claims and judicial acts"),
    "g": ("substantial public interest",),
    "h": ("health or social care", "health and social care"),
    "i": ("public health",),
    "j": (
        *("archiving", "research", "statistics", "research and statistics"),
        "archiving research and statistics",
    ),
}
_BY_ARTICLE = {
    6: {words: f"A6-1-{letter}" for letter, each in _SIX.items() for words in each}
    | dict.fromkeys(_LAW_ENFORCEMENT, "DPA-35"),
    9: {words: f"A9-2-{letter}" for letter, each in _NINE.items() for words in each},
}
# Article 6(1)(e), Art. 6 1 e, A6-1-e, 6.1(e); then perhaps: and (c).
_ARTICLE = re.compile(
    r"(?<![0-9a-z])(?:(?:articles?|arts?|a)[\s.]*)?"
    r"([69])[\s().\-/]{1,3}([12])[\s().\-/]{0,3}(ea|[a-z])(?![a-z0-9])\)?"
    r"((?:\s*(?:,|/|&|and|or)\s*\([a-z]\))*)",
    re.IGNORECASE,
)
_FURTHER = re.compile(r"\(([a-z])\)")
_GROUNDS = {("6", "1"): ("a", "b", "c", "d", "e", "ea", "f"), ("9", "2"): tuple("abcdefghij")}
_PIECES = re.compile(r"[;|\n]")
_PARTS = re.compile(r"[,/&+]|\band\b|\bor\b", re.IGNORECASE)
_FILLING = frozenset(
    ("a", "and", "art", "article", "articles", "basis", "gdpr", "lawful", "legal", "or", "uk")
)


def legal_bases(cell: str, article: int = 6) -> tuple[list[str], list[Fault]]:
    """The notations of the grounds that a cell names, each once, and what is wrong with the rest.

    Several are divided by semicolons or line ends. Words that could name a ground of either article
    are taken for one of `article`, which is 6 or 9.
    """
    found: list[str] = []
    faults: list[Fault] = []
    for piece in map(str.strip, _PIECES.split(cell)):
        try:
            bases, rest = _of_piece(piece, article)
        except Fault as fault:
            faults.append(fault)
            continue
        found += [each for each in bases if each not in found]
        faults += [_unknown(each) for each in rest]
    return found, faults


def _of_piece(piece: str, article: int) -> tuple[list[str], list[str]]:
    """The notations in one piece, and its words that name no ground."""
    articles = [each for match in _ARTICLE.finditer(piece) for each in _notations(match)]
    beside = re.sub(r"\(\s*\)", " ", _ARTICLE.sub(" ", piece)).strip(" -–—:,.")
    if all(word in _FILLING for word in folded(beside).split()):
        return articles, ([] if articles or not beside else [piece])
    words, rest = _of_words(beside, article, articles)
    if articles and words and not set(words) <= set(articles):
        raise Fault(
            "contradictory-values",
            f"“{piece}” names an article, and another ground in words beside it; divide several "
            "grounds by semicolons.",
            value=piece,
        )
    return [*articles, *(each for each in words if each not in articles)], rest


def _of_words(words: str, article: int, articles: list[str]) -> tuple[list[str], list[str]]:
    whole = _ground(words, article, articles)
    if whole:
        return [whole], []
    found: list[str] = []
    rest: list[str] = []
    for part in map(str.strip, _PARTS.split(words)):
        if ground := _ground(part, article, articles):
            found.append(ground)
        elif not all(word in _FILLING for word in folded(part).split()):
            rest.append(part)
    return (found, rest) if found else ([], [words])


def _ground(words: str, article: int, articles: list[str]) -> str | None:
    said = folded(words)
    candidates = [
        table[said] for each, table in _BY_ARTICLE.items() if said in table and each == article
    ] + [table[said] for table in _BY_ARTICLE.values() if said in table]
    return next((each for each in candidates if each in articles), next(iter(candidates), None))


def _notations(match: "re.Match[str]") -> list[str]:
    number, paragraph = match[1], match[2]
    letters = [match[3].lower(), *map(str.lower, _FURTHER.findall(match[4]))]
    for letter in letters:
        if letter not in _GROUNDS.get((number, paragraph), ()):
            raise _unknown(f"{number}({paragraph})({letter})")
    return [f"A{number}-{paragraph}-{letter}" for letter in letters]


def _unknown(words: str) -> Fault:
    return Fault(
        "unknown-category",
        f"“{words}” is no ground of Article 6(1) or 9(2) of the UK GDPR, such as “Public task” or "
        "“6(1)(e)”.",
        value=words,
    )
