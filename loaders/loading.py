"""A load under way: rows become lines of N-Quads or issues, and everything is counted.

The rows are read once. A record is only sound if no other one that differs claims what it claims:
where rows make one claim, they are read once more, knowing which claims those are. Nor is it sound
where what is stated of one of its things breaks a shape of the ontology: then all rows are read
again without those that state the thing, until nothing fails any more.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from loaders.claims import Claims, Conflicts, Place, key_of
from loaders.errors import BoundsError, ValidationError
from loaders.formats.reading.content import Content
from loaders.formats.reading.feed import Feed
from loaders.formats.reading.row import Row
from loaders.identity import Minter
from loaders.illustrative import marked
from loaders.issue_log import IssueLog
from loaders.issues import Effect, Fault, Issue
from loaders.mappings import map_record
from loaders.nquads import line_of
from loaders.origins import fragment
from loaders.privacy import as_told
from loaders.quads import Quad
from loaders.records import Claim, Record
from loaders.row_matching import RowMatching
from loaders.row_notes import KEPT, OTHER, RowNotes, digest_of, tokens_of
from loaders.shape_faults import RULE, Failing, Remark, ShapeCheck
from loaders.sorted_lines import SortedLines
from loaders.source import Source, SourceFile
from loaders.staging import Counts
from loaders.steps import step

_NOTED = frozenset({"shared-area", "told-otherwise"})
_STRIDE = 1000

Progress = Callable[[str, int], None]
"""Told, now and then, of which file how many records have been read."""


READINGS = 20
"""So often are the rows read without those that fail a shape; then the load is refused."""


@dataclass(frozen=True, slots=True)
class Known:
    """What earlier readings of the same files found out; `conflicts` is None before the first."""

    conflicts: Conflicts | None = None
    failing: Mapping[Place, Sequence[Failing]] = field(default_factory=dict)
    readings: int = 0


class Loading:
    """One reading of a source's files: the lines made so far, what was wrong, the tally.

    `folder` holds the lines; whoever made it removes it. With `shapes`, each thing that a row
    states has a line for its origin among them.
    """

    def __init__(
        self,
        source: Source,
        mint: Minter,
        folder: Path,
        known: Known,
        progress: Progress | None = None,
        shapes: ShapeCheck | None = None,
        notes: RowNotes | RowMatching | None = None,
    ) -> None:
        self.notes = notes
        self.remarked: set[bytes] = set()
        self.lines = SortedLines(folder, f"quads-{known.readings}")
        self.issues = IssueLog()
        self.claims = Claims(folder) if known.conflicts is None else None
        self._failing = known.failing
        self._shapes = shapes
        self._source = source
        self._mint = mint
        self._feed = Feed(source.name, source.holder, source.organisations, self._is_contested)
        self._conflicts = known.conflicts or {}
        self._progress = progress
        self._records_in = 0
        self._left_out = 0
        self._loaded: dict[str, int] = {}
        self._unit = "row"
        self._sheet = ""
        self._units: dict[int, str] = {}

    def counts(self) -> Counts:
        """The tally of records and values."""
        return Counts(
            records_in=self._records_in,
            records_loaded=self._records_in - self._left_out,
            records_left_out=self._left_out,
            values_withheld=self.issues.count(Effect.WITHHELD),
        )

    @step("reading and mapping")
    def load(self, number: int, file: SourceFile, content: Content) -> None:
        """Map the records of one file, the source's file of that number.

        Raises:
            StructureError: the file is not what its format says.
        """
        table = file.format.layout.read(content)
        self._unit = self._units[number] = table.unit
        self._sheet = table.sheet
        read, left_out = 0, self._left_out
        for row in table:
            read += 1
            if isinstance(row, Row):
                self._load_row(number, file, row)
            else:
                place, fault = row
                self._leave_out(file.name, place, fault)
            if self._progress and read % _STRIDE == 0:
                self._progress(file.name, read)
        self._records_in += read
        self._loaded[file.name] = read - (self._left_out - left_out)
        for remark in table.remarks:
            self._report(file.name, None, remark, Effect.NOTED)

    def state_again(
        self, number: int, file: SourceFile, content: Content, first: int, rows: Collection[int]
    ) -> int:
        """Take in the lines of some rows of a file; of what is odd in them all is told already.

        Rows are counted from `first` on through all files; where this file ends is returned.

        Raises:
            StructureError: the file is not what its format says.
        """
        table = file.format.layout.read(content)
        self._unit, self._sheet = table.unit, table.sheet
        for row in table:
            if isinstance(row, Row):
                if first in rows:
                    records = file.format.interpret(row, self._feed)
                    self._take(Place(number, row.number), records)
                first += 1
        return first

    def check_bounds(self) -> None:
        """Make sure that no file yields fewer or more records than the source declares.

        Raises:
            BoundsError: one does, or too many records are left out.
        """
        for file in self._source.files:
            loaded = self._loaded[file.name]
            if loaded < file.minimum or (file.maximum is not None and loaded > file.maximum):
                wanted = f"at least {file.minimum}"
                if file.maximum is not None:
                    wanted += f" and at most {file.maximum}"
                raise BoundsError(
                    f"{file.name}: {loaded} records would be loaded, and there must be {wanted}.",
                    self.issues,
                )
        most = self._source.left_out_at_most
        if most is not None and self._left_out > most:
            raise BoundsError(
                f"{self._source.name}: {self._left_out} records would be left out and the source "
                f"declares at most {most}.",
                self.issues,
            )

    def _load_row(self, number: int, file: SourceFile, row: Row) -> None:
        place = Place(number, row.number)
        digest = digest_of(number, row) if self.notes is not None else b""
        if self.notes is not None and not (row.withheld or row.noted) and self.notes.knows(digest):
            return
        try:
            records = file.format.interpret(row, self._feed)
            kept: Sequence[Record] = records
            if self._conflicts:
                kept = [each for each in records if self._is_sound(place, file, row, each, records)]
            quads = [quad for record in kept for quad in self._quads_of(record)]
        except Fault as fault:
            if fault.field is None and fault.value is not None:
                fault.field = row.column_of(fault.value)
            self._leave_out(file.name, row.number, fault)
            effect = Effect.LEFT_OUT
            if self.notes is not None:
                self.notes.note(digest, OTHER)
        else:
            if self.claims is not None:
                self.claims.note(place, records)
            if self.notes is not None:
                sign = OTHER if row.withheld or row.noted else KEPT
                parts = f"{self._mint.base}.well-known/genid/"
                self.notes.note(digest, sign, tokens_of(digest, records, quads, parts))
            if place in self._failing:
                self._leave_out_failing(place, file, row)
                effect = Effect.LEFT_OUT
            else:
                self._add(quads, place)
                effect = Effect.WITHHELD
        for each in row.withheld:
            self._report(file.name, row.number, each, effect)
        for each in row.noted:
            self._report(file.name, row.number, each, Effect.NOTED)

    def _take(self, place: Place, records: Iterable[Record]) -> None:
        self._add([quad for record in records for quad in self._quads_of(record)], place)

    def _add(self, quads: Sequence[Quad], place: Place) -> None:
        self.lines.add(map(line_of, quads))
        if self._shapes is not None:
            self.lines.add(self._origins_of(quads, place))

    def _origins_of(self, quads: Iterable[Quad], place: Place) -> list[bytes]:
        """A line for each thing that the quads of a row describe: which row it comes from."""
        assert self._shapes is not None
        row = fragment(self._unit, place.row, self._sheet)
        origin = f"{self._shapes.nodes[place.file]}#{row}"
        return self._shapes.origins.lines(quads, origin)

    def _leave_out_failing(self, place: Place, file: SourceFile, row: Row) -> None:
        """Leave a row out for each shape that a thing of it breaks."""
        self._left_out += 1
        for each in self._failing[place]:
            column = row.column_of(each.text) if each.text else None
            fault = Fault(RULE, each.message, column, each.focus)
            self._report(file.name, row.number, fault, Effect.LEFT_OUT)

    def note_remarks(self, remarks: Iterable[Remark]) -> None:
        """Report what shapes remark upon in what is loaded all the same."""
        for place, focus, message in remarks:
            self.remarked.add(f"<{focus}>".encode())
            file = self._source.files[place.file if place else 0].name
            self._unit = self._units[place.file if place else 0]
            fault = Fault(RULE, message, None, focus)
            self._report(file, place.row if place else None, fault, Effect.NOTED)

    def _quads_of(self, record: Record) -> Iterable[Quad]:
        quads = map_record(record, self._mint, self._source.name)
        return marked(quads, self._mint) if self._source.illustrative else quads

    def _is_contested(self, claim: Claim) -> bool:
        contested = self._conflicts.get(key_of(claim))
        return contested is not None and contested.differ

    def _is_sound(
        self,
        place: Place,
        file: SourceFile,
        row: Row,
        record: Record,
        records: tuple[Record, ...],
    ) -> bool:
        """Whether no record that differs claims what one claims; a row's first stands for it."""
        sound = True
        for claim in record.claims():
            contested = self._conflicts.get(key_of(claim))
            if contested is None:
                continue
            if not contested.differ:
                if record is records[0] and place != (first := contested.places[0]):
                    fault = self._repetition(claim, place, first, row)
                    self._report(file.name, row.number, fault, Effect.NOTED)
                continue
            fault = self._contradiction(claim, place, contested.places, row)
            if claim.rule in _NOTED:
                self._report(file.name, row.number, fault, Effect.NOTED)
            elif record is records[0]:
                raise fault
            else:
                row.withheld.append(fault)
                sound = False
        return sound

    def _contradiction(self, claim: Claim, place: Place, places: list[Place], row: Row) -> Fault:
        """What is wrong, with the first of the other rows: there may be thousands."""
        other = next((each for each in places if each != place), place)
        told = f"{self._unit} {self._name_of(other, place)}"
        if claim.column is not None:
            return Fault(
                claim.rule,
                f"{told[0].upper()}{told[1:]} gives another {claim.subject} for the same thing, so "
                "that neither row is loaded. Keep one of them.",
                claim.column,
                claim.said,
            )
        more = len(places) - 2
        told += " too" if more < 1 else f" and {more} more too"
        return Fault(
            claim.rule,
            f"The {claim.subject} {claim.value} is claimed by {told}.",
            row.column_of(claim.value),
            claim.value,
        )

    def _repetition(self, claim: Claim, place: Place, first: Place, row: Row) -> Fault:
        """That a row says again what the first one said, as the pages of a feed may do."""
        return Fault(
            "repeated-record",
            f"{self._unit.capitalize()} {self._name_of(first, place)} already says the same of the "
            f"{claim.subject} {claim.value}.",
            row.column_of(claim.value),
            claim.value,
        )

    def _name_of(self, other: Place, place: Place) -> str:
        """How an issue at a place names another row: with its file, where that is another."""
        if other.file == place.file:
            return str(other.row)
        return f"{other.row} of {self._source.files[other.file].name}"

    def _leave_out(self, file: str, number: int, fault: Fault) -> None:
        self._left_out += 1
        self._report(file, number, fault, Effect.LEFT_OUT)

    def _report(self, file: str, number: int | None, fault: Fault, effect: Effect) -> None:
        field, value, message = as_told(fault)
        self.issues.report(
            Issue(
                source=self._source.name,
                file=file,
                row=number,
                field=field,
                value=value,
                rule=fault.rule,
                effect=effect,
                message=message,
                unit=self._unit,
            )
        )


