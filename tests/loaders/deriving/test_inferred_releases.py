"""The graph `inferred` from release to release: as a directory has it that begins with the last."""

from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from loaders.audience import Audience
from loaders.deriving import inferred, rederiving
from loaders.directory import initialise
from loaders.identity import Minter
from loaders.publish import publish
from loaders.release import Release
from ontology.vocab import DCT
from tests.loaders.publishing import a_source, assert_sound, current, load, store_of

FIRST = ["GB-LAE-AAA,A,2020-01-01,GB-LAE-BBB", "GB-LAE-BBB,B", "GB-LAE-CCC,C"]
SECOND = ["GB-LAE-AAA,A", "GB-LAE-BBB,B", "GB-LAE-CCC,C,2021-01-01,GB-LAE-BBB"]


def files(release: Release) -> dict[Audience, bytes]:
    return {each: release.quads_path(each, "inferred").read_bytes() for each in Audience}


def test_a_publish_after_a_small_change_concludes_what_a_first_publish_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rederiving, "SHARE", 1.0)
    directory = initialise(tmp_path / "one")
    load(directory, a_source(), *FIRST)
    load(directory, a_source("hidden", Audience.PARTNER), "GB-LAE-DDD,D,2020-01-01,GB-LAE-BBB")
    publish(directory)
    first = files(current(directory))
    with monkeypatch.context() as patched:
        patched.setattr(inferred, "derived_anew", lambda *_: pytest.fail("it began anew"))
        load(directory, a_source(), *SECOND)
        publish(directory)
    fresh = initialise(tmp_path / "two")
    load(fresh, a_source(), *SECOND)
    load(fresh, a_source("hidden", Audience.PARTNER), "GB-LAE-DDD,D,2020-01-01,GB-LAE-BBB")
    publish(fresh)
    assert first != files(current(directory)) == files(current(fresh))
    assert_sound(current(directory))
    mint = Minter(directory.base)
    bodies = {each: NamedNode(mint.thing("organisation", f"GB-LAE-{each * 3}")) for each in "BCD"}
    for audience, replaced in ((Audience.PUBLIC, "C"), (Audience.PARTNER, "CD")):
        found = store_of(current(directory), audience).quads_for_pattern(
            bodies["B"], NamedNode(DCT.replaces), None, NamedNode(mint.graph("inferred"))
        )
        assert {each.object for each in found} == {bodies[each] for each in replaced}
