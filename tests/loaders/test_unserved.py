"""A publisher that is killed between making a release and serving it, or right after."""

from pathlib import Path

import pytest

from loaders import publish as publishing
from loaders.audience import Audience
from loaders.directory import DataDirectory, initialise
from loaders.doctor.examination import examine
from loaders.doctor.findings import Severity
from loaders.identity import Minter
from loaders.ledger import Ledger, read_ledger
from loaders.open_release import begin
from loaders.publish import publish
from loaders.release import UNSERVED, all_releases, is_unserved
from loaders.rollback import roll_back
from loaders.staging import staged_load
from tests.loaders.publishing import BASE, a_source, assert_sound, current, load, names

FIRST, WRONG, RIGHT = "GB-CHC-100001,Alder", "GB-CHC-100002,Birch", "GB-CHC-100003,Cedar"
WRONG_IRI = f"{BASE}id/organisation/GB-CHC-100002"


@pytest.fixture
def directory(tmp_path: Path) -> DataDirectory:
    return initialise(tmp_path / "var")


def killed(*_: object) -> None:
    raise KeyboardInterrupt


def publish_and_be_killed_at(step: str, directory: DataDirectory, withdraw: str = "") -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing, step, killed)
        with pytest.raises(KeyboardInterrupt):
            publish(directory, withdraw=[withdraw] if withdraw else [])


def ledgers(directory: DataDirectory) -> list[Ledger]:
    graph = Minter(BASE).graph("provenance")
    made = current(directory)
    return [read_ledger(made.ledger_path(each), BASE, graph) for each in Audience]


def test_what_was_never_served_was_never_published(directory: DataDirectory) -> None:
    load(directory, a_source(), FIRST)
    publish(directory)
    load(directory, a_source(), FIRST, WRONG)
    publish_and_be_killed_at("switch_to", directory)
    assert names(current(directory)) == {"Alder"}
    unserved = all_releases(directory)[0]
    assert unserved.id != current(directory).id
    found = [each for each in examine(directory.path) if each.severity is not Severity.FINE]
    assert (f"releases/{unserved.id}", "A publish that was killed made this release") in [
        (each.place, each.sentence[:43]) for each in found
    ]

    load(directory, a_source(), FIRST, RIGHT)
    release = publish(directory).release
    assert_sound(release)
    assert names(release) == {"Alder", "Cedar"}
    assert not unserved.path.exists()
    for ledger in ledgers(directory):
        assert WRONG_IRI not in ledger.issued
        assert not ledger.withdrawn


def test_a_first_release_that_was_never_served_stands_in_nobodys_way(
    directory: DataDirectory,
) -> None:
    load(directory, a_source(), WRONG)
    publish_and_be_killed_at("switch_to", directory)
    load(directory, a_source(), RIGHT)
    assert names(publish(directory).release) == {"Cedar"}
    assert len(all_releases(directory)) == 1


def test_a_release_that_was_not_served_can_be(directory: DataDirectory) -> None:
    load(directory, a_source(), FIRST)
    publish(directory)
    load(directory, a_source(), FIRST, WRONG)
    publish_and_be_killed_at("switch_to", directory)
    roll_back(directory, all_releases(directory)[0].id)
    assert names(current(directory)) == {"Alder", "Birch"}
    assert not is_unserved(current(directory).path)


def test_what_was_served_for_a_moment_stays_known(directory: DataDirectory) -> None:
    load(directory, a_source(), FIRST)
    first = publish(directory).release
    load(directory, a_source(), FIRST, WRONG)
    second = publish(directory).release
    (second.path / UNSERVED).touch()  # killed before it was noted that it is served
    roll_back(directory, first.id)
    load(directory, a_source(), FIRST, RIGHT)
    publish(directory)
    assert second.path.exists()
    for ledger in ledgers(directory):
        assert WRONG_IRI in ledger.withdrawn


def test_nothing_that_is_served_has_the_mark(tmp_path: Path, directory: DataDirectory) -> None:
    load(directory, a_source(), FIRST)
    served = [publish(directory).release, begin(initialise(tmp_path / "open", is_open=True))]
    assert not any(is_unserved(each.path) for each in served)


def test_a_withdrawal_that_fails_keeps_what_is_staged(directory: DataDirectory) -> None:
    load(directory, a_source(), FIRST)
    load(directory, a_source("other"), WRONG)
    publish(directory)
    publish_and_be_killed_at("switch_to", directory, withdraw="other")
    assert staged_load(directory, "other")
    assert not publish(directory).is_new
    assert names(current(directory)) == {"Alder", "Birch"}


def test_a_withdrawal_that_was_served_is_not_undone_by_what_was_left_staged(
    directory: DataDirectory,
) -> None:
    load(directory, a_source(), FIRST)
    load(directory, a_source("other"), WRONG)
    publish(directory)
    publish_and_be_killed_at("_unstage", directory, withdraw="other")
    assert names(current(directory)) == {"Alder"}
    assert staged_load(directory, "other")
    publish(directory)
    assert names(current(directory)) == {"Alder"}
    assert staged_load(directory, "other") is None


def test_what_is_loaded_after_a_withdrawal_is_published(directory: DataDirectory) -> None:
    load(directory, a_source(), FIRST)
    load(directory, a_source("other"), WRONG)
    publish(directory)
    publish_and_be_killed_at("_unstage", directory, withdraw="other")
    load(directory, a_source("other"), WRONG)
    publish(directory)
    assert names(current(directory)) == {"Alder", "Birch"}
