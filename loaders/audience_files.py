"""The files of quads that each audience gets in a release: `{release}/{audience}/quads/*.nq`.

Of the parent release is taken over, by hard link, whatever cannot have changed: a source is
projected anew where its load, its audience or the allow-lists changed, and where a thing that it
names came to be described, ceased to be, or was restricted otherwise. To know that without reading
it, a release keeps the marks of what each source names and describes (`marks/`).
"""

from array import array
from dataclasses import replace
from pathlib import Path

from loaders.allow_lists import NARROWER, allow_lists_digest, shipped_allow_lists
from loaders.audience import Audience
from loaders.directory import sync_folder
from loaders.earlier import read_told, without
from loaders.projection import (
    Restrictions,
    Rules,
    Survey,
    mark,
    project,
    restrictions,
    stricter,
    survey,
    survey_whole,
)
from loaders.release import Release, link_or_copy
from loaders.staging import write_quads
from loaders.steps import step
from loaders.vocabulary import OWN


@step("what each audience sees")
def make_audience_files(release: Release, parent: Release | None) -> None:
    """Make the files of every audience from the staged files of a release in the making.

    Their digests are put into its manifest.
    """
    maker = _Maker(release, parent)
    for audience in Audience:
        (release.path / audience / "quads").mkdir(parents=True)
    (release.path / "marks").mkdir()
    maker.survey_all()
    for source in release.manifest.sources:
        maker.make(source)
    for audience in Audience:
        sync_folder(release.path / audience / "quads")


def _usable(parent: Release | None) -> Release | None:
    """The parent, where its files were made by the same rules as ours will be."""
    if parent and parent.manifest.versions.get("allow-lists") == allow_lists_digest():
        return parent
    return None


