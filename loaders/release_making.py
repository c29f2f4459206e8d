"""Making a release of loads, in a directory that nobody reads until it gets its name."""

import shutil
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from loaders.allow_lists import allow_lists_digest
from loaders.audience import Audience
from loaders.audience_files import make_audience_files
from loaders.audience_store import (
    build_audience,
    copy_audience,
    differences_of,
    is_same_audience,
)
from loaders.check import shapes_digest
from loaders.continuity import find_endings
from loaders.deriving.deriving import derive, take_over
from loaders.directory import DataDirectory, sync_folder, write_durably
from loaders.endings import endings_path
from loaders.history import write_changes
from loaders.leaks import SCAN, refuse_leaks
from loaders.reasons import Reasons
from loaders.release import (
    UNFINISHED,
    UNSERVED,
    Manifest,
    Release,
    link_or_copy,
    next_name,
    summary_of,
    versions,
)
from loaders.search_index import make_index
from loaders.source import declared_sources
from loaders.staging import StagedLoad
from loaders.steps import stepping
from loaders.taken_back import taken_back


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a release is made of: the loads, each with the file of its quads, and their issues.

    `derives` says whether the derived graphs are made anew, or taken over from the parent as far as
    they are still true. `reasons` say why things end. `forget` are withdrawn IRIs that lose their
    names. `noted` is told the id of the release when it is whole, right before it gets its name.
    `withdrawn` are the sources that are dropped on purpose.
    """

    parent: Release | None
    loads: Sequence[tuple[StagedLoad, Path]]
    issues: Iterable[bytes]
    publisher: str
    reasons: Reasons = field(default_factory=Reasons)
    forget: Collection[str] = ()
    derives: bool = True
    noted: Callable[[str], None] | None = None
    withdrawn: Collection[str] = ()


def make_release(
    directory: DataDirectory, recipe: Recipe, at: datetime
) -> tuple[Release, list[str]]:
    """Make a release in a directory of its own; whatever goes wrong leaves nothing behind.

    With it come sentences on exceptions of the last look that except nothing.

    Raises:
        ValidationError: the public would see what may be of a person.
        EndingsError: published IRIs would be lost without a reason, or mean something else.
    """
    name = next_name(directory, at)
    building = directory.releases / f"{UNFINISHED}{name}"
    try:
        manifest, remarks = _fill(directory, building, recipe, at)
        if recipe.noted:
            recipe.noted(name)
        finished = directory.releases / name
        building.rename(finished)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    sync_folder(directory.releases)
    return Release(finished, manifest), remarks


def _fill(
    directory: DataDirectory,
    building: Path,
    recipe: Recipe,
    at: datetime,
) -> tuple[Manifest, list[str]]:
    (building / "staged").mkdir(parents=True)
    parent = recipe.parent
    for load, quads in recipe.loads:
        link_or_copy(quads, building / "staged" / f"{load.source}.nq")
    sync_folder(building / "staged")
    manifest = Manifest(
        id=building.name.removeprefix(UNFINISHED),
        parent=parent.id if parent else None,
        base=directory.base,
        published=f"{at:%Y-%m-%dT%H:%M:%SZ}",
        publisher=recipe.publisher,
        versions={
            **versions(),
            "shapes": shapes_digest(),
            "allow-lists": allow_lists_digest(),
            "leak-scan": SCAN,
        },
        sources={load.source: summary_of(load) for load, _ in recipe.loads},
        withdrawn=sorted(recipe.withdrawn),
    )
    release = Release(building, manifest)
    make_audience_files(release, parent)
    (derive if recipe.derives else take_over)(release, parent)
    differences = differences_of(release, parent)
    sources = declared_sources(directory.sources, refused={})
    exceptions = {each: sources[each].exceptions for each in manifest.sources if each in sources}
    remarks = refuse_leaks(release, parent, differences[Audience.PUBLIC], exceptions)
    inside = differences[Audience.INTERNAL]
    file = endings_path(directory)
    rolled_back = taken_back(directory, parent)
    endings = find_endings(release, parent, inside, recipe.reasons, file, rolled_back)
    narrower: Audience | None = None
    for audience in stepping(Audience):
        if narrower and is_same_audience(release, parent, narrower, audience, rolled_back):
            copy_audience(release, narrower, audience)
            manifest.counts[audience] = manifest.counts[narrower]
        else:
            counts = build_audience(
                release, parent, audience, differences, at, endings, recipe.forget, rolled_back
            )
            manifest.counts[audience] = counts.as_table()
        make_index(release, parent, audience, narrower, differences[audience])
        narrower = audience
    write_changes(release, parent, differences)
    link_or_copy(release.ledger_path(Audience.INTERNAL), building / "ledger.nq")
    write_durably(building / "issues.jsonl", recipe.issues)
    (building / UNSERVED).touch()
    write_durably(building / "manifest.json", [manifest.encoded()])
    return manifest, remarks
