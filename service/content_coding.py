"""Content codings: compressed answers for whoever takes them (RFC 9110 §8.4 and §12.5.3).

A coded answer has the tag of the uncoded one and a suffix: `"x"` becomes `"x.gzip"`. So whoever
compares tags takes the suffixes off first, and needs to know nothing else of codings.
"""

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import IO

import brotli

CODINGS = ("br", "gzip")  # as we would choose, were it for us
SMALLEST = 1 << 10  # shorter answers fit into a packet or two as they are
PART = 1 << 18
LONGEST_FIELD = 1_000  # characters; a field may have 400,000, and 256 are remembered
BROTLI_QUALITY = 4
GZIP_LEVEL = 5
GZIP_QUICKEST = 1  # for files, which may be long
AS_GZIP = 16 + zlib.MAX_WBITS

MEMBER = re.compile(r"\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*(?:;\s*[qQ]=([01](?:\.[0-9]{0,3})?)\s*)?")
TAG_SUFFIX = re.compile(rf"\.(?:{'|'.join(CODINGS)})\"")
COMPRESSIBLE = re.compile(
    r"text/|image/svg\+xml|application/(?:[a-z.-]+\+)?(?:json|xml|javascript|n-triples|n-quads|trig)"
)


def preferred(accept_encoding: str | None, among: tuple[str, ...] = CODINGS) -> str | None:
    """The coding that the field Accept-Encoding likes best; None for an answer as it is.

    A field that is longer than anybody's is not read.
    """
    if not accept_encoding or len(accept_encoding) > LONGEST_FIELD:
        return None
    return _preferred(accept_encoding, among)


@lru_cache(maxsize=256)
def _preferred(accept_encoding: str, among: tuple[str, ...]) -> str | None:
    weights: dict[str, float] = {}
    for text in accept_encoding.lower().split(","):
        member = MEMBER.fullmatch(text)
        if member is not None:
            weights.setdefault(member[1], float(member[2]) if member[2] else 1.0)
    best, best_weight = None, weights.get("identity", 0.0)
    for coding in among:
        weight = weights.get(coding, weights.get("*", 0.0))
        if weight > best_weight or (weight and weight == best_weight and best is None):
            best, best_weight = coding, weight
    return best


def is_compressible(content_type: str) -> bool:
    """Whether content of this media type gets shorter by a coding."""
    return COMPRESSIBLE.match(content_type) is not None


def coded_tag(tag: str, coding: str) -> str:
    """The tag of the same answer in a coding. A weak one stays: it means both."""
    return tag if tag.startswith("W/") else f'{tag[:-1]}.{coding}"'


def bare_tags(field: str) -> str:
    """A list of tags, as If-None-Match and If-Match have it, without the suffixes of codings."""
    return TAG_SUFFIX.sub('"', field)


def compress(body: bytes, coding: str) -> bytes:
    """The body in a coding."""
    if coding == "br":
        coded: bytes = brotli.compress(body, quality=BROTLI_QUALITY)
        return coded
    return zlib.compress(body, GZIP_LEVEL, AS_GZIP)


def compress_file(path: Path) -> Path:
    """A file beside this one that has its content in gzip; this one goes.

    Where that fails, as on a full disk (OSError), this one is left, and nothing besides.
    """
    coded = path.with_name(f"{path.name}.gzip")
    try:
        with path.open("rb") as source, coded.open("wb") as target:
            target.writelines(_gzip_parts(source))
    except BaseException:
        coded.unlink(missing_ok=True)
        raise
    path.unlink()
    return coded


def _gzip_parts(source: IO[bytes]) -> Iterator[bytes]:
    compressor = zlib.compressobj(GZIP_QUICKEST, wbits=AS_GZIP)
    while part := source.read(PART):
        yield compressor.compress(part)
    yield compressor.flush()
