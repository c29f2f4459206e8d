"""What is staged, what it was made from, and how it stands to what is published."""

from collections.abc import Iterator

from loaders.doctor.examined import Examined
from loaders.doctor.findings import Finding, fault, fine, warning
from loaders.errors import DeclarationError, DirectoryError
from loaders.publish import EDITS
from loaders.source import declared_sources
from loaders.staging import StagedLoad, staged_load
from loaders.vocabulary import OWN


def check_staged(examined: Examined) -> Iterator[Finding]:
    """Each staged load: readable, with its files, and these are what the load made."""
    directory = examined.directory
    sound = 0
    for path in sorted(directory.staged.glob("*.json")):
        try:
            load = staged_load(directory, path.stem)
        except DirectoryError:
            load = None
        if load is None or load.source != path.stem:
            yield fault(
                examined.place(path),
                f"It does not tell of a load of {path.stem}. Load the source again.",
            )
            continue
        found = list(_of_load(examined, load))
        yield from found
        sound += not found
    if sound:
        yield fine("staged", f"{_counted(sound, 'load')} lie here as they were made.")


def _of_load(examined: Examined, load: StagedLoad) -> Iterator[Finding]:
    staged = examined.directory.staged
    again = (
        "Run “gmkg publish”, which stages it anew."
        if load.source in OWN
        else f"Load the source {load.source} again."
    )
    quads = staged / load.quads_name
    if not quads.is_file():
        yield fault(examined.place(quads), f"The quads of the load are missing. {again}")
    elif examined.digest(quads) != load.sha256:
        yield fault(examined.place(quads), f"The file is not what was loaded. {again}")
    issues = staged / load.issues_name
    if not issues.is_file():
        yield fault(examined.place(issues), f"The issues of the load are missing. {again}")


def check_snapshots(examined: Examined) -> Iterator[Finding]:
    """The files that staged loads were made from: kept and, if deep, as they arrived."""
    seen = set()
    for load in examined.staged:
        for file in load.files:
            sha256 = str(file.get("sha256", ""))
            if not sha256 or sha256 in seen:
                continue
            seen.add(sha256)
            path = examined.directory.snapshots / sha256
            if not path.is_file():
                yield warning(
                    examined.place(path),
                    f"The file {file.get('name')} of the source {load.source} is kept no longer, "
                    "so nobody can look up what was loaded. Restore it from a backup, or load the "
                    "source again.",
                )
            elif examined.deep and examined.digest(path) != sha256:
                yield fault(
                    examined.place(path),
                    f"The file {file.get('name')} of the source {load.source} is not what arrived. "
                    "Restore it from a backup.",
                )


def check_waiting(examined: Examined) -> Iterator[Finding]:
    """What is staged and not published, and what is published and no longer staged."""
    current = examined.current
    if current is None and not examined.release_names:
        return
    if examined.directory.is_open:
        for load in examined.staged:
            yield warning("staged", f"The source {load.source} waits. Run “gmkg publish”.")
        return
    if current is None:
        return
    for load in examined.staged:
        if load.source not in OWN and not current.holds(load):
            is_known = load.source in current.manifest.sources
            yield warning(
                f"staged/{load.source}.json",
                f"The source {load.source} was loaded on {load.ended[:10]} and is "
                f"{'published as it was before' if is_known else 'not published'}. Run “gmkg "
                "check”, and then “gmkg publish”.",
            )
    staged = {load.source for load in examined.staged}
    for source in sorted(current.manifest.sources.keys() - staged - {EDITS} - OWN):
        yield fault(
            "staged",
            f"The source {source} is published and no longer staged, so nothing can be published. "
            f"Load it again, or run “gmkg publish --withdraw {source}”.",
        )


def check_declarations(examined: Examined) -> Iterator[Finding]:
    """The declarations of the directory's own sources."""
    refused: dict[str, DeclarationError] = {}
    declared_sources(examined.directory.sources, refused=refused)
    for name, error in refused.items():
        yield fault(f"sources/{name}/source.toml", f"{error} Mend it, or remove the folder.")
    folder = examined.directory.sources
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and not (path / "source.toml").is_file():
            yield warning(
                f"sources/{path.name}",
                "It declares nothing, for it has no source.toml. Write one, or remove the folder.",
            )


def _counted(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"
