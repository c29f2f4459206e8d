"""The loaders' commands, in the order of the data, from `init` to `rollback` and `ledger`.

stdout is data, stderr is talk. Exit status: 0 done, 1 data refused, 2 wrong use.
"""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TypeVar

import click

from loaders.audience import Audience
from loaders.choosing import as_opened, choose, given_source, openers_of
from loaders.directory import DataDirectory, initialise, open_directory
from loaders.errors import (
    BoundsError,
    DeclarationError,
    DirectoryError,
    FetchError,
    LoaderError,
    ReleaseError,
    StructureError,
    ValidationError,
)
from loaders.formats import FORMATS
from loaders.full_disk import is_full_disk, told_of_full_disk
from loaders.issue_log import IssueLog
from loaders.issues import RULES
from loaders.progress import timings, told
from loaders.snapshot import Opener, joined
from loaders.source import declared_sources
from loaders.stopping import TerminatedError, ended_by_sigterm

Command = TypeVar("Command", bound=Callable[..., None])
RDF = "rdf"
_WRONG_USE = (DeclarationError, DirectoryError, ReleaseError)
_REFUSALS = (BoundsError, FetchError, StructureError, ValidationError)

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
            _tell_error(error)
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


@click.command(cls=LoaderCommand)
@data_option
@base_option
@click.option(
    "--open", "is_open", is_flag=True, help="A plain store of RDF: for the public, and unchecked."
)
def init(data: Path, base: str | None, is_open: bool) -> None:
    """Make the data directory, or leave the one that is there as it is."""
    directory = initialise(data, base, is_open=is_open)
    kind = "open data directory" if directory.is_open else "data directory"
    click.echo(f"The {kind} is {directory.path}, its base {directory.base}", err=True)
    if directory.is_open:
        from loaders.open_release import begin

        begin(directory)


@click.command(cls=LoaderCommand)
@click.argument("names", metavar="[SOURCE]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Load every source whose files are here.")
@click.option(
    "--file",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Load this file, with --source and, unless the source declares it, --format. Give it once "
    "for each page of a feed, or for each file that the source declares.",
)
@click.option(
    "--format",
    "format_name",
    help=f"One of {', '.join(sorted(FORMATS))}; or {RDF}, in an open data directory.",
)
@click.option("--source", "source_name", help="The source that --file belongs to.")
@click.option(
    "--audience",
    type=click.Choice([str(each) for each in Audience]),
    help="Who may read what --file says; ourselves alone, unless the source declares otherwise.",
)
@click.option(
    "--holder",
    metavar="KEY",
    help="The organisation whose register --file is, unless the source declares it.",
)
@click.option("--dry-run", is_flag=True, help="Say what a load would do, and do nothing.")
@click.option("--in-full", is_flag=True, help="With --dry-run, tell all of it and not the first.")
@click.option(
    "--fresh", is_flag=True, help="Fetch everything again, what has not changed included."
)
@click.option(
    "--contact",
    envvar="GMKG_CONTACT",
    metavar="ADDRESS",
    help="Where those who run the servers that feeds are fetched from can reach you.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 when any record was left out.")
