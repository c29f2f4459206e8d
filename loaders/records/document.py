"""A document: a page or a file that something was read in, or that could not be had."""

from collections.abc import Iterator
from dataclasses import dataclass

from loaders.issues import Fault
from loaders.records.claim import Claim


@dataclass(frozen=True, slots=True)
class Document:
    """`page` is where it can be read or had, `stated_size` its size as the page writes it.

    `file_type` is a code of the European file type list, `format_stated` what the page calls the
    format. `is_held` says whether its bytes could be had; None: nobody has recorded it. The other
    documents are given by their keys, `about` and `generated_by` as paths (`loaders.topics`).
    """

    key: str
    title: str
    page: str | None = None
    file_type: str | None = None
    format_stated: str | None = None
    stated_size: str | None = None
    is_held: bool | None = None
    part_of: str | None = None
    version_of: str | None = None
    format_of: str | None = None
    about: tuple[str, ...] = ()
    generated_by: tuple[str, ...] = ()
    not_known: str | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        if self.key in (self.part_of, self.version_of, self.format_of):
            raise Fault(
                "self-reference",
                "The document is said to be a part, a version or a format of itself.",
                value=self.key,
            )

    def claims(self) -> Iterator[Claim]:
        """Its key."""
        yield Claim("duplicate-key", "document", self.key)
