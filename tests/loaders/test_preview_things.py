"""Things beside one another: states, parts, kinds and what changed, from lines made by hand."""

from pathlib import Path

import pytest

from loaders.difference import Change, compare
from loaders.preview.changes import changed_thing, describe_around
from loaders.preview.masking import masked, masked_cell, masked_iri, masked_message
from loaders.preview.model import PropertyChange
from loaders.preview.terms import kind_of, named
from loaders.preview.things import OTHERS, Compared, Files, compare_things
from ontology.vocab import DCT, GM, ORG, RDF, SKOS
from tests.loaders.publishing import BASE, write

GRAPH = f"<{BASE}graph/s>"
ASIDE = f"<{BASE}graph/provenance>"
ADDRESS = "http://www.w3.org/ns/locn#address"
POSTCODE = "http://www.w3.org/ns/locn#postCode"


def thing(key: str) -> str:
    return f"<{BASE}id/organisation/{key}>"


def part(name: str) -> str:
    return f"<{BASE}.well-known/genid/s/{name}>"


def line(subject: str, term: str, value: str, graph: str = GRAPH) -> bytes:
    return f"{subject} <{term}> {value} {graph} .\n".encode()


def typed(key: str, name: str) -> list[bytes]:
    return [
        line(thing(key), RDF.type, f"<{ORG.Organization}>"),
        line(thing(key), SKOS.prefLabel, f'"{name}"@en'),
    ]


def files(tmp_path: Path, before: list[bytes] | None, after: list[bytes]) -> Files:
    old = None if before is None else write(tmp_path / "before.nq", before)
    return Files(old, write(tmp_path / "after.nq", after), BASE)


def states(found: Compared) -> dict[str, dict[str, int]]:
    return {kind: dict(kept.counts) for kind, kept in found.kinds.items()}


def test_states_agree_with_the_plain_comparison(tmp_path: Path) -> None:
    before = [*typed("A", "Ay"), *typed("B", "Bee"), *typed("C", "Sea")]
    after = [*typed("A", "Ay"), *typed("B", "Bea"), *typed("D", "Dee")]
    both = files(tmp_path, before, after)
    found = compare_things(both, (), None)
    assert states(found) == {"organisation": {"unchanged": 1, "changed": 1, "gone": 1, "new": 1}}
    assert both.before is not None
    assert compare(both.before, both.after, f"{BASE}id/") == Change(1, 1, 1)
    assert found.lost == [thing("C").encode()]


def test_what_provenance_says_is_no_change(tmp_path: Path) -> None:
    before = [*typed("A", "Ay"), line(thing("A"), DCT.source, "<https://x.example/1>", ASIDE)]
    after = [*typed("A", "Ay"), line(thing("A"), DCT.source, "<https://x.example/2>", ASIDE)]
    assert states(compare_things(files(tmp_path, before, after), (), None)) == {
        "organisation": {"unchanged": 1}
    }


def test_what_loses_its_type_is_gone_and_what_gets_one_is_new(tmp_path: Path) -> None:
    bare = [line(thing("A"), DCT.description, '"It does."')]
    lost = compare_things(files(tmp_path, [*typed("A", "Ay"), *bare], bare), (), None)
    assert (states(lost), lost.lost) == ({"organisation": {"gone": 1}}, [thing("A").encode()])
    come = compare_things(files(tmp_path, bare, [*typed("A", "Ay"), *bare]), (), None)
    assert (states(come), come.lost) == ({"organisation": {"new": 1}}, [])


def test_what_only_others_describe_is_a_kind_of_its_own(tmp_path: Path) -> None:
    before = [line(thing("A"), DCT.description, '"It does."')]
    after = [line(thing("A"), DCT.description, '"It did."')]
    found = compare_things(files(tmp_path, before, after), (), None)
    assert (states(found), found.lost) == ({OTHERS: {"changed": 1}}, [])


def test_a_thing_whose_part_of_a_part_changed_has_changed_and_says_where(tmp_path: Path) -> None:
    def version(postcode: str) -> list[bytes]:
        return [
            *typed("A", "Ay"),
            *typed("B", "Bee"),
            line(thing("A"), GM.atLocation, part("site")),
            line(part("site"), ADDRESS, part("address")),
            line(part("address"), POSTCODE, f'"{postcode}"'),
        ]

    both = files(tmp_path, version("M1 1AA"), version("M2 2BB"))
    found = compare_things(both, (), None)
    assert states(found) == {"organisation": {"changed": 1, "unchanged": 1}}
    pairs = found.kinds["organisation"].changed
    (changed,) = (
        changed_thing(each, old, new, describe_around(both, pairs), both.parts)
        for each, old, new in pairs
    )
    assert changed.changes == (
        PropertyChange(
            named(POSTCODE), (named(GM.atLocation), named(ADDRESS)), ("“M1 1AA”",), ("“M2 2BB”",)
        ),
    )


def test_a_thing_that_is_referred_to_is_told_by_its_name(tmp_path: Path) -> None:
    others = [*typed("B", "Bee"), *typed("C", "Sea")]
    before = [*typed("A", "Ay"), *others, line(thing("A"), ORG.subOrganizationOf, thing("B"))]
    after = [*typed("A", "Ay"), *others, line(thing("A"), ORG.subOrganizationOf, thing("C"))]
    both = files(tmp_path, before, after)
    pairs = compare_things(both, (), None).kinds["organisation"].changed
    ((shown, old, new),) = pairs
    changed = changed_thing(shown, old, new, describe_around(both, pairs), both.parts)
    assert changed.changes == (
        PropertyChange(named(ORG.subOrganizationOf), (), ("“Bee”",), ("“Sea”",)),
    )


def test_only_the_first_are_kept_and_all_are_counted(tmp_path: Path) -> None:
    after = [each for number in range(9) for each in typed(f"N{number}", f"Name {number}")]
    kept = compare_things(files(tmp_path, None, after), (), 2).kinds["organisation"]
    assert (kept.counts["new"], [each.label for each in kept.new]) == (9, ["Name 0", "Name 1"])


def test_the_narrowest_class_of_ours_names_a_kind() -> None:
    assert kind_of([ORG.Organization, GM.InformationAsset]) == named(GM.InformationAsset)
    assert kind_of(["https://other.example/Thing"]) == "https://other.example/Thing"
    assert kind_of([]) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ask the library.", "Ask the library."),
        ("Ask jane.smith@x.example today.", "Ask … today."),
        ("Ring 07700 900123.", "Ring …."),
        ("Born 3 March 1961.", "…"),
        ("a" * 90, "a" * 80 + "…"),
    ],
)
def test_masking(text: str, told: str) -> None:
    assert masked(text) == told
    assert masked_message(f"It is “{text}”.") == f"It is “{told}”."


def test_masking_of_iris_and_cells() -> None:
    assert masked_iri(f"{BASE}id/x/jane.smith@x.example") == f"{BASE}id/x/…"
    assert masked_iri(f"{BASE}id/x/y") == f"{BASE}id/x/y"
    assert masked_cell("owner", "Jane Smith") == "…"
    assert masked_cell("name", "Aston") == "Aston"
