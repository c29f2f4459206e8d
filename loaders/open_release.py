"""The releases of an open data directory: one public store, made of the parent's by one change.

Nothing is counted, checked or projected, so a release costs what its change costs, and the hard
links that give it the files of its parent.
"""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime

from pyoxigraph import RdfFormat, Store, parse

from loaders.audience import Audience
from loaders.directory import DataDirectory, sync_folder, write_durably
from loaders.release import (
    KEEP,
    UNFINISHED,
    UNSERVED,
    Manifest,
    Release,
    collect,
    current_release,
    next_name,
    refuse_lost_link,
    sweep,
    switch_to,
    user,
    versions,
)
from loaders.space import refuse_full_disk
from loaders.staging import staged_loads, unstage, verify
from loaders.store_closing import act_on_store

Change = Callable[[Store], bool]
"""Changes a store, and tells whether anything changed. It keeps no hold of the store."""


def make_open_release(
    directory: DataDirectory,
    parent: Release | None,
    change: Change,
    *,
    publisher: str | None = None,
    noted: Callable[[str], None] | None = None,
    keep: int = KEEP,
) -> Release | None:
    """Make a release of the parent's store and a change, and serve it; None if nothing changed.

    `noted` is told the id of the release when it is whole, right before it gets its name. The
    caller holds the writers' lock. Whatever goes wrong leaves nothing behind.
    """
    at = datetime.now(UTC)
    name = next_name(directory, at)
    building = directory.releases / f"{UNFINISHED}{name}"
    manifest = Manifest(
        id=name,
        parent=parent.id if parent else None,
        base=directory.base,
        published=f"{at:%Y-%m-%dT%H:%M:%SZ}",
        publisher=publisher or user(),
        versions=dict(versions()),
        counts={Audience.PUBLIC: {}},
        open=True,
    )
    try:
        if not _changed(Release(building, manifest), parent, change):
            shutil.rmtree(building)
            return None
        (building / UNSERVED).touch()
        write_durably(building / "manifest.json", [manifest.encoded()])
        if noted:
            noted(name)
        building.rename(directory.releases / name)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    sync_folder(directory.releases)
    release = Release(directory.releases / name, manifest)
    switch_to(directory, release)
    collect(directory, keep)
    return release


def _changed(release: Release, parent: Release | None, change: Change) -> bool:
    """Make the store; whether anything changed."""
    path = release.store_path(Audience.PUBLIC)
    path.parent.mkdir(parents=True)
    if parent is not None:
        Store.read_only(str(parent.store_path(Audience.PUBLIC))).backup(str(path))

    def changed(store: Store) -> bool:
        if not change(store):
            return False
        store.flush()
        return True

    if not act_on_store(path, changed):
        return False
    sync_folder(path.parent)
    return True


def begin(directory: DataDirectory) -> Release:
    """The current release of an open directory, or an empty first one."""
    with directory.lock():
        sweep(directory)
        parent = current_release(directory)
        if parent is None:
            refuse_lost_link(directory)
            parent = make_open_release(directory, None, lambda _: True)
    assert parent is not None
    return parent


def publish_openly(
    directory: DataDirectory, keep: int = KEEP, *, is_room_checked: bool = True
) -> tuple[Release, bool]:
    """Add what is staged to the store, and take it off the staging folder.

    The release that is served now is returned, and whether it is a new one. What is staged keeps
    its blank nodes' labels, so to add it a second time, after a crash, adds nothing.

    Raises:
        DirectoryError: a staged file is not what was staged.
        SpaceError: the release would likely fill the disk, and `is_room_checked`.
    """
    with directory.lock():
        sweep(directory)
        parent = current_release(directory)
        if parent is None:
            refuse_lost_link(directory)
        loads = staged_loads(directory)
        if is_room_checked:
            files = [(load, directory.staged / load.quads_name) for load in loads]
            refuse_full_disk(directory, parent, files)
        for load in loads:
            verify(directory, load)

        def add(store: Store) -> bool:
            for load in loads:
                path = directory.staged / load.quads_name
                store.bulk_extend(parse(path=path, format=RdfFormat.N_QUADS))
            return parent is None or bool(loads)

        made = make_open_release(directory, parent, add, keep=keep)
        for load in loads:
            unstage(directory, load.source)
        if made is None:
            collect(directory, keep)
            assert parent is not None
            return parent, False
    return made, True
