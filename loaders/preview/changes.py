"""What changed about a thing, property by property, in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from loaders.nquads import literal_of
from loaders.preview.masking import masked, masked_iri
from loaders.preview.model import ChangedThing, PropertyChange, Thing
from loaders.preview.terms import label_of, named
from loaders.preview.things import Files, name_in, referred

_DEPTH = 4  # parts of parts

Lines = Mapping[bytes, list[bytes]]


@dataclass(slots=True)
class Described:
    """What is known beyond the lines of the changed things themselves, by subjects with “<>”.

    `before` and `after` are the lines of their parts, `names` of what their lines refer to.
    """

    before: dict[bytes, list[bytes]] = field(default_factory=dict)
    after: dict[bytes, list[bytes]] = field(default_factory=dict)
    names: dict[bytes, str] = field(default_factory=dict)


def describe_around(
    files: Files, changed: list[tuple[Thing, list[bytes], list[bytes]]]
) -> Described:
    """Gather the parts of changed things, and the names of what they refer to."""
    found = Described()
    lines = [line for _, old, new in changed for line in (*old, *new)]
    for _ in range(_DEPTH):
        wanted = _all_referred(lines, files.parts) - found.before.keys() - found.after.keys()
        if not wanted:
            break
        old, new = files.pick(files.before, wanted), files.pick(files.after, wanted)
        found.before |= old
        found.after |= new
        lines = list(chain.from_iterable((*old.values(), *new.values())))
    lines = [line for _, old, new in changed for line in (*old, *new)]
    lines += chain.from_iterable((*found.before.values(), *found.after.values()))
    wanted = _all_referred(lines, files.things)
    for path in (files.before, files.after):
        for subject, stated in files.pick(path, wanted).items():
            if name := name_in(stated):
                found.names[subject] = name
    return found


def _all_referred(lines: Iterable[bytes], beginning: bytes) -> set[bytes]:
    return {each for line in lines if (each := referred(line, beginning)) is not None}


def changed_thing(
    thing: Thing, old: list[bytes], new: list[bytes], around: Described, parts: bytes
) -> ChangedThing:
    """A changed thing, with what it says otherwise."""
    return ChangedThing(thing, tuple(_changes(old, new, around, parts, (), frozenset())))


def _changes(
    old: list[bytes],
    new: list[bytes],
    around: Described,
    parts: bytes,
    within: tuple[str, ...],
    passed: frozenset[bytes],
) -> Iterator[PropertyChange]:
    """The changes of the lines of one subject, then those of its parts."""
    was, would_be = _by_property(old), _by_property(new)
    leading: dict[bytes, str] = {}
    for iri in sorted(was.keys() | would_be.keys(), key=lambda each: (named(each), each)):
        before, after = was.get(iri, []), would_be.get(iri, [])
        for each in (*before, *after):
            if each.startswith(parts):
                leading.setdefault(each, named(iri))
        lost = [each for each in before if each not in after and not each.startswith(parts)]
        come = [each for each in after if each not in before and not each.startswith(parts)]
        if lost or come:
            yield PropertyChange(named(iri), within, _told(lost, around), _told(come, around))
    for part, label in leading.items():
        sides = around.before.get(part, []), around.after.get(part, [])
        if part not in passed and len(within) < _DEPTH:
            yield from _changes(
                # A part that is there on one side alone is new or gone, with all that it says.
                sides[0] if any(part in each for each in was.values()) else [],
                sides[1] if any(part in each for each in would_be.values()) else [],
                around,
                parts,
                (*within, label),
                passed | {part},
            )


def _by_property(lines: Iterable[bytes]) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    for line in lines:
        _, predicate, rest = line.split(b" ", 2)
        found.setdefault(predicate[1:-1].decode(), []).append(rest.rpartition(b" <")[0])
    return found


def _told(values: Iterable[bytes], around: Described) -> tuple[str, ...]:
    return tuple(_value(each, around) for each in values)


def _value(value: bytes, around: Described) -> str:
    """A value as people read it: a text in quotation marks, a thing by its name."""
    if value.startswith(b"<"):
        iri = value[1:-1].decode()
        name = around.names.get(value) or label_of(iri)
        return f"“{masked(name)}”" if name else f"<{masked_iri(iri)}>"
    text = f"“{masked(literal_of(value))}”"
    _, at, language = value[value.rindex(b'"') :].partition(b"@")
    return f"{text} ({language.decode()})" if at and not language.startswith(b"en") else text
