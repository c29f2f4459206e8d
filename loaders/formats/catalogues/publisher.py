"""The publisher of a catalogue's dataset: linked where the source declares it, noted where not."""

from loaders.formats.reading.row import Row
from loaders.records import Party


def noted_publisher(row: Row, found: Party | None, column: str) -> Party | None:
    """The publisher as found; that its words mean no organisation of ours is noted."""
    if found and not found.key:
        row.note(
            "unknown-organisation",
            "The publisher is not declared as one of ours; its name is kept.",
            column,
            found.stated,
        )
    return found
