"""The content of one file of a source, and its bytes as text in whatever encoding they came."""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from loaders.errors import StructureError
from loaders.issues import Fault

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_ARCHIVE = b"PK\x03\x04"
_COMPRESSED = b"\x1f\x8b"
# Codecs in which every ASCII byte is the ASCII character, whatever stands around it.
_LIKE_ASCII = ("ascii", "cp125", "iso8859", "mac-")
_UTF_8 = "utf-8"
_WHOLE = (_UTF_8, "utf-16")  # others may give halves of a character, which nothing can write
_BEGINNING = 4
_CHUNK = 1 << 16
DECLARE = "if the file is written in another encoding, declare it, such as encoding = “cp1252”."
"""What to do about text that is not UTF-8."""


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it was fetched: opened as often as wanted, never held in memory.

    `name` is the publisher's, for people; `encoding` what the source declares, if it does.
    """

    name: str
    path: Path
    encoding: str | None = None

    def open(self) -> io.BufferedReader:
        """Its bytes."""
        return self.path.open("rb")


class Encoding(NamedTuple):
    """How a file's text is written: a codec, and how many bytes of a mark come before it."""

    codec: str
    mark: int = 0

    @property
    def remarks(self) -> Iterator[Fault]:
        """What is odd about it."""
        if self.codec.startswith("utf-16"):
            yield Fault("other-encoding", "The text is UTF-16; it is read like UTF-8.")
        elif self.mark:
            yield Fault("byte-order-mark", "The file begins with a byte order mark.")
        elif self.codec != _UTF_8:
            yield Fault("other-encoding", f"The text is read as {self.codec}, as declared.")


def encoding_of(content: Content) -> Encoding:
    """The encoding that a file's first bytes show, else the declared one, else UTF-8.

    A file of ASCII alone is UTF-8, whichever encoding that extends ASCII is declared.

    Raises:
        StructureError: the file is an archive or a workbook, or is compressed.
    """
    with content.open() as file:
        beginning = file.read(_BEGINNING)
        if beginning.startswith(_ARCHIVE):
            raise StructureError(
                content.name, "this is an Excel workbook or an archive: save it as CSV."
            )
        if beginning.startswith(_COMPRESSED):
            raise StructureError(content.name, "this is compressed: unpack it first.")
        if shown := shown_encoding(beginning):
            return shown
        declared = content.encoding or _UTF_8
        if declared.startswith(_LIKE_ASCII) and beginning.isascii() and _is_ascii(file):
            return Encoding(_UTF_8)
    return Encoding(declared)


def shown_encoding(beginning: bytes) -> Encoding | None:
    """The encoding that the first bytes of a text show, if they do.

    JSON and CSV begin with ASCII characters, so that every other byte of the first four is zero in
    UTF-16 without a mark (RFC 4627, section 3). One zero byte alone is a stray one.
    """
    if beginning.startswith(codecs.BOM_UTF8):
        return Encoding(_UTF_8, len(codecs.BOM_UTF8))
    if beginning.startswith(codecs.BOM_UTF16_LE):
        return Encoding("utf-16-le", len(codecs.BOM_UTF16_LE))
    if beginning.startswith(codecs.BOM_UTF16_BE):
        return Encoding("utf-16-be", len(codecs.BOM_UTF16_BE))
    zeros = [byte == 0 for byte in beginning[:4]]
    if len(zeros) > 1 and zeros == [False, True, False, True][: len(zeros)]:
        return Encoding("utf-16-le")
    if len(zeros) > 1 and zeros == [True, False, True, False][: len(zeros)]:
        return Encoding("utf-16-be")
    return None


def _is_ascii(file: io.BufferedReader) -> bool:
    """Whether the rest of a file is ASCII."""
    return all(chunk.isascii() for chunk in iter(lambda: file.read(_CHUNK), b""))


def text_lines(content: Content, encoding: Encoding) -> Iterator[str]:
    """The lines of a text, each with its end as it stands in the file; LF alone divides them.

    Raises:
        StructureError: while iterating: bytes that the encoding does not know.
    """
    with content.open() as file:
        file.seek(encoding.mark)
        wrapped = io.TextIOWrapper(file, encoding.codec, newline="\n")
        try:
            if encoding.codec.startswith(_WHOLE):
                yield from wrapped
            for line in wrapped:
                line.encode()
                yield line
        except UnicodeError:
            raise _undecodable(content, encoding) from None


def as_utf_8(content: Content, encoding: Encoding) -> io.BufferedReader:
    """The bytes of a text without its mark, written anew as UTF-8 where they are not.

    Raises:
        StructureError: while reading: bytes that another encoding does not know. Whether UTF-8 is
            well-formed is left to whoever reads it.
    """
    file = content.open()
    file.seek(encoding.mark)
    if encoding.codec == _UTF_8:
        return file
    return io.BufferedReader(_Recoded(file, content, encoding))


class _Recoded(io.RawIOBase):
    def __init__(self, file: io.BufferedReader, content: Content, encoding: Encoding) -> None:
        self._file = file
        self._content = content
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(encoding.codec)()
        self._waiting = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        while not self._waiting:
            chunk = self._file.read(_CHUNK)
            try:
                self._waiting = self._decoder.decode(chunk, final=not chunk).encode()
            except UnicodeError:
                raise _undecodable(self._content, self._encoding) from None
            if not chunk:
                break
        count = min(len(view), len(self._waiting))
        view[:count] = self._waiting[:count]
        self._waiting = self._waiting[count:]
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


def _undecodable(content: Content, encoding: Encoding) -> StructureError:
    if encoding.codec != _UTF_8:
        return StructureError(content.name, f"is not text in the encoding {encoding.codec}.")
    with content.open() as file:
        for number, line in enumerate(file, 1):
            try:
                line.decode(_UTF_8)
            except UnicodeDecodeError as error:
                return StructureError(
                    content.name,
                    f"line {number} is not UTF-8 text (byte {line[error.start]:#04x}); {DECLARE}",
                )
    return StructureError(content.name, "is not UTF-8 text.")
