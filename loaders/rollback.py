"""Going back to an earlier release, and whether one was made by today's rules."""

from loaders.allow_lists import allow_lists_digest
from loaders.directory import DataDirectory
from loaders.errors import ReleaseError
from loaders.leaks import SCAN
from loaders.release import Release, find_release, switch_to


def outdated(release: Release) -> list[str]:
    """The rules that keep things from the public which a release was not made by, as of today.

    In a release of an open directory everything is public, by no rule.
    """
    if release.manifest.open:
        return []
    rules = {
        "allow-lists": ("allow-lists", allow_lists_digest()),
        "leak-scan": ("rules of the last look for what is of persons", SCAN),
    }
    versions = release.manifest.versions
    return [told for key, (told, now) in rules.items() if versions.get(key) != now]


def roll_back(directory: DataDirectory, name: str, *, force: bool = False) -> Release:
    """Serve an earlier release from now on.

    Raises:
        ReleaseError: there is no such release; or, unless `force`, what it shows the public was
            decided by other rules than those of today.
    """
    with directory.lock():
        release = find_release(directory, name)
        if not force and (others := outdated(release)):
            raise ReleaseError(
                f"{name} was not made by today's {' and '.join(others)}, so it may show the public "
                "what is kept from it now. “gmkg publish” makes a release by today's rules; "
                "--force serves this one nevertheless."
            )
        switch_to(directory, release)
    return release
