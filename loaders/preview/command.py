"""Previews on the command line: `gmkg load --dry-run`."""

from collections.abc import Sequence

import click

from loaders.directory import DataDirectory
from loaders.pipeline import Tried
from loaders.preview.making import SHOWN, make_preview
from loaders.preview.model import Preview
from loaders.preview.writing import told


def previewed(directory: DataDirectory, tried: Tried, in_full: bool) -> Preview:
    """The preview of one source, in full or with the first of everything."""
    return make_preview(directory, tried, None if in_full else SHOWN)


def tell_previews(previews: Sequence[Preview], in_full: bool) -> None:
    """Print previews one below the other, and say that nothing came of it."""
    for number, preview in enumerate(previews):
        if number:
            click.echo()
        for line in told(preview, in_full=in_full):
            click.echo(line)
    if previews:
        click.echo("Nothing was staged: this was a dry run.", err=True)
