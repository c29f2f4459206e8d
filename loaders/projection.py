"""What one audience gets of one source: the staged lines that its allow-lists let through.

A line stays where all of this holds; whatever nothing allows goes.

- Its subject may be seen: no source says `gm:visibleTo` of it for a narrower audience.
- The allow-list of the subject's class has its property. The class is the one that this source
  gives the subject, and only where it gives none, the one of the IRI's kind.
- Its subject, where it is a part, is referred to by a line of the same source that stays.
- Its subject, and its object, where they are IRIs of ours, are described for this audience: some
  source has a line that stays and gives them a type.

Where an audience sees a source whole, it is also told what the allow-lists keep for that case, such
as how many records there were and the digests of the files. All of those lines stay, or none. So it
is with the origins of things: the number of a row tells of the rows before it.

Lines are sorted, so those of one subject stand together and files of any size are read in passes.
IRIs are remembered by eight bytes of a digest, their mark.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from mmap import ACCESS_READ, mmap
from pathlib import Path

from loaders.allow_lists import NARROWER, AllowLists, Rights
from loaders.audience import Audience
from loaders.identity import Minter
from loaders.origins import OriginLines
from ontology.namespaces import concept
from ontology.vocab import GM, RDF

_TYPE = f"<{RDF.type}>".encode()
_VISIBLE_TO = f"> <{GM.visibleTo}> ".encode()
_AUDIENCES = {f"<{concept('audience', each)}>".encode(): each for each in Audience}

Restrictions = Mapping[bytes, Audience]
"""The widest audience that may see each subject of which a source says it; subjects with “<>”."""

Allowed = Mapping[Audience, frozenset[bytes]]


@dataclass(frozen=True, slots=True)
class Survey:
    """What a source names and describes, by marks.

    `subjects` are all its subjects, `references` the IRIs of ours that it refers to or says
    something of; `described` are, for each audience, the subjects of which lines that may stay give
    a type. An audience in `open_to` may see every line, where all `references` are described or are
    among the parts in `opened`, which only such an audience sees.
    """

    subjects: frozenset[int]
    references: frozenset[int]
    described: Mapping[Audience, frozenset[int]]
    opened: Mapping[Audience, frozenset[int]]
    open_to: frozenset[Audience]

    def is_whole_for(self, audience: Audience, described: Collection[int]) -> bool:
        """Whether an audience sees every line; `described` is what any source describes for it."""
        return audience in self.open_to and all(
            each in described or each in self.opened[audience] for each in self.references
        )

    def names_any(self, marks: Collection[int]) -> bool:
        """Whether it says something of one of these, or refers to one."""
        return not (self.subjects.isdisjoint(marks) and self.references.isdisjoint(marks))


def mark(iri: bytes) -> int:
    """The mark of an IRI, which is written with “<>”."""
    return int.from_bytes(blake2b(iri, digest_size=8).digest())


def restrictions(path: Path) -> dict[bytes, Audience]:
    """Who may see the things of which a file says so; what is not understood is internal."""
    found: dict[bytes, Audience] = {}
    if not path.stat().st_size:
        return found
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        at = content.find(_VISIBLE_TO)
        while at >= 0:
            begin, end = content.rfind(b"\n", 0, at) + 1, content.find(b"\n", at)
            line = content[begin:end]
            if line.index(b">") == at - begin:  # no text can hold such a predicate at that place
                subject, _, rest = line.split(b" ", 2)
                stated = _AUDIENCES.get(rest.split(b" ", 1)[0], Audience.INTERNAL)
                found[subject] = stricter(found.get(subject), stated)
            at = content.find(_VISIBLE_TO, end)
    return found


def stricter(known: Audience | None, stated: Audience) -> Audience:
    """The narrower of two audiences."""
    return known if known is not None and known.reads(stated) else stated


class Rules:
    """The allow-lists as they apply to lines, for the things of one base."""

    def __init__(self, lists: AllowLists, base: str, restricted: Restrictions) -> None:
        self._lists = lists
        self._base = base
        self._restricted = restricted
        self.parts = f"<{base}.well-known/genid/".encode()
        self.ours = (f"<{base}id/".encode(), self.parts, f"<{base}graph/".encode())
        self.origins = OriginLines.of(Minter(base))
        self._of_classes = cache(self._encoded_rights)

    def allowed(self, subject: bytes, types: Collection[bytes], *, whole: bool = False) -> Allowed:
        """The predicates that each audience may see of a subject to which these types are given.

        `whole` says that the audience sees all of the source.
        """
        classes = frozenset(types)
        if not classes:
            known = self._lists.class_of(subject[1:-1].decode(), self._base)
            classes = frozenset() if known is None else frozenset({f"<{known}>".encode()})
        allowed = self._of_classes(classes, whole)
        limit = self._restricted.get(subject)
        if limit is None:
            return allowed
        return {each: properties for each, properties in allowed.items() if each.reads(limit)}

    def _encoded_rights(self, classes: frozenset[bytes], whole: bool) -> Allowed:
        names = [each[1:-1].decode() for each in classes]
        rights: Rights = self._lists.rights(names, whole=whole)
        return {
            audience: frozenset(f"<{each}>".encode() for each in properties)
            for audience, properties in rights.items()
        }


class _Reach:
    """The parts that are reached from things in a source, as one audience sees it."""

    def __init__(self) -> None:
        self._reached: set[int] = set()
        self._further: dict[int, list[int]] = defaultdict(list)

    def note(self, origin: int | None, part: int) -> None:
        """Note a reference to a part, by the part `origin` or by a thing."""
        if origin is None:
            self._reached.add(part)
        else:
            self._further[origin].append(part)

    def parts(self) -> set[int]:
        """The parts to which things refer, and parts that are reached, and so on."""
        waiting = list(self._reached)
        while waiting:
            fresh = set(self._further.get(waiting.pop(), ())) - self._reached
            self._reached |= fresh
            waiting += fresh
        return self._reached


def survey(lines: Iterable[bytes], rules: Rules) -> Survey:
    """What a source names, and what it may describe for each audience."""
    subjects: set[int] = set()
    references: set[int] = set()
    typed: dict[Audience, set[int]] = {each: set() for each in NARROWER}
    typed_parts: dict[Audience, set[int]] = {each: set() for each in NARROWER}
    reach = {each: _Reach() for each in NARROWER}
    reach_of_whole = {each: _Reach() for each in NARROWER}
    closed: set[Audience] = set()
    records = rules.origins.without_origins(lines)
    for subject, _, statements in _by_subject(records):
        own = mark(subject)
        subjects.add(own)
        if subject.startswith(rules.ours):
            references.add(own)
        origin = own if subject.startswith(rules.parts) else None
        types = _types(statements)
        allowed = rules.allowed(subject, types)
        allowed_of_whole = rules.allowed(subject, types, whole=True)
        # An untyped thing goes unless another source describes it, and takes its parts with it.
        leading = allowed if types or origin is not None or own not in references else {}
        predicates = {predicate for predicate, _ in statements}
        for audience in NARROWER:
            if not predicates <= allowed_of_whole.get(audience, frozenset()):
                closed.add(audience)
            if types and audience in allowed:
                (typed if origin is None else typed_parts)[audience].add(own)
        for predicate, rest in statements:
            if rest.startswith(rules.ours):
                value = _iri_in(rest)
                other = mark(value)
                references.add(other)
                if value.startswith(rules.parts):
                    for rights, reaches in ((leading, reach), (allowed_of_whole, reach_of_whole)):
                        for audience, visible in rights.items():
                            if predicate in visible:
                                reaches[audience].note(origin, other)
    opened: dict[Audience, frozenset[int]] = {}
    for audience in NARROWER:
        parts, parts_of_whole = reach[audience].parts(), reach_of_whole[audience].parts()
        if not typed_parts[audience] <= parts_of_whole:
            closed.add(audience)
        typed[audience] |= typed_parts[audience] & parts
        opened[audience] = frozenset(typed_parts[audience] & (parts_of_whole - parts))
    return Survey(
        frozenset(subjects),
        frozenset(references),
        {each: frozenset(marks) for each, marks in typed.items()},
        opened,
        frozenset(NARROWER) - closed,
    )


def survey_whole(lines: Iterable[bytes], rules: Rules) -> Survey:
    """What a source names and describes of which everything is for everybody."""
    subjects: set[int] = set()
    references: set[int] = set()
    typed: set[int] = set()
    for subject, _, statements in _by_subject(lines):
        subjects.add(mark(subject))
        references.update(
            mark(_iri_in(rest)) for _, rest in statements if rest.startswith(rules.ours)
        )
        if _types(statements):
            typed.add(mark(subject))
    return Survey(
        frozenset(subjects),
        frozenset(references),
        dict.fromkeys(NARROWER, frozenset(typed)),
        dict.fromkeys(NARROWER, frozenset()),
        frozenset(NARROWER),
    )


def project(
    lines: Iterable[bytes],
    rules: Rules,
    audience: Audience,
    own: Collection[int],
    described: Collection[int],
) -> Iterator[bytes]:
    """The lines of a source that an audience may see, which does not see it whole, in their order.

    `own` are the marks of what this source describes for the audience, `described` those of what
    any source does.
    """
    records = rules.origins.without_origins(lines)
    for subject, group, statements in _by_subject(records):
        predicates = rules.allowed(subject, _types(statements)).get(audience)
        if predicates is None:
            continue
        if subject.startswith(rules.ours):
            known = own if subject.startswith(rules.parts) else described
            if mark(subject) not in known:
                continue
        for line, (predicate, rest) in zip(group, statements, strict=True):
            if predicate in predicates and (
                not rest.startswith(rules.ours) or mark(_iri_in(rest)) in described
            ):
                yield line


def _by_subject(
    lines: Iterable[bytes],
) -> Iterator[tuple[bytes, list[bytes], list[tuple[bytes, bytes]]]]:
    """Each subject, its lines, and of each line the predicate and what follows it."""
    last = b""
    group: list[bytes] = []
    statements: list[tuple[bytes, bytes]] = []
    for line in lines:
        subject, predicate, rest = line.split(b" ", 2)
        if subject != last:
            if group:
                yield last, group, statements
            last, group, statements = subject, [], []
        group.append(line)
        statements.append((predicate, rest))
    if group:
        yield last, group, statements


def _iri_in(rest: bytes) -> bytes:
    """The object of a statement, an IRI, from what follows the predicate."""
    return rest[: rest.index(b">") + 1]


def _types(statements: Iterable[tuple[bytes, bytes]]) -> list[bytes]:
    return [_iri_in(rest) for predicate, rest in statements if predicate == _TYPE]
