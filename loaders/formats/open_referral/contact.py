"""How a service is reached, in Open Referral UK: teams, never persons."""

import re
from collections.abc import Iterable, Iterator

from loaders.formats.reading.row import Row
from loaders.issues import Fault
from loaders.numbers import whole_number
from loaders.records import Contact
from loaders.values import Reader, team_address, telephone, words

_NOT_CALLED = frozenset({"fax", "pager", "video"})
_SHORTEST_NAME = 3


def contacts_of(item: Row) -> Iterator[Contact]:
    """The contacts of a service, or of a service at one place."""
    yield from _ways(None, item.optional("email", team_address), _numbers(item))
    for contact in item.each("contacts"):
        title = contact.optional("department", words) or contact.optional("title", words)
        person = str(contact.cells["name"]) if contact.has("name") else ""
        if person:
            contact.note(
                "contact-of-a-person",
                "The name of a contact is a person's, or may be one: it is not loaded.",
                "name",
            )
        if person and not title and contact.has("phones"):
            contact.withhold(
                "contact-of-a-person",
                "The telephone numbers are of a person, of whom no post or team is told.",
                "phones",
            )
            numbers: Iterable[str] = ()
        else:
            numbers = _numbers(contact)
        yield from _ways(title, contact.optional("email", _address_beside(person)), numbers)


def _address_beside(person: str) -> Reader[str]:
    """A reader of teams' addresses that refuses those with the name of a person in them."""
    names = [each for each in re.findall(r"\w+", person.casefold()) if len(each) >= _SHORTEST_NAME]

    def read(cell: str) -> str:
        if any(each in cell.partition("@")[0].casefold() for each in names):
            raise Fault(
                "contact-of-a-person", "The e-mail address looks like a person's; give a team's."
            )
        return team_address(cell)

    return read


def _ways(title: str | None, email: str | None, numbers: Iterable[str]) -> Iterator[Contact]:
    found = list(numbers)
    if found or email:
        yield Contact(title, found[0] if found else None, email)
    for number in found[1:]:
        yield Contact(title, number)


def _numbers(item: Row) -> Iterator[str]:
    for phone in item.each("phones"):
        kind = phone.optional("type", words)
        if kind and kind.casefold() in _NOT_CALLED:
            phone.withhold("out-of-scope", "Only numbers that people call are loaded.", "number")
            continue
        number = phone.optional("number", telephone)
        extension = phone.optional("extension", whole_number)
        if number:
            yield number if extension is None else f"{number} ext {extension}"
