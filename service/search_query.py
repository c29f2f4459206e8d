"""What a person typed, as a query of the search index. Pure: no Flask, no release.

The text is never read as a query language: it is cut into words as the index's own text was,
and the query is put together from those, so that no character has a power of its own. Quotation
marks alone mean something: the words between them are looked for side by side.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tantivy import Occur, Query

from ontology.vocab import OWL, RDF, RDFS, SKOS
from queries.search_fields import (
    ANY_CASE,
    CLASS,
    CLASS_NAMES,
    CODE,
    DESCRIPTION,
    KEYWORDS,
    NAME,
    NAMES,
    WORDS,
    as_code,
    cutting,
    schema,
    stemming,
)

CHUNK = re.compile(r'["“”]([^"“”]*)["“”]|([^\s"“”]+)')
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# Words that say little: what has the other words is found without them.
LITTLE = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at by do for from how i in is it of on or that the this to was what when "
        "where which who will with",
    )
)
SHORTEST = 2  # the letters from which the beginning of a word is asked for

# A thing of this code, then of this name, stands above whatever has the words.
SAME_CODE, SAME_CASE, SAME_NAME, CODE_AMONG_WORDS = 10_000.0, 5_000.0, 1_000.0, 100.0
BEGINNING_OF_NAME = 20.0
IN_NAMES, BEGINNING_IN_NAMES, IN_KEYWORDS, IN_CLASS_NAMES = 4.0, 2.0, 2.0, 0.25
# So much more counts a thing than a concept or a term: most people look for things.
A_THING = 10.0
# The classes of what says what words mean, and is no thing that is described by them.
DEFINED = (
    SKOS.Concept,
    SKOS.ConceptScheme,
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.Ontology,
    RDF.Property,
    RDFS.Class,
)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words that stand together: a word, a code with its marks, or a phrase in quotation marks.

    `plain` are its words and `stems` their stems, in the same number; `last` ends the text.
    """

    text: str
    plain: tuple[str, ...]
    stems: tuple[str, ...]
    quoted: bool
    last: bool

    @property
    def little(self) -> bool:
        """Whether it says too little to be asked for."""
        return not self.quoted and LITTLE.issuperset(self.plain)


def cleaned(text: str) -> str:
    """The text without control characters and spare white space; marks that quote nothing go."""
    found = " ".join(CONTROL.sub(" ", text).split())
    return found if found.strip(' "“”') else ""


def chunks(text: str) -> list[Chunk]:
    """The chunks of a cleaned text, in order."""
    matched = list(CHUNK.finditer(text))
    return [
        Chunk(
            each[1] or each[2] or "",
            tuple(cutting().analyze(each[1] or each[2] or "")),
            tuple(stemming().analyze(each[1] or each[2] or "")),
            each[1] is not None,
            place == len(matched),
        )
        for place, each in enumerate(matched, 1)
    ]


def exact(text: str) -> Query:
    """Finds what has this code, this name, or a name that begins like this."""
    found = [
        Query.const_score_query(_term(ANY_CASE, as_code(text)), SAME_CODE),
        Query.const_score_query(_term(CODE, text), SAME_CASE),
        Query.const_score_query(_term(NAME, as_code(text)), SAME_NAME),
    ]
    if len(text) >= SHORTEST:
        found.append(Query.const_score_query(_beginning(NAME, as_code(text)), BEGINNING_OF_NAME))
    return _any(*found)


def words(asked: Sequence[Chunk], *, every: bool) -> Query:
    """Finds what has every chunk that says something, or what has some of them."""
    telling = [each for each in asked if not each.little] or list(asked)
    wanted = Occur.Must if every else Occur.Should
    return Query.boolean_query(
        [(wanted if each in telling else Occur.Should, _chunk(each)) for each in asked]
    )


def either(*queries: Query) -> Query:
    """Finds what any of the queries finds; what several find scores for each."""
    return _any(*queries)


def things_first(query: Query) -> Query:
    """Finds what the query finds, things a little above concepts and terms."""
    defined = _any(*(_term(CLASS, each) for each in DEFINED))
    thing = Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, defined)])
    return Query.boolean_query(
        [(Occur.Must, query), (Occur.Should, Query.const_score_query(thing, A_THING))]
    )


def narrowed(query: Query, chosen: Mapping[str, str]) -> Query:
    """Finds what the query finds, as far as it has the chosen values of facets."""
    filters = [
        (Occur.Must, Query.const_score_query(_term(name, value), 0.0))
        for name, value in chosen.items()
    ]
    return Query.boolean_query([(Occur.Must, query), *filters]) if filters else query


def _chunk(chunk: Chunk) -> Query:
    found = [Query.const_score_query(_term(ANY_CASE, as_code(chunk.text)), CODE_AMONG_WORDS)]
    if chunk.quoted and len(chunk.stems) > 1:  # the engine has no phrases of one word
        stems: list[str | tuple[int, str]] = list(chunk.stems)
        found.append(Query.boost_query(Query.phrase_query(schema(), NAMES, stems), IN_NAMES))
        found.append(Query.phrase_query(schema(), DESCRIPTION, stems))
        of_class = Query.phrase_query(schema(), CLASS_NAMES, stems)
        found.append(Query.boost_query(of_class, IN_CLASS_NAMES))
    elif chunk.stems:
        ends = [
            chunk.last and place == len(chunk.stems) for place in range(1, len(chunk.stems) + 1)
        ]
        each_word = [
            (Occur.Must, _word(*word)) for word in zip(chunk.plain, chunk.stems, ends, strict=True)
        ]
        found.append(Query.boolean_query(each_word))
    return _any(*found)


def _word(plain: str, stem: str, ends: bool) -> Query:
    """Finds a word; of the last one in the text, names that have a word beginning with it too."""
    found = [
        Query.boost_query(_term(NAMES, stem), IN_NAMES),
        Query.boost_query(_term(KEYWORDS, stem), IN_KEYWORDS),
        _term(DESCRIPTION, stem),
        Query.boost_query(_term(CLASS_NAMES, stem), IN_CLASS_NAMES),
    ]
    if ends and len(plain) >= SHORTEST:
        found.append(Query.const_score_query(_beginning(WORDS, plain), BEGINNING_IN_NAMES))
    return _any(*found)


def _beginning(name: str, text: str) -> Query:
    """Finds terms that begin with the text: the engine has regular expressions for that alone."""
    literal = "".join(each if each.isalnum() else rf"\x{{{ord(each):x}}}" for each in text)
    return Query.regex_query(schema(), name, literal + ".*")


def _term(name: str, value: str) -> Query:
    return Query.term_query(schema(), name, value, index_option="basic")


def _any(*queries: Query) -> Query:
    return Query.boolean_query([(Occur.Should, each) for each in queries])
