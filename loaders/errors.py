"""What can stop a load or a publish.

    LoaderError
    ├── DeclarationError    a source is declared wrongly, or not at all   (wrong use)
    ├── DirectoryError      the data directory is missing, or not this one (wrong use)
    ├── ReleaseError        there is no such release                       (wrong use)
    ├── StructureError      a file is not what its format says             (data refused)
    ├── FetchError          a feed cannot be had from its address          (data refused)
    ├── BoundsError         counts lie outside what the source declares    (data refused)
    ├── ValidationError     staged data break a shape                      (data refused)
    ├── EndingsError        published IRIs would be lost or used twice     (data refused)
    ├── SpaceError          the disk has no room for a release             (data refused)
    └── WriteRefusedError   a write from outside (`loaders.writing.write`) (data refused)

A single faulty record is none of these: it becomes an `loaders.issues.Issue` and the load goes on.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from loaders.issue_log import IssueLog


class LoaderError(Exception):
    """Something that stops the work at hand; its text is a sentence for the person who asked."""


class DeclarationError(LoaderError):
    """A source's declaration cannot be read, or names what does not exist."""


class DirectoryError(LoaderError):
    """The data directory was never initialised, or belongs to another base."""


class ReleaseError(LoaderError):
    """The release asked for is not among those kept."""


class StructureError(LoaderError):
    """A file does not have the structure of its format, so none of it can be trusted."""

    def __init__(self, file: str, detail: str) -> None:
        super().__init__(f"{file}: {detail}")
        self.file = file
        self.detail = detail


class FetchError(LoaderError):
    """A feed cannot be had from its address, or not all of it."""

    def __init__(self, url: str, detail: str) -> None:
        super().__init__(f"{url} {detail}.")
        self.url = url
        self.detail = detail


class BoundsError(LoaderError):
    """A source yields fewer or more records than it declares, or leaves out too many.

    `issues` says what was wrong with its records.
    """

    def __init__(self, message: str, issues: "IssueLog | None" = None) -> None:
        super().__init__(message)
        self.issues = issues


class ValidationError(LoaderError):
    """Staged data break a shape of the ontology in a way that must not be published."""


class EndingsError(LoaderError):
    """Published IRIs would be lost without a reason or mean something else, or a reason is faulty.

    The text says which, and what a steward can do.
    """


class SpaceError(LoaderError):
    """The disk would likely be full before a release is made; the text has the figures."""
