"""What is measured of records: what meets each measure, what fails it, what leaves it open."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ontology
from loaders.audience import Audience
from loaders.deriving.derivation import Premises
from loaders.deriving.quality import QUALITY
from ontology.vocab import DQV, GM
from tests.loaders.deriving.premises import BASE, concluded, objects, premises_of, triples

DEF = "https://w3id.org/greater-manchester/def/"
CSV = "<http://publications.europa.eu/resource/authority/file-type/CSV>"
PDF = "<http://publications.europa.eu/resource/authority/file-type/PDF>"
OPEN, LIMITED = (f"<{DEF}access-right/{each}>" for each in ("OPEN", "RESTRICTED"))
MONTHLY, SOMETIMES = (f"<{DEF}frequency/{each}>" for each in ("monthly", "irregular"))
LOADED = """
    <graph/s> prov:wasGeneratedBy <.well-known/genid/s/load> .
    <.well-known/genid/s/load> prov:endedAtTime "2026-05-01T10:00:00Z"^^xsd:dateTime .
"""
D, A = "<id/dataset/s/1> a dcat:Dataset", "<id/information-asset/s/1> a gm:InformationAsset"
FILE = "dcat:distribution <id/distribution/s/f> . <id/distribution/s/f> a dcat:Distribution"
RICH = 'dct:title "T"@en ; dct:description "D"@en ; dct:publisher <id/organisation/a>'
CONTEXT = """dct:spatial <id/area/E0> ; dct:temporal <.well-known/genid/s/t> ;
    dct:accrualPeriodicity <urn:f> ; dcat:contactPoint <.well-known/genid/s/c>"""

CASES = [
    ("F1", D, "true", None),
    ("F2", f"{D} ; {RICH} ; dcat:theme <urn:t>", "true", None),
    ("F2", f"{D} ; {RICH}", "false", None),
    ("F3", f'{D} ; dct:identifier "1"', "true", None),
    ("F3", D, "false", None),
    ("F4", A, "true", None),
    ("A1", f"{D} ; {FILE} ; dcat:accessURL <https://a.example/>", "true", A),
    ("A1", f"{D} ; dcat:landingPage <https://a.example/>", "true", A),
    ("A1", f"{D} ; {FILE}", "false", A),
    ("A1.1", f"{D} ; {FILE} ; dcat:downloadURL <http://a.example/>", "true", D),
    ("A1.1", f"{D} ; {FILE} ; dcat:downloadURL <ftp://a.example/>", "false", D),
    ("A1.2", f'{D} ; dct:accessRights {LIMITED} ; gm:accessReason "Ask."', "true", D),
    ("A1.2", f"{D} ; dct:accessRights {LIMITED}", "false", f"{D} ; dct:accessRights {OPEN}"),
    ("A2", A, "true", None),
    ("I1", f"{D} ; {FILE} ; dct:format {CSV}", "true", D),
    ("I1", f"{D} ; {FILE} ; dct:format {PDF}", "false", D),
    ("I3", f"{D} ; dct:source <https://a.example/>", "true", None),
    ("I3", D, "false", None),
    ("R1", f"{D} ; {CONTEXT}", "true", None),
    ("R1", f"{D} ; dct:spatial <id/area/E0>", "false", None),
    ("R1.1", f"{D} ; dct:license <https://licence.example/>", "true", A),
    ("R1.1", f'{D} ; gm:licenceAsStated "Open"', "false", A),
    ("R1.2", f"{A} ; prov:wasDerivedFrom <id/information-asset/s/2>", "true", None),
    ("R1.2", A, "false", None),
    ("R1.3", f"{D} ; dct:conformsTo <https://standard.example/>", "true", None),
    ("R1.3", D, "false", None),
    ("record-completeness", f"{D} ; {RICH}", "0.3", None),
    ("record-completeness", A, "0", None),
    ("words-understood", f'{D} ; gm:publisherAsStated "A" ; gm:licenceAsStated "B"', "0", D),
    (
        "words-understood",
        f'{D} ; {RICH} ; gm:publisherAsStated "A" ; gm:licenceAsStated "B"',
        "0.5",
        D,
    ),
    ("words-understood", f'{A} ; gm:formatAsStated "Paper" ; gm:assetFormat <urn:f>', "1", A),
    ("words-understood", f'{A} ; gm:formatAsStated "Paper"', "0", A),
    ("words-understood", f'{D} ; {FILE} ; gm:formatAsStated "Sheet" ; dct:format {CSV}', "1", D),
    ("words-understood", f'{D} ; {FILE} ; gm:formatAsStated "x" ; dcat:mediaType <urn:x>', "1", D),
    (
        "words-understood",
        f'{D} ; {FILE} ; gm:formatAsStated "Sheet" ; gm:licenceAsStated "B" ; dct:license <urn:l>',
        "0.5",
        f"{D} ; {FILE} ; dct:format {CSV}",
    ),
    (
        "dates-in-order",
        f'{D} ; dct:issued "2020-02-01"^^xsd:date ; dct:modified "2021-02-01"^^xsd:date',
        "1",
        f'{D} ; dct:issued "2020"^^xsd:gYear ; dct:modified "2021-02-01"^^xsd:date',
    ),
    (
        "dates-in-order",
        f'{D} ; dct:issued "2022-02-01"^^xsd:date ; dct:modified "2021-02-01"^^xsd:date',
        "0",
        f'{D} ; dct:issued "2022-02-01"^^xsd:date',
    ),
    (
        "kept-up",
        f'{LOADED} {D} ; dct:modified "2026-02-28"^^xsd:date ; dct:accrualPeriodicity {MONTHLY}',
        "1",
        f'{D} ; dct:modified "2026-02-28"^^xsd:date ; dct:accrualPeriodicity {MONTHLY}',
    ),
    (
        "kept-up",
        f'{LOADED} {D} ; dct:modified "2026-02-27"^^xsd:date ; dct:accrualPeriodicity {MONTHLY}',
        "0",
        f'{LOADED} {D} ; dct:modified "2020-01-01"^^xsd:date ; dct:accrualPeriodicity {SOMETIMES}',
    ),
    ("no-double", f"{D} ; {RICH}", "1", D),
    ("no-double", f"{D} ; {RICH} . <id/dataset/t/9> a dcat:Dataset ; {RICH}", "0", A),
]


def measured(name: str, premises: Premises, thing: str = "/1") -> str | None:
    """The value of a measurement of a thing, if there is one."""
    found = concluded(QUALITY, premises)
    nodes = {one for one, of in objects(found, DQV.computedOn) if of.endswith(f"{thing}>")}
    values = dict(objects(found, DQV.value))
    for node in nodes:
        if node.endswith(f"/{name}>"):
            return values[node].split('"')[1]
    return None


@pytest.mark.parametrize(("name", "record", "value", "leaves"), CASES)
def test_a_measure_is_what_the_record_says(
    name: str, record: str, value: str, leaves: str | None, tmp_path: Path
) -> None:
    assert measured(name, premises_of(tmp_path, {"s": f"{record} ."})) == value
    if leaves is not None:
        (tmp_path / "leaves").mkdir()
        premises = premises_of(tmp_path / "leaves", {"s": f"{leaves} ."})
        assert measured(name, premises) is None


def test_every_indicator_but_one_and_every_metric_is_tried() -> None:
    """Of the vocabularies that data use nothing is recorded: I2 is never measured."""
    tried = {name for name, *_ in CASES}
    assert tried | {"I2"} == ontology.notations("fair-indicator") | ontology.notations(
        "quality-metric"
    )


def test_a_measurement_names_what_was_looked_at_and_what_would_raise_it(tmp_path: Path) -> None:
    found = concluded(QUALITY, premises_of(tmp_path, {"s": f"{D} ; dct:spatial <id/area/E0> ."}))
    node = next(one for one, _ in objects(found, DQV.value) if one.endswith("/R1>"))
    assert {each for each in found if each[0] == node} == triples(f"""
        {node} a gm:FairResult, dqv:QualityMeasurement ;
            gm:fairIndicator <{DEF}fair-indicator/R1> ; dqv:value false ;
            dqv:computedOn <id/dataset/s/1> ;
            gm:lookedAt dct:spatial, dct:temporal, dct:accrualPeriodicity, dcat:contactPoint ;
            gm:lacks dct:temporal, dct:accrualPeriodicity, dcat:contactPoint .
    """)
    metric = next(one for one, _ in objects(found, DQV.value) if "completeness" in one)
    assert objects({each for each in found if each[0] == metric}, DQV.isMeasurementOf) == {
        (metric, f"<{DEF}quality-metric/record-completeness>")
    }
    assert all(one.startswith(f"<{BASE}.well-known/genid/quality/") for one, *_ in found)


def test_what_nothing_describes_is_not_measured(tmp_path: Path) -> None:
    premises = premises_of(tmp_path, {"s": '<id/dataset/s/1> dct:title "T" .'})
    assert concluded(QUALITY, premises) == set()


@pytest.mark.parametrize(
    "hidden", ["<id/dataset/s/1> gm:benefit <urn:b> .", "<id/distribution/s/f> dct:title <urn:b> ."]
)
def test_of_what_is_partly_hidden_only_what_is_there_is_told(hidden: str, tmp_path: Path) -> None:
    """That a record lacks something is false where what it lacks is only hidden."""
    seen = f'{D} ; dct:identifier "1" ; {FILE} ; dcat:accessURL <https://a.example/> .'
    premises = premises_of(tmp_path, {"s": seen})
    (tmp_path / "beyond").mkdir()
    beyond = premises_of(tmp_path / "beyond", {"more": hidden}).files
    partly = Premises(BASE, Audience.PUBLIC, premises.files, None, None, beyond)
    found = concluded(QUALITY, partly)
    assert {value for _, value in objects(found, DQV.value)} == {
        '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'
    }
    assert objects(found, GM.lacks) == set()
    whole = concluded(QUALITY, premises)
    assert objects(whole, GM.lacks)
    assert found < whole


def test_nobody_is_told_that_there_is_no_double_where_one_may_be_hidden(tmp_path: Path) -> None:
    premises = premises_of(tmp_path, {"s": f"{D} ; {RICH} ."})
    (tmp_path / "beyond").mkdir()
    beyond = premises_of(tmp_path / "beyond", {"more": "<id/area/E0> a gm:Area ."}).files
    partly = Premises(BASE, Audience.PUBLIC, premises.files, None, None, beyond)
    assert measured("no-double", partly) is None
    assert measured("no-double", premises) == "1"


FACTS = (
    *(f'{D} ; dct:title "{title}"@en .' for title in "TU"),
    f"{D} ; {FILE} .",
    f"{D} ; dct:publisher <id/organisation/a>, <id/organisation/b> .",
    "<id/dataset/s/1> dct:publisher <id/organisation/a> .",
    '<id/dataset/s/2> a dcat:Dataset ; dct:title "T"@en ; dct:publisher <id/organisation/a> .',
    '<id/dataset/s/2> dct:title "V"@en .',
    "<id/distribution/s/f> dcat:accessURL <https://a.example/> .",
    f"<id/distribution/s/f> dcat:downloadURL <ftp://a.example/> ; dct:format {PDF} .",
    f"<id/distribution/s/f> dct:format {CSV} .",
    '<id/dataset/s/1> dct:issued "2022-02-01"^^xsd:date .',
    f'{LOADED} <id/dataset/s/1> dct:modified "2021-02-01"^^xsd:date .',
    '<id/dataset/s/1> dct:modified "2026-04-01"^^xsd:date .',
    f"<id/dataset/s/1> dct:accrualPeriodicity {MONTHLY} .",
    f"<id/dataset/s/1> dct:accessRights {LIMITED} .",
    f'<id/dataset/s/1> dct:accessRights {OPEN} ; gm:accessReason "Ask." .',
    '<id/dataset/s/1> gm:licenceAsStated "Open" ; gm:publisherAsStated "A" .',
    "<id/dataset/s/1> dct:license <https://licence.example/> .",
)


@given(st.tuples(*(st.sampled_from([None, Audience.PUBLIC, Audience.INTERNAL]) for _ in FACTS)))
@settings(deadline=None, max_examples=150)
def test_what_the_public_is_told_is_never_denied_by_what_staff_are_told(
    audiences: tuple[Audience | None, ...],
) -> None:
    """Each measurement has one value, however the facts are divided: audiences nest as quads."""
    sources = {
        f"s{number}" if "prov:" not in fact else "s": (fact, audience)
        for number, (fact, audience) in enumerate(zip(FACTS, audiences, strict=True))
        if audience
    }
    with tempfile.TemporaryDirectory() as folder:
        whole = premises_of(Path(folder), {name: fact for name, (fact, _) in sources.items()})
        seen: dict[str, Path] = {}
        beyond: dict[str, Path] = {}
        for name, path in whole.files.items():
            is_public = sources[name.partition(":")[0]][1] is Audience.PUBLIC
            (seen if is_public else beyond)[name] = path
        public = concluded(QUALITY, Premises(BASE, Audience.PUBLIC, seen, None, None, beyond))
        staff = concluded(QUALITY, whole)
    values = [node for node, _ in objects(public | staff, DQV.value)]
    assert len(values) == len(set(values))


def test_an_address_that_is_hidden_may_not_be_of_http(tmp_path: Path) -> None:
    seen = f"{D} ; {FILE} ; dcat:accessURL <https://a.example/> ."
    premises = premises_of(tmp_path, {"s": seen})
    (tmp_path / "beyond").mkdir()
    hidden = {"more": "<id/distribution/s/f> dcat:downloadURL <ftp://a.example/> ."}
    beyond = premises_of(tmp_path / "beyond", hidden).files
    partly = Premises(BASE, Audience.PUBLIC, premises.files, None, None, beyond)
    assert measured("A1", partly) == "true"
    assert measured("A1.1", partly) is None


def test_a_record_seen_in_part_is_no_double_of_one_seen_whole(tmp_path: Path) -> None:
    two = f"{D} ; {RICH} . <id/dataset/s/2> a dcat:Dataset ; {RICH} ."
    premises = premises_of(tmp_path, {"s": two})
    assert [measured("no-double", premises, each) for each in ("/1", "/2")] == ["0", "0"]
    (tmp_path / "beyond").mkdir()
    hidden = {"more": '<id/dataset/s/2> dct:title "Another"@en .'}
    beyond = premises_of(tmp_path / "beyond", hidden).files
    partly = Premises(BASE, Audience.PUBLIC, premises.files, None, None, beyond)
    assert [measured("no-double", partly, each) for each in ("/1", "/2")] == [None, None]
