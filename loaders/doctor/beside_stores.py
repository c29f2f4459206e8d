"""What stands beside the stores of a release: its search indexes, and what it changed."""

import json
import struct
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from loaders.audience import Audience
from loaders.doctor.contents import mend
from loaders.doctor.examined import Examined
from loaders.doctor.findings import Finding, fault
from loaders.history import ADDED, FILES, REMOVED, SUMMARY
from loaders.release import Release
from loaders.search_index import MAKER_FILE, index_path
from loaders.search_segments import LINES, META, name_of, segments_of
from queries.search_fields import FORMAT_FILE

_PARTS = (".fast", ".fieldnorm", ".idx", ".pos", ".store", ".term")
_END = struct.Struct("<II")  # the length of the footer before it, and a number that is always so
_MAGIC = 1337


def check_indexes(examined: Examined) -> Iterator[Finding]:
    """The search index of each audience: all its files are there and, if deep, undamaged."""
    for release in examined.releases:
        if not release.manifest.open:
            with examined.reading(release):
                found = list(_of_indexes(examined, release))
            yield from found


def _of_indexes(examined: Examined, release: Release) -> Iterator[Finding]:
    for audience in Audience:
        folder = index_path(release, audience)
        try:
            names = [name_of(each) for each in segments_of(folder)]
        except (OSError, ValueError, KeyError, TypeError):
            yield fault(
                examined.place(folder / META),
                "The list of the search index's files is missing or damaged, so that nothing can "
                f"be searched for. {mend(examined, release)}",
            )
            continue
        sound: dict[Path, Callable[[Path], bool]] = {
            **dict.fromkeys((folder / FORMAT_FILE, folder / MAKER_FILE), _says_something),
            **dict.fromkeys(
                (folder / f"{name}{part}" for name in names for part in _PARTS), _is_as_written
            ),
            **dict.fromkeys((folder / f"{name}{LINES}" for name in names), _is_whole),
        }
        for path, is_sound in sound.items():
            if not path.is_file():
                yield _missing(examined, release, path)
            elif examined.deep and not is_sound(path):
                yield _damaged(examined, release, path)


def _says_something(path: Path) -> bool:
    return path.stat().st_size > 0


def _is_as_written(path: Path) -> bool:
    """Whether a file of the engine's has the CRC-32 that it states in its footer.

    The footer is JSON, behind the content and before its own length and a constant.
    """
    content = path.read_bytes()
    try:
        length, magic = _END.unpack(content[-_END.size :])
        end = len(content) - _END.size
        footer = json.loads(content[end - length : end])
        return magic == _MAGIC and bool(footer["crc"] == zlib.crc32(content[: end - length]))
    except (struct.error, ValueError, KeyError, TypeError):
        return False


def _is_whole(path: Path) -> bool:
    try:
        return bool(zlib.decompress(path.read_bytes()))  # it checks a sum of its own
    except zlib.error:
        return False


def check_history(examined: Examined) -> Iterator[Finding]:
    """What a release changed: all files or none and, if deep, as many lines as it says."""
    for release in examined.releases:
        with examined.reading(release):
            found = list(_of_history(examined, release))
        yield from found


def _of_history(examined: Examined, release: Release) -> Iterator[Finding]:
    for audience in Audience:
        folder = release.path / audience
        missing = [folder / name for name in FILES if not (folder / name).is_file()]
        if len(missing) == len(FILES):  # the first release, or one by other rules
            continue
        yield from (_missing(examined, release, path) for path in missing)
        if examined.deep and not missing:
            yield from _of_lines(examined, release, folder)


def _of_lines(examined: Examined, release: Release, folder: Path) -> Iterator[Finding]:
    try:
        stated = json.loads((folder / SUMMARY).read_bytes())["statements"]
        counts = {ADDED: stated["added"], REMOVED: stated["removed"]}
    except (ValueError, KeyError, TypeError):
        yield _damaged(examined, release, folder / SUMMARY)
        return
    for name, count in counts.items():
        with (folder / name).open("rb") as lines:
            if sum(line.endswith(b" .\n") for line in lines) != count:
                yield _damaged(examined, release, folder / name)


def _missing(examined: Examined, release: Release, path: Path) -> Finding:
    told = f"The file is missing. {mend(examined, release)}"
    return fault(examined.place(path), told)


def _damaged(examined: Examined, release: Release, path: Path) -> Finding:
    told = f"The file is not what was published: it is damaged. {mend(examined, release)}"
    return fault(examined.place(path), told)
