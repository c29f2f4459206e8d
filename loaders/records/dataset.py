"""A dataset: information that somebody publishes, whatever the forms in which it can be had."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from loaders.issues import Fault
from loaders.records.claim import Claim
from loaders.records.party import Party
from loaders.records.text import Text


class Box(NamedTuple):
    """A box on the ground in decimal degrees of WGS 84."""

    west: Decimal
    south: Decimal
    east: Decimal
    north: Decimal


@dataclass(frozen=True, slots=True)
class Dataset:
    """One dataset as one catalogue describes it (DCAT 3, section 6.6).

    `key` is its code in the catalogue. `licence`, `themes`, `subjects` and `conforms_to` are IRIs,
    `areas` GSS codes, `frequency` and `access` notations of the schemes `frequency` and
    `access-right`. `contact` names a team, never a person. `documentation` holds the addresses of
    documents about it. `derived_from` holds keys of datasets of the same source. `is_mention` is
    True where the source tells of something else, and of this dataset in passing.
    """

    key: str
    titles: tuple[Text, ...]
    descriptions: tuple[Text, ...] = ()
    publisher: Party | None = None
    licence: str | None = None
    licence_stated: str | None = None
    landing_page: str | None = None
    keywords: tuple[Text, ...] = ()
    themes: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    issued: date | datetime | None = None
    modified: date | datetime | None = None
    frequency: str | None = None
    areas: tuple[str, ...] = ()
    box: Box | None = None
    began: date | None = None
    ended: date | None = None
    access: str | None = None
    contact: str | None = None
    identifiers: tuple[str, ...] = ()
    conforms_to: tuple[str, ...] = ()
    version: str | None = None
    documentation: tuple[str, ...] = ()
    source: str | None = None
    derived_from: tuple[str, ...] = ()
    is_mention: bool = False

    def __post_init__(self) -> None:
        if not self.titles:
            raise Fault("missing-value", "The dataset has no title, and every dataset needs one.")

    def claims(self) -> Iterator[Claim]:
        """Its key, which no other dataset may have; mentions of it are united."""
        rule = "told-otherwise" if self.is_mention else "duplicate-key"
        yield Claim(rule, "dataset", self.key)


@dataclass(frozen=True, slots=True)
class Distribution:
    """One form in which a dataset can be had (DCAT 3, section 6.8).

    `dataset` is the dataset's key in the same source, None where the source does not say of which
    dataset it is one. `conforms_to` holds IRIs of schemas. `is_mention` is True where the source
    names it in passing, as one of a dataset that it tells of.

    `file_type` is a code of the European file type list, such as `CSV`, `media_type` one of IANA's,
    such as `text/csv`; `byte_size` counts bytes.
    """

    key: str
    dataset: str | None
    title: Text | None = None
    description: Text | None = None
    access_url: str | None = None
    download_url: str | None = None
    file_type: str | None = None
    format_stated: str | None = None
    media_type: str | None = None
    byte_size: int | None = None
    licence: str | None = None
    licence_stated: str | None = None
    issued: date | datetime | None = None
    modified: date | datetime | None = None
    conforms_to: tuple[str, ...] = ()
    is_mention: bool = False

    def __post_init__(self) -> None:
        if not (self.access_url or self.download_url):
            raise Fault("missing-value", "The distribution has no web address at all.")

    def claims(self) -> Iterator[Claim]:
        """Its key, which no other distribution may have; mentions of it are united."""
        rule = "told-otherwise" if self.is_mention else "duplicate-key"
        yield Claim(rule, "distribution", self.key)
