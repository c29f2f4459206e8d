"""Making a preview of a dry run: what is published beside what would be, and what is wrong."""

from loaders.directory import DataDirectory
from loaders.identity import Minter
from loaders.origins import OriginLines
from loaders.pipeline import Tried
from loaders.preview.changes import changed_thing, describe_around
from loaders.preview.faults import descriptions, shape_faults
from loaders.preview.model import KindOfThing, Listing, Preview, Published
from loaders.preview.personal import met_on_reading, seen_by_public
from loaders.preview.rejected import rejected_records
from loaders.preview.risk import find_risk, read_endings_of
from loaders.preview.rows import Rows
from loaders.preview.things import Compared, Files, compare_things
from loaders.release import Release, current_release

SHOWN = 5
"""So many of each are shown, unless all are asked for; the others are counted."""


def make_preview(directory: DataDirectory, tried: Tried, most: int | None = SHOWN) -> Preview:
    """What a load would do that was tried; of each list the first `most` are told, or all.

    The files of the dry run are there as long as `loaders.pipeline.load_source` is at work.
    """
    source, load = tried.source, tried.load
    release = current_release(directory)
    is_published = release is not None and source.name in release.manifest.sources
    before = release.staged_path(source.name) if release is not None and is_published else None
    files = Files(before, tried.quads, directory.base)
    ended = read_endings_of(release)
    compared = compare_things(files, ended.keys(), most)
    rows = Rows(source, tried.contents, directory.base)
    origins = OriginLines.of(Minter(directory.base))
    with tried.quads.open("rb") as lines:
        faults = shape_faults(source.name, tried.issues, descriptions(lines, origins), most)
    return Preview(
        source=source.name,
        title=load.title,
        audience=str(load.audience),
        base=directory.base,
        published=_published(release, source.name),
        staged=tried.change if _is_staged_alone(tried, release) else None,
        records=load.counts,
        kinds=_kinds(files, compared),
        rejected=rejected_records(tried.issues, load.counts.records_left_out, rows, most),
        risk=find_risk(directory, release, source, files, compared, ended, most),
        shapes=faults,
        read=met_on_reading(tried.issues, most),
        seen=seen_by_public(source, files, release, origins, tried.nodes, rows, most),
    )


def _published(release: Release | None, name: str) -> Published | None:
    if release is None or name not in release.manifest.sources:
        return None
    summary = release.manifest.sources[name]
    return Published(release.id, summary["loaded"], summary["audience"])


def _is_staged_alone(tried: Tried, release: Release | None) -> bool:
    """Whether another load of the source is staged and not published."""
    staged = tried.staged
    return staged is not None and not (release is not None and release.holds(staged))


def _kinds(files: Files, compared: Compared) -> tuple[KindOfThing, ...]:
    pairs = [each for kept in compared.kinds.values() for each in kept.changed]
    around = describe_around(files, pairs)
    return tuple(
        KindOfThing(
            kind=kind,
            new=Listing(kept.counts["new"], tuple(kept.new)),
            changed=Listing(
                kept.counts["changed"],
                tuple(
                    changed_thing(thing, old, new, around, files.parts)
                    for thing, old, new in kept.changed
                ),
            ),
            gone=Listing(kept.counts["gone"], tuple(kept.gone)),
            unchanged=kept.counts["unchanged"],
        )
        for kind, kept in sorted(compared.kinds.items())
    )
