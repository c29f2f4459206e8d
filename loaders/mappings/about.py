"""Statements about one thing in one graph, of values that may not be recorded."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from loaders.identity import Minter, code_slug
from loaders.quads import Quad, boolean, day, plain, text
from loaders.records.entry import Entry
from loaders.records.lawfulness import Lawfulness
from loaders.records.remarks import Remarks
from ontology.namespaces import concept
from ontology.vocab import DCT, DPV, GM


@dataclass(frozen=True, slots=True)
class About:
    """What is stated of `subject` in `graph` (IRIs). What is None or empty is not stated."""

    subject: str
    graph: str
    mint: Minter

    def words(self, term: str, *values: str | None) -> Iterator[Quad]:
        """Texts in English."""
        for each in values:
            if each:
                yield Quad(self.subject, term, text(each), self.graph)

    def code(self, term: str, value: str | None) -> Iterator[Quad]:
        """A string in no language."""
        if value:
            yield Quad(self.subject, term, plain(value), self.graph)

    def iris(self, term: str, *values: str | None) -> Iterator[Quad]:
        """IRIs as they are."""
        for each in values:
            if each:
                yield Quad(self.subject, term, each, self.graph)

    def visible_to(self, audience: str | None) -> Iterator[Quad]:
        """The widest audience that may see it, where the record says one."""
        return self.concepts(GM.visibleTo, "audience", audience)

    def concepts(self, term: str, scheme: str, *notations: str | None) -> Iterator[Quad]:
        """Concepts of a scheme of ours, by its name and their notations there."""
        return self.iris(term, *(concept(scheme, each) for each in notations if each))

    def days(self, term: str, value: date | None) -> Iterator[Quad]:
        """A day."""
        if value:
            yield Quad(self.subject, term, day(value), self.graph)

    def flag(self, term: str, value: bool | None) -> Iterator[Quad]:
        """Yes or no, where either is recorded."""
        if value is not None:
            yield Quad(self.subject, term, boolean(value), self.graph)

    def organisations(self, term: str, keys: Iterable[str]) -> Iterator[Quad]:
        """Organisations, by their keys."""
        return self.iris(term, *map(self.mint.organisation, keys))

    def entries(self, term: str, kind: str, *entries: Entry | None) -> Iterator[Quad]:
        """Things of a kind that stand in organisations' registers."""
        return self.iris(
            term,
            *(
                self.mint.thing(kind, each.organisation, code_slug(each.ref))
                for each in entries
                if each
            ),
        )

    def paths(self, term: str, *paths: str | None) -> Iterator[Quad]:
        """Things of ours, by the paths of their IRIs."""
        return self.iris(term, *(self.mint.thing(*each.split("/")) for each in paths if each))

    def lawfulness(self, said: Lawfulness) -> Iterator[Quad]:
        """Whose data, of which kinds, and what makes it lawful to process them."""
        yield from self.concepts(
            GM.dataSubjectCategory, "data-subject-category", *said.data_subjects
        )
        yield from self.concepts(
            GM.personalDataCategory, "personal-data-category", *said.data_categories
        )
        yield from self.concepts(DPV.hasLegalBasis, "legal-basis", *said.legal_bases)
        yield from self.concepts(
            GM.scheduleOneCondition, "schedule-1-condition", *said.schedule_one
        )
        yield from self.iris(GM.legalPower, *said.legal_powers)
        yield from self.words(GM.dataSubjectAsStated, *said.subjects_stated)
        yield from self.words(GM.personalDataAsStated, *said.categories_stated)
        yield from self.words(GM.legalBasisAsStated, *said.bases_stated)

    def remarks(self, said: Remarks) -> Iterator[Quad]:
        """Who may see it, what is told of it, and where it is taken from."""
        yield from self.visible_to(said.visible_to)
        yield from self.words(GM.publicSummary, said.public_summary)
        yield from self.words(GM.internalNote, said.note)
        yield from self.iris(DCT.source, said.source)


def is_for_everybody(visible_to: str | None) -> bool:
    """Whether a record narrows nothing, so that it may describe what it names as well.

    What a restricted record says of other things stands at those, which its restriction does not
    reach: it may only refer to them.
    """
    return visible_to in (None, "public")
