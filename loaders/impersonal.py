"""Cells into words in which no person stands: texts for publication, and titles of posts."""

from loaders.honorifics import has_honorific
from loaders.issues import Fault
from loaders.privacy import has_address, has_telephone, without_contacts
from loaders.prose import words_of
from loaders.values import words

_RULE = "contact-of-a-person"


def impersonal(cell: str) -> str:
    """Text for people, without an e-mail address of a person or a mobile telephone in it."""
    said = words_of(cell)
    if without_contacts(said) != said or without_contacts(cell) != cell:
        raise Fault(
            _RULE,
            "The text has an e-mail address or a mobile telephone in it that looks like a "
            "person's; it is not shown here.",
        )
    if not any(map(str.isalnum, said)):
        raise Fault("no-words", "The text has no words in it.")
    return words(cell)


def post_title(cell: str) -> str:
    """The title of a post. Whoever holds the post is not ours to publish."""
    if "@" in cell or has_address(cell) or has_telephone(cell) or has_honorific(cell):
        raise Fault(
            _RULE,
            "A person's name, e-mail address or telephone stands where the title of a post is "
            "expected; it is not shown here.",
        )
    return impersonal(cell)