@timings_option
@json_option
@data_option
@base_option
def load(
    names: Sequence[str],
    everything: bool,
    files: Sequence[Path],
    format_name: str | None,
    source_name: str | None,
    audience: str | None,
    holder: str | None,
    dry_run: bool,
    in_full: bool,
    fresh: bool,
    contact: str | None,
    strict: bool,
    timed: bool,
    as_json: bool,
    data: Path,
    base: str | None,
) -> None:
    """Turn the records of sources into quads, and stage them for the next publish.

    A source that is refused does not keep the others from being loaded.
    """
    from loaders.pipeline import load_source
    from loaders.preview.command import previewed, tell_previews
    from loaders.preview.model import Preview

    if in_full and not dry_run:
        raise click.UsageError("--in-full goes with --dry-run.")
    directory = open_directory(data, base)
    if directory.is_open or format_name == RDF:
        only = not (names or everything or audience or holder)
        _load_openly(directory, files, format_name, source_name if only else None, dry_run, as_json)
        return
    faulty: dict[str, DeclarationError] = {}
    declared = declared_sources(directory.sources, refused=faulty)
    for name in (*names, *([source_name] if source_name else ())):
        if name in faulty:
            raise faulty[name]
    for error in faulty.values():
        _tell_error(error)
    if files:
        if names or everything or not source_name:
            raise click.UsageError("--file goes with --source, and with no other source.")
        source = given_source(declared, source_name, files, format_name, audience, holder)
        openers: dict[str, Opener] | None = None
        if len(source.files) == 1:
            file = source.files[0]
            openers = {file.name: joined(files, file.encoding)}
            if len(files) > 1:
                source = replace(source, files=(replace(file, encoding=None),))
        chosen = [source]
    else:
        if format_name or source_name or audience or holder:
            raise click.UsageError("--format, --source, --audience and --holder go with --file.")
        openers = None
        chosen = list(choose(declared, names, everything))
    tables: list[dict[str, object]] = []
    previews: list[Preview] = []
    refused = {name: str(error) for name, error in faulty.items()} if everything else {}
    left_out = 0
    for source in chosen:
        try:
            opened = openers or openers_of(
                source, directory, fresh=fresh, dry_run=dry_run, contact=contact
            )
            if openers is None:
                source = as_opened(source)
            with timings(enabled=timed), told(source.name, enabled=not as_json) as progress:
                loaded = load_source(
                    directory,
                    source,
                    opened,
                    dry_run=dry_run,
                    progress=progress,
                    look=lambda tried: previews.append(previewed(directory, tried, in_full)),
                )
        except _REFUSALS as error:
            _tell_error(error)
            refused[source.name] = str(error)
            continue
        left_out += loaded.load.counts.records_left_out
        table: dict[str, object] = {
            "source": source.name,
            "staged": not dry_run,
            "quads": loaded.load.quads,
            **asdict(loaded.load.counts),
        }
        if loaded.change:
            table |= asdict(loaded.change)
        if as_json:
            if dry_run:
                table["preview"] = asdict(previews[-1])
            table["issues"] = [asdict(issue) for issue in loaded.issues]
        else:
            _tell_issues(loaded.issues)
        tables.append(table)
    if as_json:
        entries = [{"source": name, "refused": sentence} for name, sentence in refused.items()]
        click.echo(json.dumps([*tables, *entries], indent=1, ensure_ascii=False))
    elif dry_run:
        tell_previews(previews, in_full)
    elif tables:
        columns = {
            "source": "source",
            "records_in": "records in",
            "records_loaded": "loaded",
            "records_left_out": "left out",
            "values_withheld": "values withheld",
            "quads": "quads",
        }
        _print_table(
            tuple(columns.values()), [[table[each] for each in columns] for table in tables]
        )
    if refused or (strict and left_out):
        sys.exit(1)