def load_files(
    source: Source,
    mint: Minter,
    contents: Sequence[Content],
    folder: Path,
    progress: Progress | None = None,
    shapes: ShapeCheck | None = None,
    notes: RowNotes | None = None,
) -> Loading:
    """Read a source's files, in their order, into lines and issues.

    With `shapes`, what the records say is held against them, and things have origins. What each row
    states is written to `notes`; they tell of what is loaded where the outcome has them too.

    Raises:
        StructureError: a file is not what its format says.
        BoundsError: counts lie outside the declaration.
        ValidationError: what breaks a shape comes from no row, or leaving rows out does not end.
    """

    def read(known: Known) -> Loading:
        first = notes if known.conflicts is None else None
        loading = Loading(source, mint, folder, known, progress, shapes, first)
        try:
            for number, (file, content) in enumerate(zip(source.files, contents, strict=True)):
                loading.load(number, file, content)
        except BaseException:
            loading.issues.close()
            raise
        return loading

    loading = read(Known())
    known = Known(loading.claims.conflicts() if loading.claims else {}, readings=1)
    if known.conflicts:
        del loading  # its lines and issues make room for those of the second reading
        loading = read(known)
    try:
        if shapes is not None:
            loading = _without_failing(loading, known, read, shapes)
    finally:
        loading.issues.close()
    loading.check_bounds()
    return loading


def _without_failing(
    loading: Loading, known: Known, read: Callable[[Known], Loading], shapes: ShapeCheck
) -> Loading:
    """Read again without the rows that break a shape, until no more of them do."""
    failing: dict[Place, list[Failing]] = {}
    for number in range(2, READINGS + 2):
        outcome = shapes.check(loading.lines)
        if not outcome.failing:
            loading.note_remarks(shapes.remarks(loading.lines, outcome))
            return loading
        failing |= shapes.rows(loading.lines, outcome)
        loading = read(Known(known.conflicts, failing, number))
    raise ValidationError(
        f"{len(failing)} records were left out in {READINGS} readings because they break a shape, "
        "and there are still some that do."
    )
