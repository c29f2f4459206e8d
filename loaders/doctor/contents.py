"""What the releases hold: their stores, counted, and their files, by their digests."""

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Store

from loaders.audience import Audience
from loaders.doctor.examined import Examined
from loaders.doctor.findings import Finding, fault, fine
from loaders.release import Release

_REMEDY = "Publish from what is staged, or restore the release from a backup."


def check_stores(examined: Examined) -> Iterator[Finding]:
    """Each store of each release: it opens, and holds as many quads as the manifest says."""
    for release in examined.releases:
        with examined.reading(release):
            found = list(_of_stores(examined, release))
        yield from found
        if not found:
            yield fine(
                examined.place(release.path), "Its stores hold as many quads as its manifest says."
            )


def _of_stores(examined: Examined, release: Release) -> Iterator[Finding]:
    for audience in (Audience.PUBLIC,) if release.manifest.open else Audience:
        path = release.store_path(audience)
        place = examined.place(path)
        try:
            # A store is made where there is none, and this is to change nothing.
            if not (path / "CURRENT").is_file():
                yield fault(place, f"There is no store here. {mend(examined, release)}")
                continue
            held = len(Store.read_only(str(path)))
        except (OSError, RuntimeError, ValueError) as error:
            yield fault(place, f"The store cannot be opened ({error}). {mend(examined, release)}")
            continue
        if release.manifest.open:
            continue
        counts = release.manifest.counts.get(audience, {})
        stated = counts.get("quads", 0) + counts.get("triples", 0)
        if held != stated:
            yield fault(
                place,
                f"The store holds {held} statements in its graphs and their union, and the "
                f"manifest says {stated}. {mend(examined, release)}",
            )


def check_files(examined: Examined) -> Iterator[Finding]:
    """The staged and projected files of each release: there, and, if deep, of the stated digest."""
    for release in examined.releases:
        if release.manifest.open:
            continue
        with examined.reading(release):
            found = list(_of_files(examined, release))
        yield from found
        if examined.deep and not found:
            yield fine(examined.place(release.path), "Its files are of the digests that it states.")


def _of_files(examined: Examined, release: Release) -> Iterator[Finding]:
    for path, stated in _stated(release):
        place = examined.place(path)
        if not path.is_file():
            yield fault(place, f"The file is missing. {mend(examined, release)}")
        elif examined.deep and stated is not None and examined.digest(path) != stated:
            yield fault(
                place,
                f"The file is not what was published: its SHA-256 is not the manifest's. "
                f"{mend(examined, release)}",
            )


def _stated(release: Release) -> Iterator[tuple[Path, str | None]]:
    """The files that a manifest tells of, each with its SHA-256 where that is stated."""
    manifest = release.manifest
    for source, told in manifest.sources.items():
        yield release.staged_path(source), told.get("sha256")
        for audience, sha256 in told.get("projected", {}).items():
            yield release.quads_path(Audience(audience), source), sha256
    for graph, by_audience in manifest.derived.items():
        for audience, told in by_audience.items():
            yield release.quads_path(Audience(audience), graph), told.get("sha256")
    for audience in Audience:
        yield release.ledger_path(audience), None
    yield release.path / "issues.jsonl", None


def mend(examined: Examined, release: Release) -> str:
    """What to do where something of a release is lost."""
    current = examined.current
    if current is not None and release.id != current.id:
        return "Do not roll back to this release; remove its folder, or restore it from a backup."
    others = [each.id for each in examined.releases if each.id != release.id]
    back = f"Run “gmkg rollback {others[0]}” to serve another meanwhile. " if others else ""
    return f"{back}{_REMEDY}"
