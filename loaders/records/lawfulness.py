"""Whose personal data, of which kinds, and what makes it lawful to process them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lawfulness:
    """Notations of the schemes that the fields are named after, but for the legal powers.

    `schedule_one` are ones of `schedule-1-condition`, `legal_powers` web addresses of statutes.
    What ends in `_stated` are words of the source, where they mean no notation.
    """

    data_subjects: tuple[str, ...] = ()
    data_categories: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    schedule_one: tuple[str, ...] = ()
    legal_powers: tuple[str, ...] = ()
    subjects_stated: tuple[str, ...] = ()
    categories_stated: tuple[str, ...] = ()
    bases_stated: tuple[str, ...] = ()


NOT_RECORDED = Lawfulness()
