"""What is staged and not yet published, held against the shapes.

Of a source that was published before, only the things that a load changed are validated, as long
as every shape looks at one thing's own statements. When the shapes themselves have changed,
everything is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BufferedReader
from pathlib import Path

import ontology
from loaders.difference import compare_files
from loaders.directory import DataDirectory
from loaders.nquads import subjects
from loaders.release import Release, current_release
from loaders.sorted_files import SortedFile
from loaders.staging import StagedLoad, digest, open_staged, staged_loads
from loaders.steps import step
from loaders.validation import Result, shapes, validate
from loaders.vocabulary import OWN


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in the loads that were validated, and which ones (SHA-256) those were."""

    results: list[Result]
    passed: frozenset[str]

    @property
    def refusing(self) -> list[Result]:
        """The results that keep the data from being published."""
        return [result for result in self.results if result.refuses]


@step("shapes")
def check(directory: DataDirectory, known: Verdict | None = None) -> Verdict:
    """Validate every staged load that the current release does not hold and `known` did not see."""
    results = list(known.results) if known else []
    passed = set(known.passed) if known else set()
    parent = current_release(directory)
    for load in staged_loads(directory):
        is_settled = load.source in OWN or load.sha256 in passed
        if is_settled or (parent is not None and parent.holds(load)):
            continue
        with open_staged(directory, load) as file:
            results += check_load(load, file, parent)
        passed.add(load.sha256)
    return Verdict(results, frozenset(passed))


def check_load(load: StagedLoad, file: BufferedReader, parent: Release | None) -> list[Result]:
    """Validate the quads of one load, which lie in a file that is open for reading."""
    return validate(load.source, _changed_lines(load, file, parent))


@cache
def shapes_digest() -> str:
    """The SHA-256 of all shapes."""
    return digest(b"".join(ontology.turtle(name) for name in ontology.shapes()))


def _changed_lines(
    load: StagedLoad, file: BufferedReader, parent: Release | None
) -> Iterator[bytes]:
    """The lines of the things that a load changed; all of them, if nothing says which."""
    before = _published(load, parent)
    if before is None:
        yield from file
        return
    after = Path(file.name)
    removed, added = compare_files(before, after)
    changed = {f"<{each}> ".encode() for each in (*subjects(added), *subjects(removed))}
    with SortedFile(after) as lines:
        for subject in sorted(changed):
            yield from lines.beginning(subject)


def _published(load: StagedLoad, parent: Release | None) -> Path | None:
    if parent is None or parent.manifest.versions.get("shapes") != shapes_digest():
        return None
    if not shapes().is_local:
        return None
    return parent.staged_path(load.source) if load.source in parent.manifest.sources else None
