"""What happens to information at the end of its retention, in the words that registers have."""

from loaders.formats.reading.headings import folded

_ACTIONS = {
    "destroy": (
        *("destroy", "destruction", "destroyed", "delete", "deletion", "deleted", "shred"),
        *("secure disposal", "secure destruction", "securely destroy", "securely destroyed"),
        *("confidential destruction", "confidential waste", "secure deletion"),
    ),
    "review": ("review", "review at end of period"),
    "transfer-to-archive": (
        *("transfer to archive", "transfer to archives", "transfer to an archive", "archive"),
        *("transfer to record office",),
    ),
    "anonymise": ("anonymise", "anonymisation", "anonymised", "anonymize"),
    "keep": (
        *("keep", "permanent", "permanently", "retain permanently", "keep permanently"),
        *("permanent retention", "permanent preservation"),
    ),
}


def disposal_action(cell: str) -> str | None:
    """The notation of `disposal-action` that words mean; None where they mean none of the list."""
    said = folded(cell)
    return next((notation for notation, each in _ACTIONS.items() if said in each), None)
