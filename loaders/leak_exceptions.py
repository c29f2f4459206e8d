"""What a steward has reviewed: findings of the last look that are of nobody, by thing and property.

They stand in a source's declaration, under `[[exceptions]]`, each with a reason. An exception holds
for its own source alone. Those that apply are noted in the manifest of the release; one that
excepts nothing is told of, since it would let through what comes there later.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from loaders.errors import DeclarationError
from ontology.namespaces import PREFIXES

KEY = "iri"
"""What stands for a property where the IRI of the thing itself is meant."""


class Found(Protocol):
    """A finding, by what an exception names: the IRIs of a thing and of a property."""

    @property
    def thing(self) -> str:
        """The IRI of the thing."""
        ...

    @property
    def property(self) -> str:
        """The IRI of the property, or `KEY`."""
        ...


@dataclass(frozen=True, slots=True)
class LeakException:
    """One exception: a thing, by its path under the base or its IRI, and a prefixed property."""

    thing: str
    property: str
    reason: str

    def covers(self, found: Found, base: str) -> bool:
        """Whether it excepts a finding. `base` is that of our IRIs."""
        return found.thing == self.iri(base) and prefixed(found.property) == self.property

    def iri(self, base: str) -> str:
        """The IRI of the thing."""
        return self.thing if "://" in self.thing else base + self.thing.removeprefix("/")


def read_exceptions(tables: object) -> tuple[LeakException, ...]:
    """The exceptions that the tables of a declaration state.

    Raises:
        DeclarationError: a member is missing, unknown or empty, a property has no known prefix,
            or a thing is named twice with one property.
    """
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise DeclarationError("“exceptions” is a list of tables: write [[exceptions]] above each.")
    read: dict[tuple[str, str], LeakException] = {}
    for table in tables:
        stated = [table.get(each) for each in ("thing", "property", "reason")]
        texts = [each.strip() for each in stated if isinstance(each, str) and each.strip()]
        if len(texts) < len(stated) or len(table) > len(stated):
            raise DeclarationError(
                "each [[exceptions]] table has a thing, a property and a reason, each a text."
            )
        exception = LeakException(*texts)
        if exception.property != KEY and exception.property.partition(":")[0] not in PREFIXES:
            raise DeclarationError(
                f"“{exception.property}” is neither “{KEY}” nor a property with a known prefix."
            )
        if read.setdefault((exception.thing, exception.property), exception) is not exception:
            raise DeclarationError(f"{exception.thing} is excepted twice for {exception.property}.")
    return tuple(read.values())


def prefixed(iri: str) -> str:
    """A property's IRI with a prefix, where one is known."""
    known = [each for each in PREFIXES if iri.startswith(PREFIXES[each])]
    longest = max(known, key=lambda each: len(PREFIXES[each]), default=None)
    return iri if longest is None else f"{longest}:{iri[len(PREFIXES[longest]) :]}"


def settle(
    exceptions: Mapping[str, Iterable[LeakException]],
    files: Mapping[str, Path],
    summaries: Mapping[str, dict[str, Any]],
    look: Callable[[Iterable[bytes]], Iterable[Found]],
    base: str,
) -> list[str]:
    """Note in the summaries of sources the exceptions that apply; what is to be told is returned.

    `exceptions` and `files`, of sorted lines that the public sees, are by source; `look` finds what
    may be of a person in lines.
    """
    told: list[str] = []
    for source, stated in exceptions.items():
        applying = []
        for exception in stated:
            lines = _lines_of(exception.iri(base), files.get(source))
            if any(exception.covers(found, base) for found in look(lines)):
                applying.append(exception)
            else:
                told.append(
                    f"{source}: nothing is found in {exception.thing} ({exception.property}) that "
                    "the public sees: remove the exception from the declaration."
                )
        if applying and source in summaries:
            summaries[source]["exceptions"] = [
                {"thing": each.thing, "property": each.property, "reason": each.reason}
                for each in applying
            ]
    return told


def _lines_of(iri: str, path: Path | None) -> Iterator[bytes]:
    """The lines of one subject in a sorted file."""
    wanted = f"<{iri}> ".encode()
    if path is not None:
        with path.open("rb") as lines:
            yield from (line for line in lines if line.startswith(wanted))
