"""Publishers' own files of organisations and areas, loaded as their sources are declared.

The files are not shipped; these tests are skipped where they are absent.
"""

import csv
from collections import Counter
from pathlib import Path

import pytest

from loaders.directory import initialise
from loaders.issues import Effect
from loaders.pipeline import Loaded, load_source
from loaders.snapshot import opener_of
from loaders.source import declared_sources
from loaders.staging import Counts
from loaders.validation import validate
from tests.loaders.conftest import BASE, staged_lines

FOLDER = Path(__file__).parents[2].parent / "shared/data/organisations"
LA = "openregister-local-authority"
AREAS = "openregister-statistical-geography"
TRAFFORD = "trafforddatalab"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the publishers' own files are not here"),
]


def load(root: Path, name: str, folder: str) -> tuple[Loaded, list[bytes]]:
    data = initialise(root / "var", BASE)
    source = declared_sources()[name]
    given = {each.name: opener_of(FOLDER / folder / each.name) for each in source.files}
    loaded = load_source(data, source, given)
    return loaded, staged_lines(data, loaded)


def quads(lines: list[bytes], predicate: str) -> int:
    return sum(f" <{predicate}> ".encode() in each for each in lines)


@pytest.mark.parametrize(
    ("name", "folder", "counts", "issues"),
    [
        (
            "digital-land-organisations",
            "digital-land",
            Counts(115, 113, 2, 5),
            {"line-endings": 9, "shared-identifier": 3, "duplicate-key": 2, "bad-date": 2},
        ),
        ("mysociety-gss-lookup", "mysociety", Counts(483, 458, 25, 0), {"missing-value": 25}),
        (
            "opendatacommunities-local-government",
            "opendatacommunities",
            Counts(2631, 2600, 31, 149),
            {
                "repeated-record": 664,
                "spreadsheet-date": 116,
                "missing-value": 31,
                "shared-identifier": 30,
                "bad-date": 3,
                "line-endings": 3,
            },
        ),
        (
            "digital-land-lookups",
            "opendatacommunities",
            Counts(751, 751, 0, 0),
            {"line-endings": 1},
        ),
        ("govuk-organisations", "govuk", Counts(1176, 1175, 1, 0), {"bad-code": 1}),
        (
            "directgov-council-contacts",
            LA,
            Counts(565, 433, 132, 1),
            {"missing-value": 132, "bad-web-address": 1, "other-encoding": 1, "line-endings": 1},
        ),
        ("esd-local-authority-areas", LA, Counts(418, 418, 0, 0), {"line-endings": 1}),
        ("ons-metropolitan-districts", AREAS, Counts(37, 37, 0, 0), {}),
        ("govuk-register-metropolitan-district", AREAS, Counts(37, 37, 0, 0), {}),
        (
            "api-catalogue-organisations",
            "api-catalogue",
            Counts(34, 34, 0, 1),
            {"bad-web-address": 1},
        ),
        (
            "trafford-organisation-chart",
            TRAFFORD,
            Counts(80, 80, 0, 3),
            {"duplicate-key": 3, "repeated-record": 2},
        ),
        (
            "trafford-grants",
            TRAFFORD,
            Counts(555, 555, 0, 289),
            {"contact-of-a-person": 289, "told-otherwise": 95},
        ),
    ],
)
def test_what_becomes_of_a_source_is_exactly_this(
    name: str, folder: str, counts: Counts, issues: dict[str, int], tmp_path: Path
) -> None:
    loaded, lines = load(tmp_path, name, folder)
    assert loaded.load.counts == counts
    # Warnings of the shapes say that areas have no name here; other sources name them.
    assert {rule: n for rule, n in loaded.load.issues_by_rule.items() if rule != "shape"} == issues
    assert {each.effect for each in loaded.issues if each.rule == "shape"} <= {Effect.NOTED}
    assert [str(each) for each in validate(name, lines) if each.refuses] == []


def test_govuk_gives_each_organisation_a_type_and_a_status(tmp_path: Path) -> None:
    loaded, lines = load(tmp_path, "govuk-organisations", "govuk")
    [issue] = loaded.issues
    assert (issue.row, issue.effect) == (597, Effect.LEFT_OUT)
    assert quads(lines, "http://www.w3.org/ns/org#classification") == 1175
    statuses = Counter(
        line.split(b"organisation-status/")[1].split(b">")[0]
        for line in lines
        if b" <http://www.w3.org/ns/adms#status> " in line
    )
    assert statuses == {
        b"closed": 466,
        b"devolved": 61,
        b"exempt": 294,
        b"joining": 3,
        b"live": 349,
        b"transitioning": 2,
    }


