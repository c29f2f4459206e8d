"""The publishers' own files of information assets and governance, counted to the last record.

The files are not shipped; these tests are skipped where they are absent.
"""

from collections import Counter

import pytest

from loaders.directory import DataDirectory, initialise
from loaders.issues import Effect
from loaders.leaks import find_leaks
from loaders.pipeline import Loaded, load_source
from loaders.snapshot import opener_of
from loaders.source import declared_sources
from loaders.staging import Counts
from ontology.vocab import DCT, GM, RDF
from tests.coverage import DATA, outcomes
from tests.coverage_files.governance import FILES
from tests.loaders.conftest import BASE, quads_of, staged_lines

FOLDER = DATA / "information-assets"
REGISTER = FOLDER / "nhs-digital-release-register/nhs-digital-release-register-202102.xlsx"
RELEASES = "nhs-digital-releases"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not REGISTER.exists(), reason="the publishers' own files are not here"),
]

# Records in, loaded and left out, of each file but the register of releases.
COUNTS = {
    "atrs/atrs_records.csv": (136, 136, 0),
    "atrs/atrs_records.json": (136, 136, 0),
    "nii/health.csv": (58, 58, 0),
    "nii/dft.csv": (41, 41, 0),
    "hdruk-datasets/datasets.v2.csv": (605, 605, 0),
    "hdruk-schema/2.2.0.example.json": (1, 0, 1),
    "hdruk-schema/3.0.0.example.json": (1, 1, 0),
    "hdruk-schema/4.0.0.example.json": (1, 1, 0),
    "govuk-system-register/systems-asset-owner.json": (1, 1, 0),
    "govuk-system-register/systems-public-facing.json": (1, 1, 0),
    "dpcat-ropa/GDPR_A30.csv": (3, 3, 0),
    "dpcat-ropa/GDPR_A30_org_overview.csv": (11, 11, 0),
    "dpcat-ropa/Beta a processor of  employee expenses.xlsx": (1, 1, 0),
    "dpcat-ropa/Customer Services deptartment of Alpha.xlsx": (3, 3, 0),
    "dpcat-ropa/HR department of Alpha.xlsx": (4, 4, 0),
    "dpcat-ropa/Marketing department of Alpha.xlsx": (3, 3, 0),
    "dpcat-ropa/U01a.ttl": (3, 3, 0),
    "dpcat-ropa/U05.ttl": (4, 4, 0),
    "dpcat-ropa/U13.ttl": (1, 1, 0),
    "dpcat-ropa/U57.ttl": (3, 1, 2),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> DataDirectory:
    return initialise(tmp_path_factory.mktemp("var"), BASE)


@pytest.fixture(scope="module")
def loaded(data: DataDirectory) -> Loaded:
    source = declared_sources()[RELEASES]
    return load_source(data, source, {source.files[0].name: opener_of(REGISTER)})


@pytest.fixture(scope="module")
def lines(data: DataDirectory, loaded: Loaded) -> list[bytes]:
    return staged_lines(data, loaded)


def test_every_file_but_the_register_comes_to_these_records() -> None:
    files = tuple(each for each in FILES if not each.place.endswith(REGISTER.name))
    found = {
        outcome.file.place.partition("/")[2]: (
            outcome.counts.records_in,
            outcome.counts.records_loaded,
            outcome.counts.records_left_out,
        )
        for outcome in outcomes(DATA, files)
        if outcome.refused is None
    }
    assert found == COUNTS


def test_every_release_of_the_register_is_loaded(loaded: Loaded) -> None:
    assert loaded.load.counts == Counts(
        records_in=5079, records_loaded=5079, records_left_out=0, values_withheld=98
    )
    # What the shapes warn of (no day of review, no asset) is the same for every agreement.
    found = [each for each in loaded.issues if each.rule != "shape"]
    assert Counter((each.rule, each.field, each.effect) for each in found) == {
        ("unknown-organisation", "Organisation Name", Effect.NOTED): 4840,
        ("contact-of-a-person", "purpose-statement.Objective for Processing", Effect.WITHHELD): 2,
        (
            "contact-of-a-person",
            "purpose-statement.Expected Measurable Benefits",
            Effect.WITHHELD,
        ): 96,
        ("out-of-scope", None, Effect.NOTED): 3,
    }


def test_the_register_comes_to_flows_under_agreements_without_their_versions(
    lines: list[bytes],
) -> None:
    quads = quads_of(lines)
    kinds = Counter(quad.object for quad in quads if quad.predicate == RDF.type)
    assert kinds[GM.DataFlow] == 5079
    assert kinds[GM.InformationSharingAgreement] == 582
    datasets = {quad.subject for quad in quads if "/id/dataset/" in quad.subject}
    assert len(datasets) == 79
    said = Counter(quad.predicate for quad in quads if "/data-flow/" in quad.subject)
    assert said[GM.flowTarget] == 239
    assert said[GM.recipientAsStated] == said[GM.conveys] == said[GM.identifiability] == 5079
    agreements = [quad for quad in quads if "/id/agreement/" in quad.subject]
    assert not any(" -v" in quad.subject for quad in agreements)
    assert len({quad.subject for quad in agreements if quad.predicate == DCT.title}) == 582


def test_nothing_of_the_register_is_a_leak(lines: list[bytes]) -> None:
    assert list(find_leaks(lines, BASE)) == []
