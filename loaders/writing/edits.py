"""A write to a data directory with sources: what it makes of the graph of edits is published.

    update or upload ─▶ tried out on a copy ─▶ the edits as lines ─▶ shapes ─▶ release ─▶ switch

No other graph is written: those of sources are made of their records. The lines lie beside what is
staged and are never staged themselves, so a write that is refused or killed leaves nothing that a
later publish would publish; each release holds its edits, and the next takes them over.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, serialize

from loaders.audience import Audience
from loaders.directory import DataDirectory
from loaders.errors import EndingsError, ValidationError
from loaders.identity import Minter
from loaders.release import Release, refuse_lost_link
from loaders.staging import Counts, StagedLoad, write_quads
from loaders.store_closing import act_on_store
from loaders.writing.audit import note_write
from loaders.writing.conditions import refuse_missing, refuse_other_existence
from loaders.writing.plan import Home, Plan, plan_update, plan_upload
from loaders.writing.scratch import Scratch, without_blank_nodes
from loaders.writing.uploads import graph_name
from loaders.writing.write import Action, Write, WriteRefusedError, Written

SOURCE = "edits"
TITLE = "Edits"
_OWNED = "This graph cannot be written."


def plan_edits(directory: DataDirectory, wanted: Write) -> Plan:
    """What a write comes to, which may only be about the edits.

    Raises:
        WriteRefusedError: it is not understood, or refused for what it is.
    """
    graph = Minter(directory.base).graph(SOURCE)
    graph_name(wanted.graph)
    if wanted.action in (Action.UPDATE, Action.PATCH):
        home = Home(graph, wanted.action is Action.PATCH, 409, _OWNED)
        return plan_update(wanted, home)
    return plan_upload(wanted, graph)


def refuse_owned(directory: DataDirectory, parent: Release | None, wanted: Write) -> None:
    """Refuse a write that names another graph than the edits.

    Raises:
        WriteRefusedError: 409, or 404 where what is to be deleted or patched is not there.
    """
    edits = Minter(directory.base).graph(SOURCE)
    if wanted.graph is None or wanted.graph == edits or wanted.action is Action.UPDATE:
        return
    counts = parent.manifest.counts.get(Audience.INTERNAL, {}) if parent else {}
    if wanted.graph not in counts.get("graphs", {}) and wanted.action in (
        Action.DELETE,
        Action.PATCH,
    ):
        raise refuse_missing(wanted)
    raise WriteRefusedError(
        409,
        _OWNED,
        f"<{wanted.graph}> is not for writing: graphs of sources are made of their records. "
        f"Only <{edits}> can be written here.",
    )


def write_edits(
    directory: DataDirectory,
    parent: Release | None,
    wanted: Write,
    plan: Plan,
    trusted: Callable[[], None],
) -> Written:
    """Carry out a write. The caller holds the writers' lock.

    Raises:
        WriteRefusedError: 400, 404, 409, 412 or 422.
    """
    if parent is None:
        refuse_lost_link(directory)
    before = _lines_of(parent, directory)
    exists = bool(before)
    if wanted.action in (Action.DELETE, Action.PATCH) and wanted.graph and not exists:
        raise refuse_missing(wanted)
    if wanted.action is not Action.UPDATE:
        refuse_other_existence(wanted, exists or wanted.graph is None)
    with directory.working_folder() as folder:
        after = _after(directory, parent, wanted, plan, before, folder)
        trusted()
        if after == before and parent is not None:
            note_write(directory, wanted, parent.id, changed=False)
            return Written(parent.id, changed=False)
        release = _publish(directory, parent, wanted, after, folder)
    return Written(
        release.id, True, created=bool(after) and not exists, removed=exists and not after
    )


def _after(
    directory: DataDirectory,
    parent: Release | None,
    wanted: Write,
    plan: Plan,
    before: set[bytes],
    folder: Path,
) -> set[bytes]:
    """The lines of the edits after a write."""
    mint = Minter(directory.base)
    graph, parts = NamedNode(mint.graph(SOURCE)), mint.part(SOURCE, "")
    if wanted.action is Action.DELETE:
        return set()
    if wanted.action in (Action.PUT, Action.POST):
        # By way of a store, which spells literals as stores do.
        sent = Store()
        sent.extend(without_blank_nodes(plan.quads, parts))
        lines = _as_lines(sent)
        return lines if wanted.action is Action.PUT else before | lines
    copy = folder / "scratch"
    if parent is not None:
        Store.read_only(str(parent.store_path(Audience.INTERNAL))).backup(str(copy))

    def tried(store: Store) -> set[bytes]:
        scratch = Scratch(store, graph, parts)
        scratch.run(plan.steps or ())
        return _as_lines(scratch.quads())

    return act_on_store(copy, tried)


def _publish(
    directory: DataDirectory,
    parent: Release | None,
    wanted: Write,
    after: set[bytes],
    folder: Path,
) -> Release:
    """Hold the edits against the shapes, and make and serve the release that has them."""
    # Imported here: writes to open directories do without what checks and indexes take.
    from loaders.check import check_load
    from loaders.publish import publish_edits
    from loaders.validation import summarise

    made: tuple[StagedLoad, Path] | None = None
    if after:
        quads = folder / "edits.nq"
        load = _load(directory, sorted(after), quads)
        with quads.open("rb") as file:
            refusing = [each for each in check_load(load, file, parent) if each.refuses]
        if refusing:
            raise WriteRefusedError(
                422, "The data break a shape of the ontology.", "\n".join(summarise(refusing))
            )
        made = load, quads
    try:
        return publish_edits(
            directory,
            parent,
            made,
            publisher=wanted.by,
            noted=lambda release: note_write(directory, wanted, release, changed=True),
        )
    except ValidationError as error:
        raise WriteRefusedError(
            422, "The public would see what may be of a person.", str(error)
        ) from None
    except EndingsError as error:
        raise WriteRefusedError(409, "No IRI is used for two things.", str(error)) from None


def _load(directory: DataDirectory, lines: list[bytes], quads: Path) -> StagedLoad:
    """The edits as a load, with what is said of their graph; the lines are written to `quads`."""
    from loaders.nquads import write_lines
    from loaders.quads import Quad as StagedQuad
    from loaders.quads import text
    from ontology.vocab import DCT, RDF, VOID

    mint = Minter(directory.base)
    graph, provenance = mint.graph(SOURCE), mint.graph("provenance")
    described = write_lines(
        [
            StagedQuad(graph, RDF.type, VOID.Dataset, provenance),
            StagedQuad(graph, DCT.title, text(TITLE), provenance),
        ]
    )
    sha256, count = write_quads(quads, sorted([*lines, *described]))
    now = datetime.now(UTC).replace(microsecond=0).isoformat()
    return StagedLoad(
        source=SOURCE,
        title=TITLE,
        audience=Audience.PUBLIC,
        inputs=sha256,
        started=now,
        ended=now,
        sha256=sha256,
        quads=count,
        counts=Counts(),
    )


def _lines_of(parent: Release | None, directory: DataDirectory) -> set[bytes]:
    """The lines of the edits that a release holds."""
    if parent is None or SOURCE not in parent.manifest.sources:
        return set()
    ending = f" <{Minter(directory.base).graph(SOURCE)}> .\n".encode()
    with parent.staged_path(SOURCE).open("rb") as lines:
        return {line for line in lines if line.endswith(ending)}


def _as_lines(quads: Iterable[Quad]) -> set[bytes]:
    lines = set()
    for quad in quads:
        value = quad.object
        if isinstance(value, Triple) or (isinstance(value, Literal) and value.direction):
            raise WriteRefusedError(
                422,
                "Terms of RDF 1.2 are refused.",
                "Neither triple terms nor texts with a direction can be held against the shapes.",
            )
        lines.add(serialize([quad], format=RdfFormat.N_QUADS) or b"")
    return lines
