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
from loaders.command import (
    LoaderCommand,
    base_option,
    data_option,
    json_option,
    print_table,
    tell_error,
    tell_issues,
    timings_option,
)
from loaders.directory import DataDirectory, initialise, open_directory
from loaders.errors import (
    BoundsError,
    DeclarationError,
    DirectoryError,
    FetchError,
    StructureError,
    ValidationError,
)
from loaders.formats import FORMATS
from loaders.progress import timings, told
from loaders.release_commands import forget, ledger, publish, releases, rollback
from loaders.snapshot import Opener, joined
from loaders.source import declared_sources

Command = TypeVar("Command", bound=Callable[..., None])
RDF = "rdf"
_REFUSALS = (BoundsError, FetchError, StructureError, ValidationError)


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
        tell_error(error)
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
            tell_error(error)
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
            tell_issues(loaded.issues)
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
        print_table(
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
    print_table(("source", "quads"), [[source_name, loaded.quads]])
    if dry_run:
        click.echo("Nothing was staged: this was a dry run.", err=True)


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
