"""Making the derived graphs of a release, and taking over those that cannot have changed."""

import hashlib
import tempfile
from collections.abc import Collection, Iterator
from heapq import merge
from itertools import groupby
from pathlib import Path

from loaders.audience import Audience
from loaders.deriving.contributions import CONTRIBUTIONS
from loaders.deriving.derivation import Derivation, Earlier, Premises
from loaders.deriving.inferred import INFERRED
from loaders.deriving.links import LINKS
from loaders.deriving.quality import QUALITY
from loaders.difference import Difference, find_difference
from loaders.directory import sync_folder
from loaders.nquads import subject_of
from loaders.release import Release, link_or_copy
from loaders.sorted_lines import SortedLines
from loaders.staging import chunks, write_quads
from loaders.steps import step

DERIVATIONS: tuple[Derivation, ...] = (LINKS, INFERRED, CONTRIBUTIONS, QUALITY)
"""Every derivation, in the order in which they run."""

TAKEN_OVER = "taken over"
"""What a manifest says instead of a version where a write took the derived graphs over."""


_MANY = 100  # with more things touched than this, one of them is likely to be named


def derivations_digest(derivations: Collection[Derivation] = DERIVATIONS) -> str:
    """A digest that changes with the rules of any derivation."""
    versions = "\n".join(f"{each.graph} {each.version()}" for each in derivations)
    return hashlib.sha256(versions.encode()).hexdigest()


@step("inference")
def derive(
    release: Release,
    parent: Release | None,
    derivations: Collection[Derivation] = DERIVATIONS,
) -> None:
    """Make the derived graphs of every audience; the manifest of the release tells their digests.

    The files of the sources are there already (`loaders.audience_files`).
    """
    for derivation in derivations:
        release.manifest.derived[derivation.graph] = {}
    for audience in Audience:
        for derivation in derivations:
            _derive_one(release, parent, audience, derivation)
        sync_folder(release.path / audience / "quads")
    release.manifest.versions["derivations"] = derivations_digest(derivations)


@step("inference")
def take_over(
    release: Release,
    parent: Release | None,
    derivations: Collection[Derivation] = DERIVATIONS,
) -> None:
    """Give a release the derived graphs of its parent, without what may have become untrue.

    So does a write from outside, which has to be quick. Whatever names a thing of which the
    audience is now told otherwise is left out until the next publish derives it anew. Where an
    audience may see less than before of what is still there, all is derived anew at once, for a
    conclusion may tell of what it rests on.
    """
    if parent is None:
        release.manifest.versions["derivations"] = TAKEN_OVER
        return
    changes = {
        each: find_difference(parent.stated_files(each), release.stated_files(each))
        for each in Audience
    }
    ended = set(changes[Audience.INTERNAL].removed)
    if any(not ended.issuperset(each.removed) for each in changes.values()):
        derive(release, parent, derivations)
        return
    release.manifest.versions["derivations"] = TAKEN_OVER
    for graph, told in parent.manifest.derived.items():
        entries: dict[str, dict[str, str]] = {}
        for audience in Audience:
            path = release.quads_path(audience, graph)
            before = parent.quads_path(audience, graph)
            touched = _touched(changes[audience])
            if _names_any(before, touched):
                sha256, _ = write_quads(path, _without(before, touched))
            else:
                sha256 = told[audience]["sha256"]
                link_or_copy(before, path)
            entries[audience] = {"premises": "", "sha256": sha256}
        release.manifest.derived[graph] = entries
    for audience in Audience:
        sync_folder(release.path / audience / "quads")


def _derive_one(
    release: Release, parent: Release | None, audience: Audience, derivation: Derivation
) -> None:
    """Make one graph for one audience, or link the file where it must be what is there already."""
    graph = derivation.graph
    entries = release.manifest.derived[graph]
    path = release.quads_path(audience, graph)
    told = parent.manifest.derived.get(graph, {}) if parent else {}
    before, inner = told.get(audience), _narrower(audience)
    files = release.staged_files(audience)
    widest = release.stated_files(Audience.INTERNAL) if derivation.looks_beyond else {}
    beyond = {name: place for name, place in widest.items() if name not in files}
    premises = Premises(
        release.manifest.base,
        audience,
        files,
        release.quads_path(inner, graph) if inner else None,
        _earlier(parent, audience, derivation) if parent and before else None,
        beyond,
    )
    hidden = (f"beyond {name}" for name in beyond)  # to another audience the same file is a premise
    key = _digest_of([*files, *hidden], premises.base, derivation)
    if inner and entries[inner]["premises"] == key:
        link_or_copy(release.quads_path(inner, graph), path)
        entries[audience] = entries[inner]
    elif (
        parent
        and before
        and before["premises"] == key
        and (not inner or told.get(inner) == entries[inner])
    ):
        link_or_copy(parent.quads_path(audience, graph), path)
        entries[audience] = before
    else:
        with tempfile.TemporaryDirectory(dir=release.path) as folder:
            concluded = SortedLines(Path(folder), graph)
            for chunk in chunks(derivation.derive(premises)):
                concluded.add(chunk)
            sha256, _ = write_quads(path, _joined(concluded, premises.narrower))
        entries[audience] = {"premises": key, "sha256": sha256}


def _narrower(audience: Audience) -> Audience | None:
    order = list(Audience)
    at = order.index(audience)
    return order[at - 1] if at else None


def _earlier(parent: Release, audience: Audience, derivation: Derivation) -> Earlier | None:
    """What the parent concluded, where it was by the same rules, from what we know.

    What a write took over follows from nothing that is known.
    """
    graph = derivation.graph
    derived = parent.manifest.derived
    later = set(list(derived)[list(derived).index(graph) :])
    files = {
        name: path
        for name, path in parent.staged_files(audience).items()
        if name.partition(":")[0] not in later
    }
    told = derived[graph][audience]
    if told["premises"] != _digest_of(files, parent.manifest.base, derivation):
        return None
    inner = _narrower(audience)
    return Earlier(
        files,
        parent.quads_path(audience, graph),
        parent.quads_path(inner, graph) if inner else None,
        parent.store_path(audience),
        parent.manifest.counts[audience]["quads"],
    )


def _digest_of(files: Collection[str], base: str, derivation: Derivation) -> str:
    told = (base, derivation.version(), *sorted(files))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _joined(concluded: SortedLines, narrower: Path | None) -> Iterator[bytes]:
    if narrower is None:
        yield from concluded
        return
    with narrower.open("rb") as told:
        for line, _ in groupby(merge(concluded, told)):
            yield line


def _touched(difference: Difference) -> set[bytes]:
    """The things of which an audience is told otherwise, as N-Quads writes them."""
    lines = (*difference.added, *difference.removed)
    return {f"<{subject_of(line)}>".encode() for line in lines}


def _names_any(path: Path, touched: Collection[bytes]) -> bool:
    """Whether a file may name something touched. Looking is quick, and writing anew is not."""
    content = path.read_bytes()
    return len(touched) > _MANY or any(each in content for each in touched)


def _without(path: Path, touched: Collection[bytes]) -> Iterator[bytes]:
    """The lines of a derived file but those of subjects that name something touched."""
    with path.open("rb") as lines:
        for _, group in groupby(lines, lambda line: line[: line.index(b">")]):
            about = list(group)
            if not any(_names(line, touched) for line in about):
                yield from about


def _names(line: bytes, touched: Collection[bytes]) -> bool:
    subject, _, rest = line.split(b" ", 2)
    return subject in touched or rest[: rest.rindex(b" <")] in touched
