"""Published IRIs at risk: what no source would describe any more, and what comes to mean another.

It is judged as a publish judges it (`loaders.continuity`), from files alone, of what would be
published if this load were staged now: the other sources as they are staged, or else as they are in
the current release.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from loaders.audience import Audience
from loaders.continuity import is_the_same
from loaders.described import is_typing, states
from loaders.directory import DataDirectory
from loaders.endings import EndingRow, State, endings_path, rows_of
from loaders.errors import EndingsError
from loaders.ledger import Ledger
from loaders.nquads import subject_of
from loaders.preview.masking import masked_iri
from loaders.preview.model import AtRisk, Listing, Outcome, Risk
from loaders.preview.things import Compared, Files, name_in, thing_of, types_in
from loaders.reasons import Reasons, reasons_of_sources
from loaders.release import Release
from loaders.source import Source, declared_sources
from loaders.staging import staged_loads
from ontology.vocab import PROV

_ENDED = f"> <{PROV.invalidatedAtTime}> ".encode()


def read_endings_of(release: Release | None) -> dict[bytes, list[bytes]]:
    """What the ledger of our own staff says of the IRIs that ended, by IRI with “<>”."""
    if release is None or not release.ledger_path(Audience.INTERNAL).exists():
        return {}
    path = release.ledger_path(Audience.INTERNAL)
    with path.open("rb") as lines:
        ended = {line[: line.index(b">") + 1] for line in lines if states(line, _ENDED)}
    found: dict[bytes, list[bytes]] = {each: [] for each in ended}
    if ended:
        with path.open("rb") as lines:
            for line in lines:
                subject = line[: line.index(b">") + 1]
                if subject in ended:
                    found[subject].append(line)
    return found


def find_risk(
    directory: DataDirectory,
    release: Release | None,
    source: Source,
    files: Files,
    compared: Compared,
    ended: Mapping[bytes, list[bytes]],
    most: int | None,
) -> Risk:
    """The IRIs at risk of a load, and what a publish would do about each; the first, or all."""
    if release is None:
        return Risk(Listing(), Listing())
    fault, rows = None, dict[str, EndingRow]()
    try:
        rows = rows_of(directory)
        declared = declared_sources(directory.sources, refused={})
        standing = reasons_of_sources({source.name: declared.get(source.name, source)}, release)
        reasons = Reasons(rows, standing)
    except EndingsError as error:
        fault, reasons = str(error), Reasons()
    lost = set(compared.lost)
    elsewhere = _described_elsewhere(directory, release, source.name, lost)
    refused: list[tuple[bytes, str]] = []
    ending: list[tuple[bytes, str]] = []
    for subject in compared.lost:
        if subject in elsewhere:
            continue
        iri = subject[1:-1].decode()
        found = reasons.of(iri, (source.name,), release)
        if found is None:
            refused.append((subject, _remedy(directory)))
        else:
            after = ", ".join(masked_iri(each) for each in found.successors)
            told = f"{found.state.capitalize()}{f' into {after}' if after else ''}: {found.reason}"
            ending.append((subject, told))
    others = _other_things(files, compared.back, ended, rows, directory)
    refused += others
    return Risk(
        _listing(files, refused, Outcome.REFUSED, most, {each for each, _ in others}),
        _listing(files, ending, Outcome.ENDED, most),
        len(elsewhere),
        fault,
    )


def _remedy(directory: DataDirectory) -> str:
    return (
        "Nothing says why it ends. If it is missing by mistake, mend the file; if it ended, write "
        f"a line for it in {endings_path(directory).name}, or declare things-may-end in the "
        "source's declaration."
    )


def _described_elsewhere(
    directory: DataDirectory, release: Release, name: str, lost: set[bytes]
) -> set[bytes]:
    """Those of the lost IRIs that another source would still describe."""
    if not lost:
        return set()
    staged = {each.source: directory.staged / each.quads_name for each in staged_loads(directory)}
    paths: dict[str, Path] = {each: release.staged_path(each) for each in release.manifest.sources}
    found: set[bytes] = set()
    for source, path in (paths | staged).items():
        if source == name or not path.exists():
            continue
        with path.open("rb") as lines:
            for line in lines:
                if line[: line.index(b">") + 1] in lost and is_typing(line):
                    found.add(line[: line.index(b">") + 1])
    return found


def _other_things(
    files: Files,
    back: Iterable[bytes],
    ended: Mapping[bytes, list[bytes]],
    rows: Mapping[str, EndingRow],
    directory: DataDirectory,
) -> list[tuple[bytes, str]]:
    """The IRIs that had ended and would come back as something else."""
    accepted = {iri for iri, row in rows.items() if row.ending.state is State.CURRENT}
    wanted = [each for each in back if each[1:-1].decode() not in accepted]
    found = []
    for subject, lines in files.pick(files.after, set(wanted)).items():
        iri = subject_of(subject)
        entry = Ledger(files.base, "", {}, {iri: ended[subject]}).entry(iri)
        name = name_in(lines)
        if not is_the_same(entry, set(types_in(lines)), {name} if name else set()):
            found.append(
                (
                    subject,
                    "It had ended and would now mean something else. Give what is new a key of its "
                    "own; where it is what it was, write a line with the state current in "
                    f"{endings_path(directory).name}.",
                )
            )
    return found


def _listing(
    files: Files,
    found: list[tuple[bytes, str]],
    outcome: Outcome,
    most: int | None,
    after: frozenset[bytes] | set[bytes] = frozenset(),
) -> Listing[AtRisk]:
    """The first of what was found; things are told as they are published, or `after` the load."""
    shown = found[:most]
    lines = files.pick(files.before, {each for each, _ in shown} - after)
    lines |= files.pick(files.after, {each for each, _ in shown} & after)
    return Listing(
        len(found),
        tuple(AtRisk(thing_of(each, lines.get(each, ())), outcome, why) for each, why in shown),
    )
