"""Releases: which is current, how long it lives, and who may remove it."""

import fcntl
import gc
import json
import threading
import weakref
from pathlib import Path

import pytest

from service.errors import Problem
from service.store import PerRelease, ReleaseError, Releases
from tests.service.conftest import BASE, city, publish

SECOND = "20250203T040506Z-00000002"


def test_a_release_is_opened_with_what_its_manifest_says(data: Path) -> None:
    release = Releases(data).current()
    assert (release.id, release.base, release.audience) == (
        "20250102T030405Z-00000001",
        BASE,
        "public",
    )
    assert len(release.store) > 0
    assert release.graph("links") == f"{BASE}graph/links"


def test_an_unchanged_link_gives_the_same_release(data: Path) -> None:
    releases = Releases(data)
    assert releases.current() is releases.current()


def test_a_switched_link_is_visible_to_the_next_request(data: Path) -> None:
    releases = Releases(data)
    first = releases.current()
    publish(data, SECOND, city()[:3])
    assert releases.current().id == SECOND
    assert len(first.store) > 6  # whoever still holds it can still read it


def test_an_earlier_release_is_let_go_when_nobody_holds_it(data: Path) -> None:
    releases = Releases(data)
    first = weakref.ref(releases.current())
    publish(data, SECOND, city())
    releases.current()
    gc.collect()
    assert first() is None


def test_the_manifest_is_locked_while_the_release_is_held(data: Path) -> None:
    releases = Releases(data)
    release = releases.current()
    with (release.path / "manifest.json").open() as manifest:
        with pytest.raises(BlockingIOError):
            fcntl.flock(manifest, fcntl.LOCK_EX | fcntl.LOCK_NB)
        fcntl.flock(manifest, fcntl.LOCK_SH | fcntl.LOCK_NB)
        fcntl.flock(manifest, fcntl.LOCK_UN)
        del release, releases
        gc.collect()
        fcntl.flock(manifest, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_before_the_first_release_there_is_nothing_to_serve(tmp_path: Path) -> None:
    with pytest.raises(Problem) as refused:
        Releases(tmp_path).current()
    assert refused.value.status == 503
    assert refused.value.headers["Retry-After"]


@pytest.mark.parametrize("fault", ["manifest", "json", "key", "store"])
def test_a_release_that_cannot_be_opened_is_named(data: Path, fault: str) -> None:
    release = publish(data, SECOND, [])
    manifest = release / "manifest.json"
    if fault == "manifest":
        manifest.unlink()
    elif fault == "json":
        manifest.write_text("{")
    elif fault == "key":
        manifest.write_text(json.dumps({"id": SECOND}))
    else:
        (release / "public" / "store").rename(release / "public" / "elsewhere")
    with pytest.raises(ReleaseError, match=SECOND):
        Releases(data).current()


def test_many_threads_open_a_release_once(data: Path) -> None:
    releases = Releases(data)
    found = []
    threads = [threading.Thread(target=lambda: found.append(releases.current())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(map(id, found))) == 1


def test_what_is_worked_out_from_a_release_is_worked_out_once(data: Path) -> None:
    releases = Releases(data)
    made: list[str] = []
    sizes = PerRelease(lambda release: made.append(release.id) or len(release.store))  # type: ignore[func-returns-value]
    assert sizes(releases.current()) == sizes(releases.current())
    publish(data, SECOND, [])
    assert sizes(releases.current()) == 0
    assert made == ["20250102T030405Z-00000001", SECOND]
