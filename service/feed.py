"""The change feed: the releases as an Atom feed (RFC 4287)."""

from collections.abc import Sequence
from urllib.parse import urlsplit
from xml.etree import ElementTree

from service.description import NOT_IN_XML
from service.pages.release_notes import RELEASES, ReleaseNote, counted
from service.store import Release

FEED = "/releases.atom"
ATOM = "http://www.w3.org/2005/Atom"
TITLE = "Greater Manchester Knowledge Graph: what changed"
AUTHOR = "Greater Manchester Knowledge Graph"
YEAR = "2026"  # in which the tags were first made (RFC 4151 §2.1)


def tag_of(release: Release, name: str) -> str:
    """An IRI that stays the same wherever the feed is served: a tag of the data's own host."""
    host = (urlsplit(release.base).hostname or "localhost").lower()
    return f"tag:{host},{YEAR}:{name}"


def as_feed(release: Release, origin: str, notes: Sequence[ReleaseNote], address: str) -> bytes:
    """The feed of these notes, as it is had at an address of this origin."""
    feed = ElementTree.Element("feed", {"xmlns": ATOM})
    _text(feed, "id", tag_of(release, "releases"))
    _text(feed, "title", TITLE)
    _text(feed, "updated", notes[0].published if notes else _published(release))
    _text(ElementTree.SubElement(feed, "author"), "name", AUTHOR)
    _link(feed, "self", origin + address, "application/atom+xml")
    _link(feed, "alternate", origin + RELEASES, "text/html")
    for note in notes:
        _entry(feed, release, origin, note)
    ElementTree.indent(feed)
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(feed: ElementTree.Element, release: Release, origin: str, note: ReleaseNote) -> None:
    """One release. It never changes, so it was updated when it was published."""
    entry = ElementTree.SubElement(feed, "entry")
    _text(entry, "id", tag_of(release, f"release/{note.id}"))
    _text(entry, "title", f"Release of {note.when.words}" if note.when else note.id)
    _text(entry, "updated", note.published)
    _text(entry, "published", note.published)
    _link(entry, "alternate", origin + note.href, "text/html")
    _text(entry, "summary", note.headline)
    _text(entry, "content", "\n".join(_lines(release, note)))


def _lines(release: Release, note: ReleaseNote) -> list[str]:
    """The notes as text: what changed in all, by source and by class."""
    lines = [note.headline]
    if note.summary is not None:
        for graph, counts in note.summary.graphs.items():
            name = release.labels.stated(graph) or graph
            added, removed = counted(counts["added"]), counted(counts["removed"])
            lines.append(f"{name}: {added} added, {removed} removed.")
        for iri, things in note.summary.classes.items():
            told = ", ".join(f"{count:,} {state}" for state, count in things.items() if count)
            lines.append(f"{release.labels.of(iri)}: {told}.")
    return lines


def _published(release: Release) -> str:
    found = release.manifest.get("published")
    return found if isinstance(found, str) else ""


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = NOT_IN_XML.sub("\ufffd", text)


def _link(parent: ElementTree.Element, rel: str, href: str, media_type: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": rel, "href": href, "type": media_type})
