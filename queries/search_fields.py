"""What the search index of a release holds, and how its words are made.

The loaders write the index and the service asks it. Both must cut text into the same words, and
neither may know the other, so what they share stands here.
"""

from functools import cache
from typing import Final

from tantivy import Filter, Index, Schema, SchemaBuilder, TextAnalyzer, TextAnalyzerBuilder
from tantivy import Tokenizer as Cutter

FORMAT: Final = "3"
"""The format of the index: another one is not read. To be raised with any change in here."""

FORMAT_FILE: Final = "gmkg-format"

IRI: Final = "iri"
CODE: Final = "code"
"""Each code and IRI of the thing, whole."""

ANY_CASE: Final = "any_case"
"""The same, as `as_code` spells it."""

NAME: Final = "name"
"""Each name of the thing, whole, as `as_code` spells it."""

NAMES: Final = "names"
"""The stems of the words of its names."""

WORDS: Final = "words"
"""The words of its names as they are written, of which the beginning may be asked for."""

KEYWORDS: Final = "keywords"
DESCRIPTION: Final = "description"

CLASS_NAMES: Final = "class_names"
"""The stems of the words by which its class is called."""

CLASS: Final = "class"
PUBLISHER: Final = "publisher"
THEME: Final = "theme"
AREA: Final = "area"
FACETS: Final = (CLASS, PUBLISHER, THEME, AREA)

_STEMS, _PLAIN = "gm_stems", "gm_words"
_WORD = r"[\p{L}\p{M}\p{N}]+(?:['’]\p{L}+)?"  # “children's” is one word, of the stem “children”
_LONGEST = 200  # bytes of a word: what is longer is no word, and is left out


@cache
def schema() -> Schema:
    """The fields of a document."""
    builder = SchemaBuilder()
    builder.add_text_field(IRI, stored=True, tokenizer_name="raw", index_option="basic")
    for whole in (CODE, ANY_CASE, NAME):
        builder.add_text_field(whole, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(NAMES, tokenizer_name=_STEMS)
    builder.add_text_field(WORDS, tokenizer_name=_PLAIN, index_option="basic")
    builder.add_text_field(KEYWORDS, tokenizer_name=_STEMS)
    builder.add_text_field(CLASS_NAMES, tokenizer_name=_STEMS)
    builder.add_text_field(DESCRIPTION, stored=True, tokenizer_name=_STEMS)
    for facet in FACETS:
        builder.add_text_field(
            facet, stored=True, fast=True, tokenizer_name="raw", index_option="basic"
        )
    return builder.build()


@cache
def stemming() -> TextAnalyzer:
    """Cuts text into stems of English words, without case and accents."""
    return _cutting().filter(Filter.stemmer("english")).build()


@cache
def cutting() -> TextAnalyzer:
    """Cuts text into words, without case and accents."""
    return _cutting().build()


def _cutting() -> TextAnalyzerBuilder:
    builder = TextAnalyzerBuilder(Cutter.regex(_WORD))
    for each in (Filter.remove_long(_LONGEST), Filter.lowercase(), Filter.ascii_fold()):
        builder = builder.filter(each)
    return builder


def prepare(index: Index) -> Index:
    """The index, told how to cut text: nothing of that is kept on disk."""
    index.register_tokenizer(_STEMS, stemming())
    index.register_tokenizer(_PLAIN, cutting())
    return index


def as_code(text: str) -> str:
    """A code or a name in the one spelling by which it is found: without case, singly spaced."""
    return " ".join(text.split()).casefold()
