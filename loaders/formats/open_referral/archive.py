"""A zip archive of a publisher's tables, opened with care (APPNOTE.TXT of PKWARE, version 6.3).

No member is written where its name says: each is copied to a file of a name of our own, and counted
on the way, since what an archive states of its sizes may be a lie.
"""

import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from loaders.errors import StructureError
from loaders.formats.reading.content import Content

_MOST_MEMBERS = 1000
_MOST_BYTES = 4 << 30
_MOST_RATIO = 200  # tables in CSV become a tenth to a thirtieth of their size
_SMALL = 64 << 20  # what may grow as it will: it harms nobody
_MOST_DESCRIPTION = 8 << 20
_CHUNK = 1 << 16
_ENCRYPTED = 0x1
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError),
    OSError,
)
_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")


class Archive:
    """The members of an archive that are files of the publisher, by their paths within it."""

    def __init__(self, file: str, opened: zipfile.ZipFile) -> None:
        self.members = {each.filename: each for each in opened.infolist() if _is_of_use(each)}
        self._file = file
        self._opened = opened
        self._copied = 0
        self._check()

    def copy(self, member: str, place: Path) -> None:
        """Copy a member to a place.

        Raises:
            StructureError: it is damaged, or the archive is larger than its tables can be.
        """
        try:
            with self._opened.open(self.members[member]) as source, place.open("wb") as target:
                while chunk := source.read(_CHUNK):
                    self._copied += len(chunk)
                    if self._copied > _MOST_BYTES:
                        raise self._too_large()
                    target.write(chunk)
        except _DAMAGE as error:
            reason = str(error) or type(error).__name__
            raise StructureError(self._file, f"{member} cannot be unpacked ({reason}).") from None

    def text(self, member: str) -> bytes:
        """The bytes of a small member.

        Raises:
            StructureError: it is damaged, or too large for what it is.
        """
        try:
            with self._opened.open(self.members[member]) as source:
                found = source.read(_MOST_DESCRIPTION + 1)
        except _DAMAGE as error:
            reason = str(error) or type(error).__name__
            raise StructureError(self._file, f"{member} cannot be unpacked ({reason}).") from None
        if len(found) > _MOST_DESCRIPTION:
            raise StructureError(self._file, f"{member} is larger than 8 MB, too large to be read.")
        return found

    def _check(self) -> None:
        if len(self.members) > _MOST_MEMBERS:
            raise StructureError(self._file, f"the archive holds more than {_MOST_MEMBERS} files.")
        for name, each in self.members.items():
            if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/"):
                raise StructureError(
                    self._file,
                    f"the archive holds a file named “{name}”, which would be unpacked outside "
                    "its folder; it is not opened.",
                )
            if each.flag_bits & _ENCRYPTED:
                raise StructureError(
                    self._file, f"{name} is encrypted: make the archive without a password."
                )
        stated = sum(each.file_size for each in self.members.values())
        packed = sum(each.compress_size for each in self.members.values())
        if stated > _MOST_BYTES or (stated > _SMALL and stated > _MOST_RATIO * packed):
            raise self._too_large()

    def _too_large(self) -> StructureError:
        return StructureError(
            self._file,
            "the archive is small and would become very large when it is unpacked, as no tables "
            "do; it is not opened.",
        )


@contextmanager
def opened(content: Content) -> Iterator[Archive]:
    """An archive, as long as it is open.

    Raises:
        StructureError: it is no zip archive, is damaged or encrypted, or has members that it must
            not have.
    """
    with content.open() as file:
        if not file.read(4).startswith(_BEGINNINGS):
            raise StructureError(
                content.name,
                "this is no zip archive: put the tables, as CSV, and datapackage.json into one.",
            )
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
            raise StructureError(
                content.name, f"is not a sound zip archive ({error}); make it anew."
            ) from None
        with archive:
            yield Archive(content.name, archive)


def _is_of_use(member: zipfile.ZipInfo) -> bool:
    """Whether a member is a file, and none that a system or a program puts in unasked."""
    steps = PurePosixPath(member.filename).parts
    return not member.is_dir() and not any(
        step == "__MACOSX" or (step.startswith(".") and step != "..") for step in steps
    )