def test_the_forum_of_greater_manchester_has_its_ten_councils(tmp_path: Path) -> None:
    _, lines = load(tmp_path, "digital-land-lookups", "opendatacommunities")
    forum = f"<{BASE}id/organisation/GM-greater-manchester-resilience-forum>"
    councils = {
        line.split(b">")[0].rpartition(b"-")[2].decode()
        for line in lines
        if b" <http://www.w3.org/ns/org#memberOf> " in line and forum.encode() in line
    }
    assert councils == {"BOL", "BUR", "MAN", "OLD", "RCH", "SLF", "SKP", "TAM", "TRF", "WGN"}


def test_a_chart_names_posts_and_nobody(tmp_path: Path) -> None:
    _, lines = load(tmp_path, "trafford-organisation-chart", TRAFFORD)
    said = b"".join(lines).lower().replace(b'"@en', b'"')
    assert not [each for each in (b"sara", b"todd", b"saleh", b"@", b"sm4c") if each in said]
    assert quads(lines, "https://w3id.org/greater-manchester/def/gm#isFilled") == 11
    posts = {
        line.split(b" ")[0] for line in lines if b"/id/post/GB-LAE-TRF/" in line.split(b" ")[0]
    }
    assert len(posts) == 78


def test_of_grants_only_bodies_with_a_registers_code_are_loaded(tmp_path: Path) -> None:
    loaded, lines = load(tmp_path, "trafford-grants", TRAFFORD)
    assert {each.value for each in loaded.issues if each.rule == "contact-of-a-person"} == {None}
    keys = {
        line.split(b" ")[0].rpartition(b"/")[2][:6]
        for line in lines
        if b"/id/organisation/" in line.split(b" ")[0]
    }
    assert keys == {b"GB-CHC", b"GB-COH", b"GB-LAE"}


@pytest.mark.parametrize("document", ["charity_commission", "court", "organisation"])
def test_a_document_of_govuk_names_no_person(document: str, tmp_path: Path) -> None:
    data = initialise(tmp_path / "var", BASE)
    source = declared_sources()["govuk-content-organisations"]
    path = FOLDER / f"govuk/content-api-{document}.json"
    loaded = load_source(data, source, {source.files[0].name: opener_of(path)})
    assert loaded.load.counts == Counts(1, 1, 0, 0)
    assert loaded.load.issues_by_rule == {}
    said = b"".join(staged_lines(data, loaded))
    people = (
        b"Stephenson",
        b"Stowell",
        b"Moriarty",
        b"Ridley",
        b"/people/",
        b"/ministers/",
        b"@exp",
    )
    assert not [each for each in people if each in said]


def test_the_register_of_lists_loads_but_for_those_out_of_use(tmp_path: Path) -> None:
    files = sorted((FOLDER / "org-id").glob("*.json"))
    together = tmp_path / "lists.json"
    together.write_bytes(b"\n".join(each.read_bytes() for each in files))
    source = declared_sources()["org-id-lists"]
    data = initialise(tmp_path / "var", BASE)
    loaded = load_source(data, source, {"lists.json": opener_of(together)})
    assert loaded.load.counts == Counts(36, 33, 3, 0)
    assert {each.value for each in loaded.issues} == {"GB-GOVUK", "XI-BRIDGE", "XI-GRID"}


def test_bodies_of_two_registers_have_the_same_key_in_both() -> None:
    """By Wikidata items in our own file, and by addresses that the platform's registers give."""
    sources = declared_sources()
    platform = sources["digital-land-organisations"].organisations
    communities = sources["opendatacommunities-local-government"].organisations
    own = Path(__file__).parents[2] / "loaders/sources/gm-bodies/identifiers.csv"
    with own.open(encoding="utf-8") as stream:
        codes = [row for row in csv.DictReader(stream) if row["scheme"] == "wikidata"]
    ours = {row["code"]: row["key"] for row in codes}
    registers = ("development-corporation", "national-park-authority", "regional-park-authority")
    compared = 0
    for name in (*registers, "passenger-transport-executive", "waste-authority"):
        with (FOLDER / f"digital-land/{name}.csv").open(encoding="utf-8") as stream:
            for row in csv.DictReader(stream):
                item = row["reference"]
                key = platform.get(item, f"XI-WIKIDATA-{item}")
                assert key == ours.get(item, key)
                path = (row.get("opendatacommunities-uri") or "").partition("/id/")[2]
                assert not path or communities.get(path) == key
                compared += bool(path)
    assert compared == 20