class _Maker:
    """The making of the files of one release."""

    def __init__(self, release: Release, parent: Release | None) -> None:
        self.release = release
        self.parent = _usable(parent)
        self.told = parent  # by whatever rules
        self.surveys: dict[str, Survey] = {}
        # What came to be described, or ceased to be, since the parent; and what is restricted
        # otherwise than there.
        self.moved: set[int] = set()
        now = _restrictions(release)
        before = _restrictions(self.parent) if self.parent else {}
        self.restricted_otherwise = {
            mark(subject)
            for subject in now.keys() | before.keys()
            if now.get(subject) != before.get(subject)
        }
        self.rules = Rules(shipped_allow_lists(), release.manifest.base, now)

    def survey_all(self) -> None:
        """Find what each source names and describes, and what moved since the parent."""
        sources = self.release.manifest.sources
        for source in sources:
            before = self._before(source)
            now = self._survey(source, before)
            self.surveys[source] = now
            if before is not now:
                self._note_moves(before, now)
            write_survey(_marks_path(self.release, source), now)
        for source in self.parent.manifest.sources if self.parent else ():
            if source not in sources:
                self._note_moves(self._before(source), None)

    def _before(self, source: str) -> Survey | None:
        if self.parent is None or source not in self.parent.manifest.sources:
            return None
        return read_survey(_marks_path(self.parent, source))

    def _survey(self, source: str, before: Survey | None) -> Survey:
        if (
            before is not None
            and self._is_as_before(source)
            and not before.names_any(self.restricted_otherwise)
        ):
            return before
        with self.release.staged_path(source).open("rb") as lines:
            found = (survey_whole if source in OWN else survey)(lines, self.rules)
        nothing: frozenset[int] = frozenset()
        described = {
            each: found.described[each] if self.release.is_for(each, source) else nothing
            for each in NARROWER
        }
        return replace(found, described=described)

    def _note_moves(self, before: Survey | None, now: Survey | None) -> None:
        nothing: frozenset[int] = frozenset()
        for audience in NARROWER:
            self.moved |= (before.described[audience] if before else nothing) ^ (
                now.described[audience] if now else nothing
            )

    def _is_as_before(self, source: str) -> bool:
        """Whether the parent has the same load of a source, for the same audience."""
        if self.parent is None or source not in self.parent.manifest.sources:
            return False
        old, new = self.parent.manifest.sources[source], self.release.manifest.sources[source]
        return bool(old["sha256"] == new["sha256"] and old["audience"] == new["audience"])

    def make(self, source: str) -> None:
        """Make the files of one source, and note their digests in the manifest."""
        found = self.surveys[source]
        stays = self._is_as_before(source) and not found.names_any(
            self.moved | self.restricted_otherwise
        )
        staged = self.release.staged_path(source)
        summary = self.release.manifest.sources[source]
        summary["projected"] = {}
        for audience in Audience:
            if not self.release.is_for(audience, source):
                continue
            path = self.release.quads_path(audience, source)
            summary["projected"][audience] = summary["sha256"]
            if audience is Audience.INTERNAL:
                link_or_copy(staged, path)
            elif stays:
                assert self.parent is not None
                before = self.parent.manifest.sources[source]
                link_or_copy(self.parent.quads_path(audience, source), path)
                summary["projected"][audience] = before["projected"][audience]
            else:
                described = self._described(found, audience)
                if source in OWN or found.is_whole_for(audience, described):
                    untold = self._untold(source, audience)
                    if not untold:
                        link_or_copy(staged, path)
                        continue
                    with staged.open("rb") as lines:
                        kept = without(lines, untold)
                        summary["projected"][audience], _ = write_quads(path, kept)
                    continue
                with staged.open("rb") as lines:
                    own = found.described[audience]
                    kept = project(lines, self.rules, audience, own, described)
                    summary["projected"][audience], _ = write_quads(path, kept)

    def _untold(self, source: str, audience: Audience) -> set[bytes]:
        """The loads and files of before of which this audience was not told when they were new.

        They may have held what it must not guess at, though what is published now does not.
        """
        if source in OWN:
            return set()
        origins = self.rules.origins
        with self.release.staged_path(source).open("rb") as lines:
            older = read_told(lines, source, origins).older()
        before = self.told.quads_path(audience, source) if self.told else None
        if not older or before is None or not before.exists():
            return older
        with before.open("rb") as lines:
            known = read_told(lines, source, origins)
        return older - known.loads.keys() - known.snapshots.keys()

    def _described(self, found: Survey, audience: Audience) -> set[int]:
        """What any source describes for an audience, of what one names."""
        described: set[int] = set()
        for each in self.surveys.values():
            described |= found.references & each.described[audience]
        return described


def _restrictions(release: Release) -> Restrictions:
    """Who may see which things, over all sources of a release: the narrowest that any states."""
    found: dict[bytes, Audience] = {}
    for source in release.manifest.sources:
        for subject, audience in restrictions(release.staged_path(source)).items():
            found[subject] = stricter(found.get(subject), audience)
    return found


def _marks_path(release: Release, source: str) -> Path:
    return release.path / "marks" / source


def write_survey(path: Path, found: Survey) -> None:
    """Write a survey: its sets one after the other, each behind its size, eight bytes a number."""
    sets = (
        found.subjects,
        found.references,
        *(found.described[each] for each in NARROWER),
        *(found.opened[each] for each in NARROWER),
    )
    with path.open("wb") as file:
        for marks in (*sets, [NARROWER.index(each) for each in found.open_to]):
            array("Q", [len(marks), *marks]).tofile(file)


def read_survey(path: Path) -> Survey:
    """Read a survey as `write_survey` wrote it, on a machine of the same order of bytes."""
    numbers = array("Q")
    numbers.frombytes(path.read_bytes())
    sets, at = [], 0
    while at < len(numbers):
        size = numbers[at]
        sets.append(frozenset(numbers[at + 1 : at + 1 + size]))
        at += 1 + size
    subjects, references, *by_audience, open_to = sets
    described, opened = by_audience[: len(NARROWER)], by_audience[len(NARROWER) :]
    return Survey(
        subjects,
        references,
        dict(zip(NARROWER, described, strict=True)),
        dict(zip(NARROWER, opened, strict=True)),
        frozenset(NARROWER[each] for each in open_to),
    )
