"""An algorithmic tool: software that makes, or helps to make, decisions about people."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.identity import code_slug
from loaders.records.claim import Claim
from loaders.records.entry import Entry
from loaders.records.remarks import NO_REMARKS, Remarks


@dataclass(frozen=True, slots=True)
class AlgorithmicTool:
    """One tool that `organisation` (its key) operates.

    `register` is the key of the body whose register lists the tool, where that is another than
    who operates it; `operator_stated` are then the words for who does, and `organisation` may be
    unknown. The tool is known by the register, so that it stays the same once that is known.

    `status` is a notation of `system-status`. `transparency_record` is the web address of its
    record under the Algorithmic Transparency Recording Standard, `engagement` that of a page on how
    people were asked about it.
    """

    organisation: str | None
    ref: str
    title: str
    description: str | None = None
    assets: tuple[Entry, ...] = ()
    services: tuple[str, ...] = ()
    status: str | None = None
    transparency_record: str | None = None
    engagement: str | None = None
    remarks: Remarks = NO_REMARKS
    register: str | None = None
    operator_stated: str | None = None

    def __post_init__(self) -> None:
        if not (self.register or self.organisation):
            raise ValueError("a tool needs who operates it, or whose register lists it")

    @property
    def listed_by(self) -> str:
        """The key of the body whose list the tool is known by."""
        return self.register or self.organisation or ""

    def claims(self) -> Iterator[Claim]:
        """Its reference, as its IRI has it."""
        yield Claim("duplicate-key", "algorithmic tool", f"{self.listed_by}/{code_slug(self.ref)}")