def _load_openly(
    directory: DataDirectory,
    files: Sequence[Path],
    format_name: str | None,
    source_name: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Stage files of RDF, as they are, in an open data directory."""
    from loaders.open_load import load_rdf

    if not directory.is_open:
        raise DirectoryError(
            f"the format “{RDF}” takes anything as it is, so it is for open data directories "
            f"alone, and {directory.path} is none."
        )
    if format_name != RDF or not files or source_name is None:
        raise click.UsageError(
            f"An open data directory takes RDF alone: --file F --format {RDF} --source S."
        )
    loaded = load_rdf(directory, source_name, files, dry_run=dry_run)
    table = {"source": source_name, "staged": not dry_run, "quads": loaded.quads}
    if as_json:
        click.echo(json.dumps([table], indent=1))
        return
    _print_table(("source", "quads"), [[source_name, loaded.quads]])
    if dry_run:
        click.echo("Nothing was staged: this was a dry run.", err=True)


def _tell_error(error: LoaderError) -> None:
    if isinstance(error, BoundsError) and error.issues is not None:
        _tell_issues(error.issues)
    click.echo(f"gmkg: {error}", err=True)


def _tell_issues(issues: IssueLog) -> None:
    """Say how often each rule was broken, and where for the first time."""
    for first, count in issues.kinds():
        rule = f"{first.rule} ({first.effect}): {RULES[first.rule]}"
        click.echo(f"{first.source}: {count} × {rule}", err=True)
        click.echo(f"    {'' if count == 1 else 'the first: '}{first}", err=True)


@click.command(cls=LoaderCommand)
@click.option(
    "--report",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write all results to this file: RDF (.ttl, .nt), a page (.html) or a table (.csv).",
)
@json_option
@data_option
@base_option
def check(report: Path | None, as_json: bool, data: Path, base: str | None) -> None:
    """Validate what is staged against the shapes of the ontology."""
    from loaders.check import check as check_staged
    from loaders.validation import shapes, summarise
    from loaders.validation_reports import ENDINGS, write_report

    if report and report.suffix.lower() not in ENDINGS:
        raise click.UsageError(f"A report is a file ending in {', '.join(ENDINGS)}.")
    directory = open_directory(data, base)
    if directory.is_open:
        if report:
            raise click.UsageError("An open data directory is not checked: there is no report.")
        click.echo(
            "[]" if as_json else f"{directory.path} is open: nothing is checked.", err=not as_json
        )
        return
    results = check_staged(directory).results
    for remark in shapes().remarks:
        click.echo(remark, err=True)
    if report:
        write_report(report, results, directory.base)
    if as_json:
        click.echo(json.dumps([asdict(result) for result in results], indent=1))
    else:
        for line in summarise(results):
            click.echo(line)
        refusing = sum(result.refuses for result in results)
        click.echo(
            f"{refusing} to mend before publishing, {len(results) - refusing} remarks", err=True
        )
    if any(result.refuses for result in results):
        sys.exit(1)


@click.command(cls=LoaderCommand)
@click.option(
    "--keep",
    default=10,
    show_default=True,
    type=click.IntRange(min=1),
    help="How many releases to keep.",
)
@click.option("--withdraw", metavar="SOURCE", multiple=True, help="Publish this source no longer.")
@click.option(
    "--reason",
    metavar="TEXT",
    default="",
    help="Why, in a sentence for everybody; with --withdraw.",
)
@click.option(
    "--endings",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="How IRIs ended, and why, besides what endings.csv of the data directory says.",
)
@click.option(
    "--ignore-space", is_flag=True, help="Begin even if the disk seems to have too little room."
)
@timings_option
@data_option
@base_option
def publish(
    keep: int,
    withdraw: Sequence[str],
    reason: str,
    endings: Path | None,
    ignore_space: bool,
    timed: bool,
    data: Path,
    base: str | None,
) -> None:
    """Make a release of what is staged, and serve it from now on.

    A published IRI that would no longer be described needs a reason, or nothing is published.
    """
    from loaders.publish import publish as publish_staged
    from loaders.validation import summarise

    if reason and not withdraw:
        raise click.UsageError("--reason goes with --withdraw; others stand in endings.csv.")
    directory = open_directory(data, base)
    with timings(enabled=timed):
        published = publish_staged(
            directory,
            keep=keep,
            withdraw=withdraw,
            reason=reason,
            endings=endings,
            is_room_checked=not ignore_space,
        )
    for line in summarise(published.results):
        click.echo(line, err=True)
    for remark in published.remarks:
        click.echo(remark, err=True)
    release = published.release
    if published.is_new:
        quads = {each: counts.get("quads") for each, counts in release.manifest.counts.items()}
        told = ", ".join(
            each if count is None else f"{count} quads for {each}" for each, count in quads.items()
        )
        click.echo(f"Published: {told}", err=True)
    else:
        click.echo("Nothing changed, so the current release stays.", err=True)
    click.echo(release.id)


@click.command(cls=LoaderCommand)
@json_option
@data_option
@base_option
def releases(as_json: bool, data: Path, base: str | None) -> None:
    """List the releases that are kept, the newest first."""
    from loaders.release import all_releases, current_release

    directory = open_directory(data, base)
    current = current_release(directory)
    kept = [release.manifest for release in all_releases(directory)]
    if as_json:
        tables = [
            {**asdict(each), "current": current is not None and each.id == current.id}
            for each in kept
        ]
        click.echo(json.dumps(tables, indent=1, ensure_ascii=False))
        return
    _print_table(
        ("", "release", "published", "public quads"),
        [
            (
                "*" if current is not None and each.id == current.id else "",
                each.id,
                each.published,
                each.counts[Audience.PUBLIC].get("quads", "not counted"),
            )
            for each in kept
        ],
    )


@click.command(cls=LoaderCommand)
@click.argument("release")
@click.option("--force", is_flag=True, help="Also one that other rules of what is public made.")
@data_option
@base_option
def rollback(release: str, force: bool, data: Path, base: str | None) -> None:
    """Serve an earlier RELEASE from now on. Loads that are staged stay staged."""
    from loaders.rollback import roll_back

    click.echo(roll_back(open_directory(data, base), release, force=force).id)


@click.command(cls=LoaderCommand)
@click.argument("iris", metavar="IRI...", nargs=-1, required=True)
@data_option
@base_option
def forget(iris: Sequence[str], data: Path, base: str | None) -> None:
    """Tell no more what a withdrawn IRI was called. It stays gone, and what is staged is published.

    Earlier releases still tell it: “gmkg publish --keep 1” removes them.
    """
    from loaders.publish import publish as publish_staged

    click.echo(publish_staged(open_directory(data, base), forget=iris).release.id)


@click.command(cls=LoaderCommand)
@click.option(
    "--audience",
    type=click.Choice([str(each) for each in Audience]),
    default=str(Audience.INTERNAL),
    show_default=True,
    help="Whose ledger: each has the IRIs that it was given.",
)
@json_option
@data_option
@base_option
def ledger(audience: str, as_json: bool, data: Path, base: str | None) -> None:
    """Print every IRI that was ever published, as CSV: its state, its days, and why it ended."""
    from loaders.ledger_listing import print_csv, print_json

    write = print_json if as_json else print_csv
    write(open_directory(data, base), Audience(audience), sys.stdout)


def _print_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
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


COMMANDS: tuple[click.Command, ...] = (
    init,
    load,
    check,
    publish,
    releases,
    rollback,
    forget,
    ledger,
)
