"""Texts for people keep their words; what a browser would not show of them goes."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from loaders.prose import has_html, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>Bins</p><p>are emptied</p>", "Bins are emptied"),
        ("Bins<br>are<BR/>emptied<br />now", "Bins are emptied now"),
        ("<ul><li>One</li><li>Two</li></ul>", "One Two"),
        ("<table><tr><th>A</th><td>B</td></tr></table>", "A B"),
        ("<b>B</b>ins a<i>r</i>e", "Bins are"),
        ("<a href=\"https://a.example/?x>y\" title='a > b'>Here</a>", "Here"),
        ("<p\n class='x'\n>Here</p >", "Here"),
        ("<x-tag a=1>Here</x-tag>", "Here"),
        ("a &lt; b &amp; c &gt; d", "a < b & c > d"),
        ("&pound;5&nbsp;&frac12; &#8364;6 &#x20AC;7", "£5 ½ €6 €7"),
        ("&lt;p&gt;", "<p>"),
        ("&#0;&#xD800;", "\ufffd\ufffd"),
        ("Q&amp;A &notareference;", "Q&A &notareference;"),
        ("before <!-- never <b>shown</b> --> after", "before after"),
        ("a<!---->b", "ab"),
        ("<!DOCTYPE html><p>Here", "Here"),
        ("<?xml version='1.0'?><p>Here", "Here"),
        ("<![CDATA[never shown]]><p>Here", "Here"),
        ("<![if x]>Here<![endif]>", "Here"),
        ("<style>p { margin: 0 }</style>Here", "Here"),
        ("<SCRIPT>document.write('<p>no</p>')</script>Here", "Here"),
        ("<template><p>no</p></template>Here", "Here"),
        # What never ends is taken for words.
        ("<p>Look <!-- here", "Look <!-- here"),
        ("<p>Look <script>here", "Look here"),
        ("<b>Look</b> <a href='here", "Look <a href='here"),
        ("<p></p>", ""),
    ],
)
def test_html_is_read_as_its_words(text: str, words: str) -> None:
    assert has_html(text)
    assert words_of(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bins are emptied.",
        "for ages <5 and >3",
        "a < b",
        "<3",
        "Marks & Spencer",
        "a&b=c;d",
        "?page=1&copy=2&notareference;",
        "a < b and c > d",
        "write to <jo",
        "«Ἀθῆναι» 🐝",
    ],
)
def test_a_text_without_html_stays_as_it_is(text: str) -> None:
    assert not has_html(text)
    assert words_of(text) == text


def test_white_space_is_put_in_order() -> None:
    assert words_of("  a\t\nb\u00a0 c\r\n") == "a b c"
    assert words_of("<p>  a\t\nb&nbsp; c</p>\r\n") == "a b c"


@given(
    st.text()
    | st.lists(
        st.sampled_from(
            [
                *("<", ">", "<!--", "-->", "<!", "<![", "]]>", "</", "<p>", "<a b='", '"', "<?"),
                *("<script>", "</script>", "&", "&#", ";", "&amp;", "&#x", "9" * 5000, "x", " "),
            ]
        )
    ).map("".join)
)
@example("<![x y]>")
@example("<p>&#" + "9" * 5000 + ";")
@example("&#1114112;")
def test_whatever_a_text_holds_its_words_are_found(text: str) -> None:
    words = words_of(text)
    assert words == " ".join(words.split())
    if not has_html(text):
        assert words == " ".join(text.split())
    assert not {each for each in words if 0xD800 <= ord(each) <= 0xDFFF} - set(text)


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=1))
def test_no_word_between_tags_is_lost(words: list[str]) -> None:
    assert words_of("".join(f"<p class='a'>{word}</p>" for word in words)) == " ".join(words)


@pytest.mark.parametrize(
    "piece",
    [
        "<a",
        "<a ",
        "<a b='",
        '<a b="x" ',
        "</a",
        "<!--",
        "<![CDATA[",
        "<!",
        "<p>",
        "<script>",
        "&#1",
    ],
)
def test_a_text_of_any_kind_is_read_in_a_time_that_grows_with_its_length(piece: str) -> None:
    text = f"<p>{piece * (400_000 // len(piece))}>"
    began = time.process_time()
    words_of(text)
    assert time.process_time() - began < 5  # where the square of the length counts, it is minutes
