"""Which sources a load is of, and what opens their files, as the command line said it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from loaders.audience import Audience
from loaders.directory import DataDirectory
from loaders.errors import DeclarationError, StructureError
from loaders.formats import find_format
from loaders.issues import Fault
from loaders.snapshot import Opener, opener_of
from loaders.source import Source, SourceFile, check_name
from loaders.values import organisation_key


def choose(declared: dict[str, Source], names: Sequence[str], everything: bool) -> Iterator[Source]:
    """The declared sources of these names, or all whose files are here or can be fetched.

    Raises:
        DeclarationError: no source has one of the names.
    """
    if everything == bool(names):
        raise click.UsageError(
            f"Name the sources to load, or say --all. There are: {', '.join(declared)}."
        )
    for name in names:
        if name not in declared:
            raise DeclarationError(
                f"no source “{name}” is declared; there are {', '.join(declared)}."
            )
    for source in declared.values():
        here = all(file.place is not None or file.url for file in source.files)
        if everything and not here:
            click.echo(f"{source.name}: left alone, its file is not here (see --file).", err=True)
        elif everything or source.name in names:
            yield source


def openers_of(
    source: Source, directory: DataDirectory, *, fresh: bool, dry_run: bool, contact: str | None
) -> dict[str, Opener]:
    """What opens each file of a source: in a folder, or by fetching it.

    A file that was fetched before is asked for only where it has changed, unless `fresh`; a
    `dry_run` keeps nothing in mind. `contact` is told to the servers that are asked.

    Raises:
        StructureError: a file is neither here nor to be fetched.
    """
    from loaders.earlier_fetch import Memory
    from loaders.fetch import fetched  # its library takes a while to import

    memory = Memory(directory, source.name, writes=not dry_run, fresh=fresh)
    openers: dict[str, Opener] = {}
    for file in source.files:
        if file.place is not None:
            openers[file.name] = opener_of(file.place)
        elif file.url:
            openers[file.name] = fetched(file, partial(_tell, source.name), memory, contact)
        else:
            raise StructureError(file.name, f"is not with the source {source.name}; use --file.")
    return openers


def as_opened(source: Source) -> Source:
    """The source with its files as their openers give them: fetched pages are in UTF-8."""
    return replace(
        source,
        files=tuple(
            replace(file, encoding=None)
            if file.place is None and file.url and file.format.paging
            else file
            for file in source.files
        ),
    )


def given_source(
    declared: dict[str, Source],
    name: str,
    paths: Sequence[Path],
    format_name: str | None,
    audience: str | None,
    holder: str | None,
) -> Source:
    """The source that files given by hand belong to, declared or not.

    Raises:
        DeclarationError: the name cannot be a source's, or there is no such format.
    """
    check_name(name)
    source = declared.get(name)
    if source is None:
        if format_name is None:
            raise click.UsageError(f"The source {name} is not declared, so --format is needed.")
        source = Source(name, name, (SourceFile(name, find_format(format_name), None),))
    elif len(source.files) > 1:
        raise click.UsageError(f"The source {name} declares several files; load it by name.")
    # What was given by hand was not fetched, whatever the declaration says of an address.
    file = replace(
        source.files[0], name=paths[0].name, url=None, full_records=False, construct=None
    )
    if format_name is not None:
        file = replace(file, format=find_format(format_name))
    if len(paths) > 1 and file.format.paging is None:
        raise click.UsageError(f"A source of the format {file.format.name} is one file.")
    chosen = Audience(audience) if audience else source.audience
    try:
        key = organisation_key(holder) if holder else source.holder
    except Fault as fault:
        raise click.UsageError(f"--holder: {fault.message}") from None
    return replace(source, files=(file,), audience=chosen, holder=key)


def _tell(name: str, said: str) -> None:
    click.echo(f"{name}: {said}", err=True)
