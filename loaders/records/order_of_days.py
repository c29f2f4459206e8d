"""That nothing ends before it begins."""

from datetime import date

from loaders.issues import Fault


def check_order(first: date | None, last: date | None, what: str, column: str) -> None:
    """Refuse a last day before the first one. `what` names the thing, `column` the last day's.

    Raises:
        Fault: both days are known, and they are out of order.
    """
    if first and last and last < first:
        raise Fault(
            "dates-out-of-order",
            f"The {what} ends on {last}, before it begins on {first}.",
            column,
            str(last),
        )
