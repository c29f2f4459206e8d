"""What is loaded, published, compared and applied is the same graph again, for every audience."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, RdfFormat, serialize

from loaders.audience import Audience
from loaders.directory import initialise
from loaders.history import ADDED, REMOVED, untold_path
from loaders.publish import publish
from loaders.release import Release
from tests.loaders.publishing import BASE, a_source, load, may_end, store_of

KEYS = [f"GB-LAE-EX{letter}" for letter in "ABC"]
NAMES = ["Exampleton", 'A "quoted" name', "Tref Enghraifft é", "\U00010348"]
ROWS = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(NAMES), min_size=1).map(
    lambda found: tuple(f"{key},{name}".replace('"', "“") for key, name in sorted(found.items()))
)
# A source for each audience, whose bodies the others may describe too; then the same again.
LOADS = st.fixed_dictionaries(dict.fromkeys(Audience, ROWS))


def stated(release: Release, audience: Audience) -> set[bytes]:
    """The lines of the named graphs of an audience's store."""
    return {
        serialize([quad], format=RdfFormat.N_QUADS) or b""
        for quad in store_of(release, audience)
        if not isinstance(quad.graph_name, DefaultGraph)
    }


def told(release: Release, audience: Audience, name: str) -> set[bytes]:
    return set((release.path / audience / name).read_bytes().splitlines(keepends=True))


# Each example is two releases, so that few are tried, and none is made smaller.
@settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(LOADS, LOADS)
def test_what_changed_makes_the_next_release_of_the_last(
    first: dict[Audience, tuple[str, ...]], second: dict[Audience, tuple[str, ...]]
) -> None:
    assume(first != second)  # what is as it was is no new release
    with TemporaryDirectory() as folder:
        directory = initialise(Path(folder) / "var", BASE)
        sources = {each: a_source(f"of-{each}", each) for each in Audience}
        may_end(directory, *(source.name for source in sources.values()))
        releases = []
        for rows in (first, second):
            for audience, source in sources.items():
                load(directory, source, *rows[audience])
            releases.append(publish(directory).release)
        parent, release = releases
        for audience in Audience:
            before, after = stated(parent, audience), stated(release, audience)
            added, removed = (told(release, audience, each) for each in (ADDED, REMOVED))
            # What staff still read is hidden from others, who are not told that it went.
            hidden = set()
            if audience is not Audience.INTERNAL:
                hidden = set(untold_path(release, audience).read_bytes().splitlines(keepends=True))
            assert removed | hidden <= before
            assert not removed & hidden
            assert not added & before
            assert (before - removed - hidden) | added == after
        public, internal = (stated(release, each) for each in (Audience.PUBLIC, Audience.INTERNAL))
        assert public < internal
