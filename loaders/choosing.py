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
from loaders.formats.reading.format import Format
from loaders.formats.reading.json_items import JsonItems
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
    absent = [] if names else [each.name for each in declared.values() if not _is_here(each)]
    if absent:
        click.echo(
            f"Left alone, for files are not here (see --file): {', '.join(absent)}.", err=True
        )
    for source in declared.values():
        if source.name in names or (everything and source.name not in absent):
            yield source


def _is_here(source: Source) -> bool:
    """Whether each of its files lies in a folder, or can be fetched."""
    return all(file.place is not None or file.url for file in source.files)


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

    Where it declares several files, those given are told apart by their names, and are its places.

    Raises:
        DeclarationError: the name cannot be a source's, or there is no such format.
    """
    check_name(name)
    source = declared.get(name)
    if source is None:
        if format_name is None:
            raise click.UsageError(f"The source {name} is not declared, so --format is needed.")
        source = Source(name, name, (SourceFile(name, find_format(format_name), None),))
    if len(source.files) > 1:
        if format_name is not None:
            raise click.UsageError(f"The source {name} declares the formats of its files.")
        files = _by_name(source, paths)
    else:
        file = replace(_given(source.files[0]), name=paths[0].name)
        if format_name is not None:
            file = replace(file, format=find_format(format_name))
        if len(paths) > 1 and not _may_be_several(file.format):
            raise click.UsageError(f"A source of the format {file.format.name} is one file.")
        files = (file,)
    chosen = Audience(audience) if audience else source.audience
    try:
        key = organisation_key(holder) if holder else source.holder
    except Fault as fault:
        raise click.UsageError(f"--holder: {fault.message}") from None
    return replace(source, files=files, audience=chosen, holder=key)


def _may_be_several(format_: Format) -> bool:
    """Whether files of the format can be read one after the other: pages, and documents of JSON."""
    return format_.paging is not None or isinstance(format_.layout, JsonItems)


def _given(file: SourceFile) -> SourceFile:
    """A file that is given by hand: not fetched, whatever the declaration says of an address."""
    return replace(file, url=None, full_records=False, construct=None)


def _by_name(source: Source, paths: Sequence[Path]) -> tuple[SourceFile, ...]:
    """The files of a source, each at the place of the given one of its name."""
    declared = ", ".join(file.name for file in source.files)
    given = {path.name: path for path in paths}
    unknown = sorted(given.keys() - {file.name for file in source.files})
    if unknown or len(given) < len(paths):
        raise click.UsageError(
            f"The source {source.name} declares several files, and each is given once, under its "
            f"name: {declared}." + (f" It has no {' and no '.join(unknown)}." if unknown else "")
        )
    files = tuple(
        replace(_given(file), place=given[file.name]) if file.name in given else file
        for file in source.files
    )
    missing = [file.name for file in files if file.place is None and not file.url]
    if missing:
        raise click.UsageError(
            f"A load replaces all that the source {source.name} said, so give its other files "
            f"with --file too: {', '.join(missing)}."
        )
    return files


def _tell(name: str, said: str) -> None:
    click.echo(f"{name}: {said}", err=True)
