"""Entity tags: a name for each state of each representation (RFC 9110 §8.8.3).

A release never changes, so a tag is a hash of what an answer depends on, known before the
store is touched: build, release, audience, media type, coding and request.
"""

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import queries
import service

ENTITY_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
NEVER_STORED = "no-store"
REVALIDATED = "public, no-cache"
REVALIDATED_BY_ONE = "private, no-cache"


def entity_tag(*parts: str) -> str:
    """A strong entity tag for the parts; no two lists of parts share one by joining differently."""
    told: list[bytes] = []
    for part in parts:
        encoded = part.encode("utf-8", "surrogateescape")
        told += (len(encoded).to_bytes(8), encoded)
    return f'"{hashlib.blake2b(b"".join(told), digest_size=15).hexdigest()}"'


def matches(if_none_match: str | None, tag: str) -> bool:
    """Whether If-None-Match names the tag, by weak comparison (RFC 9110 §8.8.3.2 and §13.1.2)."""
    if not if_none_match:
        return False
    if if_none_match.strip() == "*":
        return True
    return tag.removeprefix("W/") in ENTITY_TAG.findall(if_none_match)


@cache
def build_digest() -> str:
    """A name for the program that answers: another program may put the same release otherwise.

    It is made from the program's own files and not from a version number, so that two hosts
    with the same build agree, and a change made while developing is seen at the next start.
    """
    return files_digest(Path(package.__path__[0]) for package in (service, queries))


def files_digest(folders: Iterable[Path]) -> str:
    """A name for the contents of folders, but for what only makes other files or is made."""
    digest = hashlib.blake2b(digest_size=8)
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            part = path.relative_to(folder)
            if path.is_file() and not {"frontend", "__pycache__"} & set(part.parts):
                digest.update(f"{folder.name}/{part.as_posix()}\0".encode())
                digest.update(hashlib.blake2b(path.read_bytes()).digest())
    return digest.hexdigest()
