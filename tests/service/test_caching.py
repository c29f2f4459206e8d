"""Entity tags (RFC 9110 §8.8.3) and If-None-Match (§13.1.2)."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.caching import build_digest, entity_tag, files_digest, matches

PARTS = st.lists(st.text(max_size=5), max_size=4)


@given(PARTS, PARTS)
def test_two_requests_share_a_tag_only_when_they_are_the_same(
    one: list[str], other: list[str]
) -> None:
    assert (entity_tag(*one) == entity_tag(*other)) == (one == other)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"b", "a"', True),
        ('"b",W/"a"', True),
        ("*", True),
        (" * ", True),
        ('"b"', False),
        ('"a,b"', False),
        ('"aa"', False),
        ("a", False),
        ("", False),
        (None, False),
    ],
)
def test_tags_are_compared_weakly(field: str | None, expected: bool) -> None:
    assert matches(field, '"a"') is expected
    assert matches(field, 'W/"a"') is expected


def test_a_tag_holds_only_what_a_field_may_hold() -> None:
    assert entity_tag("é\udcff").isascii()
    assert entity_tag("a")[0] == entity_tag("a")[-1] == '"'


@pytest.mark.parametrize("name", ["page.html", "templates/page.html"])
def test_another_program_has_another_name(tmp_path: Path, name: str) -> None:
    file = tmp_path / "service" / name
    file.parent.mkdir(parents=True)
    names = set()
    for text in ("one", "other"):
        file.write_text(text)
        names |= {files_digest([tmp_path / "service"]) for _ in range(2)}
    file.rename(file.with_name("renamed.html"))
    assert len(names | {files_digest([tmp_path / "service"])}) == 3


def test_what_the_program_is_built_with_does_not_name_it(tmp_path: Path) -> None:
    before = files_digest([tmp_path])
    for folder in ("frontend", "__pycache__"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "made").write_text("")
    assert files_digest([tmp_path]) == before


def test_the_build_is_named_once() -> None:
    assert build_digest() is build_digest()
