"""The link to the release that is served, and the manifests of those that are kept."""

from collections.abc import Iterator

from loaders.check import shapes_digest
from loaders.doctor.examined import Examined
from loaders.doctor.findings import Finding, fault, fine, warning
from loaders.errors import ReleaseError
from loaders.release import Release, find_release
from loaders.rollback import outdated
from loaders.vocabulary import vocabulary_loads


def check_link(examined: Examined) -> Iterator[Finding]:
    """The link `current`: there, relative, and leading to a release that is kept."""
    link = examined.directory.current
    newest = examined.release_names[0] if examined.release_names else None
    mend = f"Run “gmkg rollback {newest}”." if newest else "Restore the release from a backup."
    if not link.is_symlink():
        if link.exists():
            yield fault("current", f"This is to be a link and is none. Remove it. {mend}")
        elif newest:
            yield fault("current", f"There are releases and none is served. {mend}")
        else:
            yield warning("", "There is no release yet. Run “gmkg load --all” and “gmkg publish”.")
        return
    target = link.readlink()
    if target.is_absolute() or target.parts[:-1] != ("releases",):
        yield fault(
            "current",
            f"The link leads to {target} and is to lead to “releases/” and a name, so that the "
            f"directory can be moved. {mend}",
        )
    elif target.name not in examined.release_names:
        yield fault("current", f"The link leads to {target}, which is not there. {mend}")
    else:
        yield fine("current", f"{target.name} is served.")


def check_manifests(examined: Examined) -> Iterator[Finding]:
    """The manifest of each release that is kept: readable, its own, and of this directory."""
    for name in examined.release_names:
        place = f"releases/{name}/manifest.json"
        try:
            release = find_release(examined.directory, name)
        except ReleaseError:
            yield fault(
                place,
                "The manifest is missing or damaged. Restore the release from a backup, or remove "
                "its folder.",
            )
            continue
        yield from _of_manifest(examined, release, place)


def _of_manifest(examined: Examined, release: Release, place: str) -> Iterator[Finding]:
    manifest, directory = release.manifest, examined.directory
    if manifest.id != release.path.name:
        yield fault(
            place,
            f"It is the manifest of {manifest.id}. Restore the release from a backup, or remove "
            "its folder.",
        )
    if manifest.base != directory.base:
        yield fault(
            place,
            f"The release was made for the base {manifest.base}, and the directory is for "
            f"{directory.base}. Remove the folder of the release: it is of another directory.",
        )
    if manifest.open != directory.is_open:
        kind = "an open directory" if manifest.open else "a directory with checks"
        yield fault(place, f"The release is of {kind}, and this is none. Remove its folder.")
    if manifest.parent and manifest.parent not in examined.release_names:
        yield fine(place, f"Its parent {manifest.parent} is kept no longer.")


def check_rules(examined: Examined) -> Iterator[Finding]:
    """Whether the release that is served was made by today's rules."""
    release = examined.current
    if release is None or release.manifest.open:
        return
    place = examined.place(release.path)
    if others := outdated(release):
        yield warning(
            place,
            f"It was not made by today's {' and '.join(others)}, so it may show the public what is "
            "kept from it now. Run “gmkg publish”.",
        )
    if release.manifest.versions.get("shapes") != shapes_digest():
        yield warning(
            place,
            "Its data were held against other shapes than today's. Run “gmkg check”, and then "
            "“gmkg publish”.",
        )
    own = [load for load, _ in vocabulary_loads(examined.directory)]
    if not all(release.holds(load) for load in own):
        yield warning(
            place,
            "It holds another version of the ontology than the one of this software. Run “gmkg "
            "publish”.",
        )
