"""Releases: which is current, how long it lives, and who may remove it."""

import fcntl
import gc
import json
import threading
import weakref
from pathlib import Path

import pytest

from service.errors import Problem
from service.store import PerRelease, ReleaseError, Releases, open_current
from tests.service.conftest import BASE, city, publish
from tests.service.conftest_audiences import publish_for_all, views

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


def test_an_audience_that_is_seldom_asked_for_keeps_no_earlier_release(tmp_path: Path) -> None:
    publish_for_all(tmp_path, "20250102T030405Z-00000001", views())
    releases = Releases(tmp_path)
    first = [weakref.ref(releases.current(each)) for each in ("partner", "public")]
    assert [each() is not None and each().audience for each in first] == ["partner", "public"]  # type: ignore[union-attr]
    publish_for_all(tmp_path, SECOND, views())
    assert releases.current().id == SECOND
    gc.collect()
    assert [each() for each in first] == [None, None]
    assert releases.current("partner").id == SECOND


def test_an_audience_whose_store_is_broken_is_served_on_and_holds_up_no_other(
    tmp_path: Path,
) -> None:
    publish_for_all(tmp_path, "20250102T030405Z-00000001", views())
    releases = Releases(tmp_path)
    earlier = releases.current("partner")
    releases.current()
    broken = publish_for_all(tmp_path, SECOND, views()) / "partner" / "store"
    broken.rename(broken.with_name("elsewhere"))
    assert releases.current().id == SECOND
    assert releases.current("partner") is earlier
    assert releases.current().id == SECOND
    with pytest.raises(Problem):
        Releases(tmp_path).current("partner")


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


@pytest.mark.parametrize("fault", ["manifest", "json", "list", "key", "store"])
def test_a_release_that_cannot_be_opened_is_named_and_nothing_stays_open(
    data: Path, fault: str
) -> None:
    release = publish(data, SECOND, [])
    manifest = release / "manifest.json"
    if fault == "manifest":
        manifest.unlink()
    elif fault == "json":
        manifest.write_text("{")
    elif fault == "list":
        manifest.write_text("[]")
    elif fault == "key":
        manifest.write_text(json.dumps({"id": SECOND}))
    else:
        (release / "public" / "store").rename(release / "public" / "elsewhere")
    gc.collect()
    before = open_descriptors()
    with pytest.raises(ReleaseError, match=SECOND):
        open_current(data)
    assert open_descriptors() == before


def open_descriptors() -> int:
    return len(list(Path("/dev/fd").iterdir()))


@pytest.mark.parametrize("fault", ["release", "link", "no link"])
def test_where_the_link_is_broken_the_release_before_is_served_on_and_it_is_logged_once(
    data: Path, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    releases = Releases(data)
    first = releases.current()
    link = data / "current"
    link.unlink()
    if fault == "release":
        link.symlink_to("releases/nothing")
    elif fault == "no link":
        link.mkdir()
    assert [releases.current() for _ in range(5)] == [first] * 5
    (told,) = caplog.messages
    assert f"{first.id} is served on." in told
    if fault == "no link":
        link.rmdir()
    publish(data, SECOND, city())
    assert releases.current().id == SECOND


def test_a_release_that_was_mended_is_served(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.store.RETRY_SECONDS", 0.0)
    releases = Releases(data)
    releases.current()
    manifest = publish(data, SECOND, city()) / "manifest.json"
    manifest.rename(manifest.with_suffix(".away"))
    assert releases.current().id != SECOND
    manifest.with_suffix(".away").rename(manifest)
    assert releases.current().id == SECOND


def test_where_there_was_none_before_a_broken_release_is_a_problem_logged_once(
    data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (publish(data, SECOND, []) / "manifest.json").unlink()
    releases = Releases(data)
    for _ in range(3):
        with pytest.raises(Problem) as refused:
            releases.current()
        assert refused.value.status == 503
        assert refused.value.headers["Retry-After"]
        assert str(data) not in refused.value.detail
    assert len(caplog.messages) == 1


def test_only_a_link_that_is_not_there_means_that_nothing_was_published(data: Path) -> None:
    (data / "current").unlink()
    (data / "current").mkdir()
    with pytest.raises(ReleaseError):
        open_current(data)


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
