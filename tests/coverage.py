"""What becomes of publishers' real files: one table, printed by `make coverage`.

The files are not part of this repository; they lie in a folder beside it, or where the argument
says. `docs/coverage.md` holds the table as it was last printed, and a test holds the two together.
"""

import io
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from loaders.directory import initialise
from loaders.errors import LoaderError
from loaders.formats import find_format
from loaders.issues import Effect
from loaders.pipeline import load_source
from loaders.snapshot import Opener, opener_of
from loaders.source import Source, declared_sources
from loaders.staging import Counts
from tests.coverage_files import datasets, governance, organisations, services
from tests.coverage_files.declared import declared_for
from tests.coverage_files.real_file import RealFile

DATA = Path(__file__).parents[2] / "shared" / "data"
DID = {Effect.LEFT_OUT: "left out", Effect.WITHHELD: "withheld", Effect.NOTED: "noted"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file. Where `refused` says why, nothing was loaded."""

    file: RealFile
    counts: Counts = field(default_factory=Counts)
    triples: int = 0
    issues: tuple[tuple[Effect, str, int], ...] = ()
    seconds: float = 0.0
    refused: str | None = None

    def cells(self) -> tuple[str, ...]:
        """Its row of the table, without the seconds."""
        name = f"`{self.file.place}`"
        (found,) = declared_for(self.file.place)
        known = f"`{self.file.format}`", f"`{found.source}`"
        if self.refused is not None:
            return name, *known, "refused", "", "", "", self.refused
        numbers = (self.counts.records_in, self.counts.records_loaded)
        further = (self.counts.records_left_out, self.triples)
        return (
            name,
            *known,
            *(f"{number:,}" for number in (*numbers, *further)),
            self.told() or "none",
        )

    def told(self) -> str:
        """The issues by what they did, and by rule."""
        return "; ".join(
            f"{did}: {', '.join(f'{rule} {count:,}' for _, rule, count in found)}"
            for effect, did in DID.items()
            if (found := [each for each in self.issues if each[0] is effect])
        )


def _all(format_: str, *places: str) -> tuple[RealFile, ...]:
    return tuple(RealFile(place, format_) for place in places)


FILES: tuple[RealFile, ...] = (
    RealFile("organisations/digital-land/local-authority.csv", "digital-land-local-authority"),
    RealFile(
        "organisations/mysociety/uk_local_authorities_future.csv", "mysociety-local-authorities"
    ),
    RealFile("organisations/nhs-ods/epraccur_sample.csv", "nhs-ods"),
    RealFile(
        "organisations/openregister-local-authority/local-authority-eng/local-authorities.tsv",
        "register-local-authority-eng",
    ),
    *(
        RealFile(f"organisations/openregister-local-authority/{place}", format_)
        for place, format_ in (
            ("local-authority-sct/local-authority-sct.tsv", "register-local-authority-sct"),
            ("local-authority-nir/local-authorities.tsv", "register-local-authority-nir"),
            (
                "principal-local-authority/principal-local-authority.tsv",
                "register-principal-local-authority",
            ),
            ("combined-local-authorities/data.tsv", "register-combined-authority"),
        )
    ),
    RealFile(
        "organisations/openregister-government-organisation/government-organisation.tsv",
        "register-government-organisation",
    ),
    *_all(
        "open-referral-uk",
        "services/oruk-v3/uk-profile/service_full.json",
        "services/oruk-v3/uk-profile/service_list.json",
        "services/oruk-v3/mocks-default/service_full.json",
        "services/oruk-v3/mocks-default/service_list.json",
        "services/oruk-v3/mocks-test/service_list.json",
        "services/hsds-3/service_full.json",
        "services/hsds-3/service_list.json",
    ),
    *_all("open-referral-uk-tables", "services/oruk-v3/uk-profile/csv", "services/hsds-3/csv"),
    RealFile("services/govuk-local-links/lgsl_lgil_fallback_links.csv", "govuk-local-links"),
    RealFile("services/esd/functions_services.xml", "esd-functions-services"),
    *_all(
        "ckan",
        *(
            f"datasets/ckan-datagovuk/{name}.json"
            for name in (
                "package_show_create",
                "package_show_empty",
                "package_show_inspire",
                "package_show_update",
                "new_api/package_show_create",
                "new_api/package_show_empty",
                "new_api/package_show_inspire",
                "search_dataset_p1",
                "search_dataset_p2",
                "organization_list",
                "organization_show_create",
                "organization_show_update",
            )
        ),
    ),
    *_all(
        "arcgis-hub-dcat",
        *(
            f"datasets/arcgis-hub/dcat-ap-2.0.1/{name}.json"
            for name in ("edinburgh", "glasgow", "north_ayrshire", "north_lanarkshire")
        ),
    ),
    *_all(
        "dcat",
        *(
            f"datasets/dcat3-examples/{name}.ttl"
            for name in (
                "basic-example",
                "catalog-record",
                "classifying-thematically",
                "classifying-types",
                "compress-and-package",
                "csiro-dap-examples",
                "csiro-stratchart",
                "csiro-stratchart-sdo",
                "csiro-stratchart_dcat3",
                "dataset-002",
                "dataset-003",
                "dataset-004",
                "dataset-004-sdo",
                "dryad-globtherm-sdata",
                "eea-csw",
                "ga-courts",
                "ga-wms",
                "genoa-busstop",
                "identifier-types",
                "relation-examples",
                "series-membership",
                "series-releases",
                "series-versions",
                "service1",
                "spatial-properties",
                "temporal-properties",
                "threddsABC",
            )
        ),
    ),
    *datasets.FILES,
    *governance.FILES,
    *organisations.FILES,
    *services.FILES,
)
HEAD = ("File", "Format", "Source", "Records in", "Loaded", "Left out", "Triples", "Issues by rule")


def outcomes(data: Path = DATA, files: tuple[RealFile, ...] = FILES) -> Iterator[Outcome]:
    """What becomes of each file, loaded by itself into a directory that is thrown away."""
    declared = declared_sources()
    for file in files:
        yield _load(data / file.place, file, declared)


def source_of(file: RealFile, declared: Mapping[str, Source]) -> Source:
    """The declared source that loads a file, of which nothing but that file is given.

    The format of a source of one file may be another one, as with `--format`.
    """
    (found,) = declared_for(file.place)
    source = declared[found.source]
    name = found.name or Path(file.place).name
    if len(source.files) == 1:
        read = replace(source.files[0], name=name, format=find_format(file.format))
    else:
        (read,) = (each for each in source.files if each.name == name)
    # The fewest records are those of the source, not of each of its files.
    return replace(source, files=(replace(read, minimum=0),))


def opener_of_place(path: Path) -> Opener:
    """What opens a file, or a folder's files as one zip file."""
    if not path.is_dir():
        return opener_of(path)

    def opener() -> BinaryIO:
        zipped = io.BytesIO()
        with zipfile.ZipFile(zipped, "w") as archive:
            for each in sorted(path.iterdir()):
                archive.write(each, each.name)
        zipped.seek(0)
        return zipped

    return opener


def _load(path: Path, file: RealFile, declared: Mapping[str, Source]) -> Outcome:
    source = source_of(file, declared)
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        try:
            directory = initialise(Path(folder) / "var")
            loaded = load_source(directory, source, {source.files[0].name: opener_of_place(path)})
        except LoaderError as error:
            return Outcome(file, refused=str(error), seconds=time.perf_counter() - began)
        seconds = time.perf_counter() - began
        issues = tuple((first.effect, first.rule, count) for first, count in loaded.issues.kinds())
        return Outcome(file, loaded.load.counts, loaded.load.quads, issues, seconds)


def main(arguments: list[str]) -> int:
    """Print the table; 1 where the folder of real files is not there."""
    data = Path(arguments[0]) if arguments else DATA
    if not data.is_dir():
        print(f"{data} is not there: give the folder of the publishers' files.", file=sys.stderr)
        return 1
    print(f"| {' | '.join(HEAD)} | Seconds |")
    print(f"|{'---|' * (len(HEAD) + 1)}")
    for outcome in outcomes(data):
        print(f"| {' | '.join(outcome.cells())} | {outcome.seconds:.1f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
