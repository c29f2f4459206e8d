"""The conditions of a write: that a release is still served, that a graph is there or is not."""

from loaders.release import Release
from loaders.writing.write import Write, WriteRefusedError


def refuse_other_release(wanted: Write, parent: Release | None) -> None:
    """Refuse a write for a release that is served no longer.

    Raises:
        WriteRefusedError: 412.
    """
    if wanted.if_release is not None and (parent is None or parent.id != wanted.if_release):
        raise WriteRefusedError(
            412,
            "Somebody else has written meanwhile.",
            "What this write was made for is no longer what is served. Read it again, and write "
            "anew.",
        )


def refuse_other_existence(wanted: Write, exists: bool) -> None:
    """Refuse a write that is only for a graph that is there, or for one that is not.

    Raises:
        WriteRefusedError: 412.
    """
    if wanted.if_exists is not None and wanted.if_exists is not exists:
        told = "The graph is there already." if exists else "The graph is not there."
        raise WriteRefusedError(
            412, told, "The write was to be carried out only if it were not so."
        )


def refuse_missing(wanted: Write) -> WriteRefusedError:
    """The refusal of a write to a graph that has to be there and is not: 404."""
    return WriteRefusedError(
        404, "There is no such graph.", f"<{wanted.graph}> is not in the release that is served."
    )
