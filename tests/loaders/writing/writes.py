"""What the tests of writing share: writes as a client asks for them, and what a release holds."""

import json
from typing import Any

from pyoxigraph import RdfFormat, Store, parse

from loaders.audience import Audience
from loaders.directory import DataDirectory
from loaders.release import current_release
from loaders.writing.write import Action, Part, Write, Written
from loaders.writing.writing import write

TURTLE = "text/turtle"
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


def a_write(action: Action, **said: Any) -> Write:
    """A write by a steward."""
    return Write(action, "a1 tests", "steward", "r-1", **said)


def update(directory: DataDirectory, text: str, **said: Any) -> Written:
    """An update carried out."""
    return write(directory, a_write(Action.UPDATE, text=text, **said))


def upload(
    directory: DataDirectory,
    action: Action,
    *contents: str | bytes,
    media_type: str = TURTLE,
    **said: Any,
) -> Written:
    """RDF put or posted; each content is a part."""
    parts = tuple(
        Part(media_type, each.encode() if isinstance(each, str) else each) for each in contents
    )
    return write(directory, a_write(action, parts=parts, **said))


def held(directory: DataDirectory, audience: Audience = Audience.PUBLIC) -> set[str]:
    """The quads of the release that is served."""
    release = current_release(directory)
    assert release is not None
    return {str(quad) for quad in Store.read_only(str(release.store_path(audience)))}


def quads(*lines: str) -> set[str]:
    """Lines of N-Quads, without their full stops, as quads."""
    text = "".join(f"{line} .\n" for line in lines)
    return {str(quad) for quad in parse(text.encode(), format=RdfFormat.N_QUADS)}


def audited(directory: DataDirectory) -> list[dict[str, Any]]:
    """The lines of the audit trail."""
    path = directory.path / "audit.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
