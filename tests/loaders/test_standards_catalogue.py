"""Pages of the Data Standards Catalogue become standards."""

import pytest

from loaders.errors import StructureError
from loaders.formats.catalogues.standards_catalogue import STANDARDS_CATALOGUE
from loaders.records import Standard
from tests.loaders.catalogues import LEFT_OUT, WITHHELD, Told, catalogue

(FORMAT,) = STANDARDS_CATALOGUE
PAGE = """---
name: Pond Reference Number
contraction: PRN
specification_url: https://standards.exampleton.example/prn
tags:
- identification
maintainer_id: exampleton
licence_id: OGL-UK-3.0
endorsement_status_events:
- status: endorsed
  date: "2020-12-16"
short_description:{short}
---


A number for each [pond](https://ponds.exampleton.example/), with up to 12 digits.

## Guidance:
- more
"""


def test_a_page_is_a_standard() -> None:
    found = catalogue(FORMAT, PAGE.format(short=" Numbers ponds."), "index.html.md")
    assert found.records == [
        Standard(
            key="prn",
            title="Pond Reference Number",
            description="Numbers ponds.",
            publisher_stated="exampleton",
            page="https://standards.exampleton.example/prn",
        )
    ]
    assert found.issues == []


def test_the_first_paragraph_stands_for_a_short_description() -> None:
    [standard] = catalogue(FORMAT, PAGE.format(short=""), "index.html.md").records
    assert isinstance(standard, Standard)
    assert standard.description == "A number for each pond, with up to 12 digits."
    bare = PAGE.format(short="").replace("A number", "- A number")
    [standard] = catalogue(FORMAT, bare.replace("contraction: PRN\n", "")).records
    assert standard == Standard(
        key="pond-reference-number",
        title="Pond Reference Number",
        publisher_stated="exampleton",
        page="https://standards.exampleton.example/prn",
    )


def test_a_standard_needs_a_name_and_its_page_is_an_address() -> None:
    nameless = catalogue(FORMAT, "---\ncontraction: PRN\n---\n", "index.html.md")
    assert nameless.issues == [Told("missing-value", "name", None, LEFT_OUT)]
    odd = catalogue(FORMAT, "---\nname: Ponds\nspecification_url: www.x.example\n---\n")
    assert odd.issues == [Told("bad-web-address", "specification_url", "www.x.example", WITHHELD)]


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("Words alone.", "does not begin with facts"),
        ("---\n- a\n---\n", "has no facts"),
        ("---\na: [\n---\n", "is not well-formed YAML"),
        ("---\na: &b c\n---\n", "has an anchor or an alias"),
        ("-" * (1 << 20) + "-", "has more than 1 MiB"),
    ],
)
def test_what_is_no_page_is_refused(page: str, message: str) -> None:
    with pytest.raises(StructureError, match=message):
        catalogue(FORMAT, page, "index.html.md")
