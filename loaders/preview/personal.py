"""Values that look like personal data: those that reading withheld, and what the public would see.

What the public would see is found as the last look of a publish finds it (`loaders.leaks`), in what
the allow-lists would let through. Of things that only other sources describe it is taken that the
public sees them, so that rather too much is told than too little.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from loaders.allow_lists import shipped_allow_lists
from loaders.audience import Audience
from loaders.claims import Place as RowPlace
from loaders.issues import Effect, Issue
from loaders.leak_exceptions import KEY
from loaders.leaks import SCAN, Finding, find_leaks
from loaders.nquads import literal_of
from loaders.origins import OriginLines
from loaders.preview.masking import masked, masked_iri, masked_message
from loaders.preview.model import Listing, Personal, Place, Treatment
from loaders.preview.rows import Rows
from loaders.preview.terms import named
from loaders.preview.things import Files, referred
from loaders.projection import Rules, project, restrictions, stricter, survey
from loaders.release import Release
from loaders.source import Source

_PRIVATE = "contact-of-a-person"
_TREATMENTS = {
    Effect.LEFT_OUT: Treatment.LEFT_OUT,
    Effect.WITHHELD: Treatment.WITHHELD,
    Effect.NOTED: Treatment.REMARKED,
}
_DEPTH = 4


def met_on_reading(issues: Iterable[Issue], most: int | None) -> Listing[Personal]:
    """What reading met, and what it did about it."""
    found = (each for each in issues if each.rule == _PRIVATE)
    shown = [_of_issue(each) for each in islice(found, most)]
    return Listing(len(shown) + sum(1 for _ in found), tuple(shown))


def _of_issue(issue: Issue) -> Personal:
    place = None if issue.row is None else Place(issue.file, issue.unit, issue.row)
    return Personal(
        treatment=_TREATMENTS[issue.effect],
        kind=masked_message(issue.message),
        place=place,
        field=issue.field,
        thing=None,
        property=None,
        hint=None,
    )


def seen_by_public(
    source: Source,
    files: Files,
    release: Release | None,
    origins: OriginLines,
    nodes: Iterable[str],
    rows: Rows,
    most: int | None,
) -> Listing[Personal]:
    """What the public would see of the source that may be of a person, and nobody has excepted.

    `nodes` are the IRIs of the snapshots of the source's files, in their order.
    """
    if source.audience is not Audience.PUBLIC:
        return Listing()
    found = (
        each
        for each in find_leaks(_new_lines(files, source, release), files.base)
        if not any(one.covers(each, files.base) for one in source.exceptions)
    )
    shown = list(islice(found, most))
    count = len(shown) + sum(1 for _ in found)
    places = _places(files, {_subject(each) for each in shown}, origins, nodes)
    wanted = {place for place in places.values() if place is not None}
    units: dict[RowPlace, str] = {}
    fields: dict[tuple[RowPlace, bytes], str | None] = {}
    for place, unit, row in rows.at(wanted):
        units[place] = unit
        rows.would_be(place, row)  # from then on the row knows what was read of it
        for each in shown:
            if places.get(_subject(each)) == place:
                fields[place, each.line] = row.column_of(_value(each))
    told = []
    for each in shown:
        at = places.get(_subject(each))
        told.append(
            Personal(
                treatment=Treatment.PUBLISHED,
                kind=each.kind,
                place=Place(rows.name_of(at.file), units.get(at, "row"), at.row) if at else None,
                field=fields.get((at, each.line)) if at else None,
                thing=masked_iri(each.thing),
                property="IRI" if each.property == KEY else named(each.property),
                hint=None if each.property == KEY else _hint(each),
            )
        )
    return Listing(count, tuple(told))


def _new_lines(files: Files, source: Source, release: Release | None) -> Iterator[bytes]:
    """What the public would see and does not see yet, where that was looked through already."""
    lines = _public_lines(files, source, release)
    if release is None or release.manifest.versions.get("leak-scan") != SCAN:
        yield from lines
        return
    path = release.quads_path(Audience.PUBLIC, source.name)
    if not path.exists():
        yield from lines
        return
    with path.open("rb") as before:
        known = next(before, None)
        for line in lines:
            while known is not None and known < line:
                known = next(before, None)
            if line != known:
                yield line


def _public_lines(files: Files, source: Source, release: Release | None) -> Iterator[bytes]:
    """What the public would see of a source: every line, or those that the allow-lists let by."""
    limits = restrictions(files.after)
    for other in release.manifest.sources if release else ():
        assert release is not None
        if other != source.name:
            for subject, audience in restrictions(release.staged_path(other)).items():
                limits[subject] = stricter(limits.get(subject), audience)
    rules = Rules(shipped_allow_lists(), files.base, limits)
    with files.after.open("rb") as lines:
        found = survey(lines, rules)
    own = found.described[Audience.PUBLIC]
    described = own | (found.references - found.subjects)
    with files.after.open("rb") as lines:
        if found.is_whole_for(Audience.PUBLIC, described):
            yield from lines
        else:
            yield from project(lines, rules, Audience.PUBLIC, own, described)


def _subject(finding: Finding) -> bytes:
    return f"<{finding.thing}>".encode()


def _value(finding: Finding) -> str:
    value = finding.line.split(b" ", 2)[2].rpartition(b" <")[0]
    return value[1:-1].decode() if value.startswith(b"<") else literal_of(value)


def _hint(finding: Finding) -> str:
    value = _value(finding)
    return masked_iri(value) if "://" in value else masked(value)


def _places(
    files: Files, wanted: set[bytes], origins: OriginLines, nodes: Iterable[str]
) -> dict[bytes, RowPlace | None]:
    """The first row that states each of these subjects, or the thing of which it is a part."""
    if not wanted:
        return {}
    numbers = {node.encode(): number for number, node in enumerate(nodes)}
    owners = _owners(files.after, wanted, files.parts)
    things = set(owners.values())
    found: dict[bytes, RowPlace] = {}
    with files.after.open("rb") as lines:
        for line in lines:
            subject = line[: line.index(b">") + 1]
            if subject in things and (place := origins.place(line, numbers)) is not None:
                found[subject] = min(found.get(subject, place), place)
    return {each: found.get(owners[each]) for each in wanted}


def _owners(path: Path, wanted: set[bytes], parts: bytes) -> dict[bytes, bytes]:
    """The thing that each part belongs to; what is no part is its own."""
    holding = {each: each for each in wanted}
    for _ in range(_DEPTH):
        below = {each for each in holding.values() if each.startswith(parts)}
        if not below:
            break
        above: dict[bytes, bytes] = {}
        with path.open("rb") as lines:
            for line in lines:
                part = referred(line, parts)
                if part in below:
                    assert part is not None
                    above.setdefault(part, line[: line.index(b">") + 1])
        holding = {each: above.get(thing, thing) for each, thing in holding.items()}
    return holding
