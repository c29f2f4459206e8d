"""Why things end: what a steward says of IRIs, and what the declarations of sources say."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from loaders.audience import Audience
from loaders.endings import Ending, EndingRow, State
from loaders.errors import EndingsError
from loaders.leak_kinds import kinds_of_leak
from loaders.release import Release
from loaders.source import Source


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why things may end, by IRI and by source, and the IRIs that may come back as they are."""

    rows: Mapping[str, EndingRow] = field(default_factory=dict)
    of_sources: Mapping[str, str] = field(default_factory=dict)
    returns: Collection[str] = ()

    def of(self, iri: str, sources: Collection[str], release: Release) -> Ending | None:
        """How an IRI ends that these sources of the parent described, if something says so.

        Each of the sources needs a reason. Told is that of the source that most may see: whoever
        saw the thing was told of that one, and perhaps not of the others.
        """
        row = self.rows.get(iri)
        if row is not None and row.ending.state is not State.CURRENT:
            return row.ending
        if not sources or not self.of_sources.keys() >= set(sources):
            return None
        order = list(Audience)
        widest = min(
            sources,
            key=lambda each: (
                order.index(Audience(release.manifest.sources[each]["audience"])),
                each,
            ),
        )
        return Ending(State.GONE, self.of_sources[widest])


def reasons_of_sources(
    declared: Mapping[str, Source],
    parent: Release | None,
    withdrawn: Collection[str] = (),
    further: str = "",
) -> dict[str, str]:
    """The reasons of sources by their names; `further` is told of those that are withdrawn.

    Raises:
        EndingsError: a reason, which is published, may hold what is of a person.
    """
    found = {
        name: source.things_may_end for name, source in declared.items() if source.things_may_end
    }
    for name in withdrawn:
        summary = parent.manifest.sources.get(name, {}) if parent else {}
        title = summary.get("title", name)
        found[name] = f"The source “{title}” was withdrawn. {further}".rstrip()
    for name, reason in found.items():
        if kinds := kinds_of_leak(reason):
            raise EndingsError(
                f"nothing is published, because the reason of the source {name} may hold "
                f"{' and '.join(kinds)}, and reasons are published. Leave that out."
            )
    return found
