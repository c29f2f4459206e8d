"""What all commands of the loaders share: their options, how they end, and how they print.

stdout is data, stderr is talk. Exit status: 0 done, 1 data refused, 2 wrong use.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from loaders.errors import BoundsError, DeclarationError, DirectoryError, LoaderError, ReleaseError
from loaders.full_disk import is_full_disk, told_of_full_disk
from loaders.issue_log import IssueLog
from loaders.issues import RULES
from loaders.stopping import TerminatedError, ended_by_sigterm

_WRONG_USE = (DeclarationError, DirectoryError, ReleaseError)

data_option = click.option(
    "--data",
    envvar="GMKG_DATA",
    default="var",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The data directory.",
)
base_option = click.option(
    "--base", envvar="GMKG_BASE", help="The base of all IRIs; chosen once for a data directory."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
timings_option = click.option(
    "--timings", "timed", is_flag=True, help="Say how many seconds each step took."
)


class LoaderCommand(click.Command):
    """A command whose `LoaderError`s become one sentence and an exit status."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            with ended_by_sigterm():
                return super().invoke(ctx)
        except TerminatedError:
            click.echo("gmkg: this was told to end, and took back what it had begun.", err=True)
            raise
        except LoaderError as error:
            tell_error(error)
            sys.exit(2 if isinstance(error, _WRONG_USE) else 1)
        except BrokenPipeError:  # whoever read what was printed has read enough
            raise
        except OSError as error:
            if is_full_disk(error):
                told_so = told_of_full_disk(error, ctx.params.get("data"))
                click.echo(f"gmkg: {told_so}", err=True)
                sys.exit(1)
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"gmkg: {place}{error.strerror or error}", err=True)
            sys.exit(1)


def tell_issues(issues: IssueLog) -> None:
    """Say how often each rule was broken, and where for the first time."""
    for first, count in issues.kinds():
        rule = f"{first.rule} ({first.effect}): {RULES[first.rule]}"
        click.echo(f"{first.source}: {count} × {rule}", err=True)
        click.echo(f"    {'' if count == 1 else 'the first: '}{first}", err=True)


def print_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows in columns: words to the left, numbers to the right."""
    cells = [list(head), *([str(cell) for cell in row] for row in rows)]
    columns = range(len(head))
    widths = [max(len(row[n]) for row in cells) for n in columns]
    numeric = [bool(rows) and all(isinstance(row[n], int) for row in rows) for n in columns]
    for row in cells:
        line = "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        )
        click.echo(line.rstrip())


def tell_error(error: LoaderError) -> None:
    """Say what was refused, and first what was wrong in the records where that is why."""
    if isinstance(error, BoundsError) and error.issues is not None:
        tell_issues(error.issues)
    click.echo(f"gmkg: {error}", err=True)
