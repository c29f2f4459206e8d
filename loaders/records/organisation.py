"""An organisation: a body that acts, which is never the area that it acts for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from loaders.issues import Fault
from loaders.records.claim import Claim


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation as one source describes it.

    `key` is its code in org-id form; `organisation_type` a notation of the scheme
    `organisation-type`, None where the source tells no type; `administers` the GSS codes of the
    areas that it governs. `is_mention` is True where the source tells of something else, such as a
    service, and of the organisation in passing; `known_as` is then what the source itself calls a
    body whose key is a register's code. `status` is a notation of the scheme `organisation-status`;
    `part_of` are the keys of the organisations that it is a part of and that answer for it;
    `welsh_names` are what it is called in Welsh, where the source says that they are Welsh.
    """

    key: str
    name: str
    organisation_type: str | None = None
    other_names: tuple[str, ...] = ()
    homepage: str | None = None
    founded: date | None = None
    dissolved: date | None = None
    administers: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    source: str | None = None
    description: str | None = None
    is_mention: bool = False
    known_as: str | None = None
    status: str | None = None
    part_of: tuple[str, ...] = ()
    welsh_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.founded and self.dissolved and self.dissolved < self.founded:
            raise Fault(
                "dates-out-of-order",
                f"The body ends on {self.dissolved}, before it begins on {self.founded}.",
                value=str(self.dissolved),
            )
        if self.key in self.replaced_by:
            raise Fault(
                "self-reference",
                "The body is said to be replaced by itself.",
                "replaced-by",
                self.key,
            )
        if self.key in self.part_of:
            raise Fault(
                "self-reference", "The body is said to be part of itself.", "part-of", self.key
            )

    def claims(self) -> Iterator[Claim]:
        """Its key, which no other record may have, and its areas, which few others should.

        Many services have one provider: a mention claims its name alone and, for what the source
        calls it, the register's code.
        """
        if self.is_mention:
            yield Claim("told-otherwise", "organisation", self.key, self.name)
            if self.known_as:
                yield self.code_claim(self.key, self.known_as)
            return
        yield Claim("duplicate-key", "organisation", self.key)
        for code in self.administers:
            yield Claim("shared-area", "area", code, self.key)

    @staticmethod
    def code_claim(key: str, known_as: str) -> Claim:
        """The claim that a key made of a register's code is that of one body of the source."""
        return Claim("shared-identifier", "provider", key, known_as)
