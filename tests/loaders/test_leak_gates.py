"""What is passed over at once in a look for leaks is what a full look finds nothing in."""

import re
import unicodedata
from html import unescape
from urllib.parse import quote, unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders import figures, leak_kinds, leaks, privacy
from loaders.leaks import Finding, find_leaks
from loaders.nquads import write_lines
from loaders.quads import Literal, Quad
from ontology.namespaces import PREFIXES
from ontology.vocab import CV, DCT, FOAF, RDFS, SKOS, XSD
from tests.loaders.privacy.seeded import SEEDS
from tests.loaders.staged_turtle import BASE
from tests.loaders.test_leaks import FOUND

_WRITTEN = [
    *(text for each in SEEDS for text in each.hidden),
    *(text for text, _ in FOUND),
    *("jane.bloggs (at) council.example", "jane dot bloggs at council dot gov dot uk"),
]
_PIECES = sorted({piece for text in _WRITTEN for piece in re.findall(r"\w+|\s+|[^\w\s]", text)})
_SIGNS = [
    *("@", "＠", "%40", "%2540", "&#64;", "&commat;", " at ", "(at)", "[AT]", "-at-", " dot ", "."),
    *("tel:", "SMS:", "https://wa.me/", "mailto:", "https://orcid.org/0000-", "LinkedIn.com/in/"),
    *("\u200b", "\\", '"', "<b>", "\n", "%", "&", "0161 496 0000", "07700900123", "9434765919"),
    *("born 3 May 1980", "Mrs A Example M1 1AA", "two patients were", "AB123456C", "K", "ſ", "٣"),
]
_TEXTS = st.lists(
    st.sampled_from(_WRITTEN) | st.sampled_from(_SIGNS) | st.sampled_from(_PIECES), max_size=6
).map("".join)
_IRI_ENDS = _TEXTS.map(lambda text: re.sub(r'[\x00-\x20<>"{}|^`\\]', "", text))
_IRIS = st.builds(
    "{}{}".format,
    st.sampled_from(
        [
            *(f"{BASE}id/{kind}/" for kind in ("organisation", "dataset", "document", "person")),
            *(f"{BASE}.well-known/genid/organisation/", "http://x.example/", "HTTPS://x.example/"),
            *("tel:", "Sms:", "mailto:", "https://wa.me/", "https://orcid.org/", "urn:x:"),
        ]
    ),
    _IRI_ENDS,
)
_TERMS = st.sampled_from(
    [
        *(DCT.identifier, DCT.description, SKOS.notation, CV.telephone, RDFS.seeAlso),
        *(PREFIXES["schema"] + "telephone", PREFIXES["org"] + "heldBy", FOAF.page),
    ]
)
_LITERALS = st.builds(
    Literal, _TEXTS, datatype=st.sampled_from([XSD.string, XSD.date, XSD.decimal])
)
_QUADS = st.builds(Quad, _IRIS, _TERMS, _IRIS | _LITERALS, st.just(f"{BASE}graph/made"))

_NEVER = re.compile("(?!)")


def _coded_at_all(text: str) -> str:
    """`plain` without a look for signs of codes beforehand."""
    for _ in range(3):
        text = unquote(unescape(text)) if figures._CODED.search(text) else text
    return unicodedata.normalize("NFKC", text).translate(figures._PLAIN)


def _full_look(lines: list[bytes]) -> list[Finding]:
    """The findings where nothing is passed over."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(leaks, "_WITHOUT_ADDRESS", _NEVER)
        patch.setattr(leaks, "_REPEATED", 0)
        patch.setattr(privacy, "_may_have_address", lambda text: True)
        for module in (leaks, leak_kinds):
            patch.setattr(module, "plain", _coded_at_all)
        return list(find_leaks(lines, BASE))


@settings(max_examples=300, deadline=None)
@given(st.lists(_QUADS, min_size=1, max_size=8))
def test_what_is_found_is_what_a_full_look_finds(quads: list[Quad]) -> None:
    lines = write_lines(quads)
    assert list(find_leaks(lines, BASE)) == _full_look(lines)


def test_of_every_seed_in_every_place_the_same_is_found() -> None:
    quads = []
    for text in [*_WRITTEN, *map(quote, _WRITTEN), "jane.bloggs%2540council.example"]:
        end = re.sub(r'[\x00-\x20<>"{}|^`\\]', "", text)
        for start in ("http://x.example/", "mailto:", "tel:", f"{BASE}id/document/"):
            quads.append(Quad(start + end, FOAF.page, start + end, f"{BASE}graph/made"))
        thing = f"{BASE}id/dataset/ponds"
        for term in (DCT.identifier, DCT.description, SKOS.notation, CV.telephone):
            quads.append(Quad(thing, term, Literal(text), f"{BASE}graph/made"))
    lines = write_lines(quads)
    found = list(find_leaks(lines, BASE))
    assert found == _full_look(lines)
    assert len(found) > len(_WRITTEN)


@given(_TEXTS)
def test_the_word_at_is_found_as_a_word(text: str) -> None:
    assert (privacy._WORD_AT.search(text) is None) == (re.search(r"\bat\b", text, re.I) is None)


@pytest.mark.parametrize("text", ["at", "A at B", "(AT)", "x-At-y", "\nat\n"])
def test_the_word_at_is_found(text: str) -> None:
    assert privacy._WORD_AT.search(text)


@pytest.mark.parametrize("text", ["", "a t", "data", "attic", "cat.", "_at", "at9", "éat"])
def test_letters_within_a_word_are_not_the_word_at(text: str) -> None:
    assert privacy._WORD_AT.search(text) is None
