"""What a service costs, in Open Referral UK: in words, or by options."""

import re
from collections.abc import Iterator
from decimal import Decimal

from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.numbers import decimal_number
from loaders.records import Cost
from loaders.times import day_of

_CURRENCY = re.compile(r"[A-Z]{3}")


def costs_of(row: Row) -> Iterator[Cost]:
    """The costs of a service. An amount without a currency is words, since nobody can add it up."""
    for column in ("fees", "fees_description"):
        if told := row.prose(column):
            yield Cost(told)
    for option in row.each("cost_options"):
        amount = option.optional("amount", _amount)
        currency = option.optional("currency", _currency) or option.optional(
            "amount_currency", _currency
        )
        qualified = option.prose("amount_description")
        if amount is not None and currency is None:
            option.note(
                "missing-value",
                "The amount has no currency; it is loaded as words of the description.",
                "amount",
                f"{amount:f}",
            )
            qualified = f"{amount:f} {qualified or ''}".rstrip()
            amount = None
        told = ": ".join(filter(None, (option.prose("option"), qualified)))
        if told or amount is not None:
            valid = _validity(option)
            yield Cost(
                f"{told} {valid}".strip() or None,
                amount,
                currency if amount is not None else None,
            )


def _validity(option: Row) -> str:
    began, ended = option.optional("valid_from", day_of), option.optional("valid_to", day_of)
    said = (f"from {began}" if began else "", f"until {ended}" if ended else "")
    return f"({' '.join(filter(None, said))})" if any(said) else ""


def _amount(cell: str) -> Decimal:
    found = decimal_number(cell)
    if found < 0:
        raise Fault("bad-number", f"{cell} is below nought, and no cost is.")
    return found


def _currency(cell: str) -> str:
    found = cell.upper()
    if not _CURRENCY.fullmatch(found):
        raise Fault("bad-code", f"“{cell}” is no code of a currency (ISO 4217), such as GBP.")
    return found
