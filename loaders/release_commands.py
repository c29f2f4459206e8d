"""The loaders' commands about releases: from `publish` to `rollback` and `ledger`."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from loaders.audience import Audience
from loaders.command import (
    LoaderCommand,
    base_option,
    data_option,
    json_option,
    print_table,
    timings_option,
)
from loaders.directory import open_directory
from loaders.progress import timings


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
    print_table(
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
