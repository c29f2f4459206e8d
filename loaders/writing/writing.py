"""Carrying out a write: it becomes one release, whole, or is refused and changes nothing."""

from collections.abc import Callable

from loaders.directory import DataDirectory
from loaders.release import current_release, sweep
from loaders.writing.conditions import refuse_other_release
from loaders.writing.edits import plan_edits, refuse_owned, write_edits
from loaders.writing.open_writing import plan_openly, write_openly
from loaders.writing.write import Write, Written


def _nothing() -> None:
    """What is done where the caller has bound nothing."""


def write(
    directory: DataDirectory, wanted: Write, *, trusted: Callable[[], None] = _nothing
) -> Written:
    """Carry out a write, and serve the release that it makes.

    Writers wait for one another. `trusted` is called once what was sent has been parsed and
    evaluated, before anything is checked and published: until then a caller may bound memory.

    Raises:
        WriteRefusedError: with the status of HTTP that says why.
        ReleaseError: the current release cannot be used.
    """
    plan = plan_openly(wanted) if directory.is_open else plan_edits(directory, wanted)
    with directory.lock():
        sweep(directory)
        parent = current_release(directory)
        if not directory.is_open:
            refuse_owned(directory, parent, wanted)
        refuse_other_release(wanted, parent)
        carry_out = write_openly if directory.is_open else write_edits
        return carry_out(directory, parent, wanted, plan, trusted)
