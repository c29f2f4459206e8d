"""Where results are written: how much is taken, and what XML has no spelling for."""

import tempfile
from pathlib import Path
from threading import Event
from typing import IO

import pytest

from service.errors import Problem
from service.spool import IN_MEMORY, AbandonedError, Spool, XmlSpool

LIMIT = 3 * IN_MEMORY


def spooling(kind: type[Spool], parts: list[bytes], folder: Path) -> bytes:
    """What a spool makes of the parts."""

    def new_file() -> IO[bytes]:
        return tempfile.NamedTemporaryFile(dir=folder, delete=False)

    spool = kind(new_file, LIMIT, Event())
    try:
        for part in parts:
            assert spool.write(part) == len(part)
    except Problem:
        spool.discard()
        assert list(folder.iterdir()) == []
        raise
    answer = spool.finish()
    body = answer.body
    if answer.path is not None:
        body = answer.path.read_bytes()
        answer.path.unlink()
    assert body is not None
    assert answer.size == len(body)
    return body


def cuts(whole: bytes) -> list[list[bytes]]:
    """The bytes in two parts, cut anywhere, and byte by byte."""
    halves = [[whole[:at], whole[at:]] for at in range(len(whole) + 1)]
    return [*halves, [bytes([each]) for each in whole]]


FAULTS = [
    *(b"\x00", b"\x01", b"\x0b", b"\x1f", b"\xef\xbf\xbe", b"\xef\xbf\xbf"),
    *(b'<oxprefix: xmlns:oxprefix="urn:1">', b"<a:>", b"<longprefix:/>"),
]


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_not_well_formed_is_refused_wherever_its_parts_are_cut(
    fault: bytes, tmp_path: Path
) -> None:
    for parts in cuts(b"<p>x" + fault + b"</p>"):
        with pytest.raises(Problem) as refused:
            spooling(XmlSpool, parts, tmp_path)
        assert refused.value.status == 406
        assert spooling(Spool, parts, tmp_path) == b"".join(parts)


def test_what_is_well_formed_is_taken_wherever_its_parts_are_cut(tmp_path: Path) -> None:
    whole = '<a:b xmlns:a="urn:a">\t\n\x7f\x85é\ud7ff\ue000\ufffd\U0001ffff &lt;a:&gt; :</a:b>'
    for parts in cuts(whole.encode()):
        assert spooling(XmlSpool, parts, tmp_path) == whole.encode()


def test_a_carriage_return_is_spelled_out_in_xml_alone(tmp_path: Path) -> None:
    assert spooling(XmlSpool, [b"a\r", b"\nb"], tmp_path) == b"a&#xD;\nb"
    assert spooling(Spool, [b"a\r", b"\nb"], tmp_path) == b"a\r\nb"


@pytest.mark.parametrize("kind", [Spool, XmlSpool])
def test_a_large_result_is_the_same_from_its_file(kind: type[Spool], tmp_path: Path) -> None:
    parts = [b"x" * 1000, b"y" * IN_MEMORY, b"z" * 1000]
    assert spooling(kind, parts, tmp_path) == b"".join(parts)


@pytest.mark.parametrize(("kind", "part"), [(Spool, b"x"), (XmlSpool, b"x"), (XmlSpool, b"\r")])
def test_the_bound_is_that_of_what_is_kept(kind: type[Spool], part: bytes, tmp_path: Path) -> None:
    kept = 5 if part == b"\r" else 1
    fitting = LIMIT // kept
    assert len(spooling(kind, [part * fitting], tmp_path)) == fitting * kept
    with pytest.raises(Problem) as refused:
        spooling(kind, [part * fitting, part * kept], tmp_path)
    assert refused.value.status == 413


def test_nothing_is_written_and_no_file_made_once_nobody_waits() -> None:
    def new_file() -> IO[bytes]:
        raise AssertionError("a file was made")

    abandoned = Event()
    spool = Spool(new_file, LIMIT, abandoned)
    spool.write(b"x")
    abandoned.set()
    with pytest.raises(AbandonedError):
        spool.write(b"x" * IN_MEMORY)
