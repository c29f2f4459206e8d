"""The command `gmkg`: the loaders' commands, and those that read a release or serve it.

stdout is data, stderr is talk. Exit status: 0 done, 1 data refused or a query that failed, 2 wrong
use. Modules are imported where they are used, so that `gmkg --help` is quick.
"""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from loaders.cli import COMMANDS
from loaders.command import base_option, data_option, json_option
from loaders.doctor.command import doctor_command
from service.errors import Problem, ServiceError
from service.settings import Settings, SettingsError
from service.token_check import check_tokens
from service.token_file import TokenFile, TokenUseError
from service.tokens import AUDIENCES

if TYPE_CHECKING:
    from service.representations import Representation
    from service.store import Release


MAX_NAME = 100
SHUT = 0o027  # what we write is read by its owner and its group alone


class ServiceCommand(click.Command):
    """A command whose problems become a sentence and an exit status."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (SettingsError, TokenUseError) as error:
            click.echo(f"gmkg: {error}", err=True)
            sys.exit(2)
        except Problem as problem:
            place = f"line {problem.line}, column {problem.column}: " if problem.line else ""
            click.echo(f"gmkg: {problem.title} {place}{problem.detail}", err=True)
            sys.exit(1)
        except ServiceError as error:
            click.echo(f"gmkg: {error}", err=True)
            sys.exit(1)


@click.group()
@click.version_option(package_name="gmkg", prog_name="gmkg")
def main() -> None:
    """The Greater Manchester knowledge graph: load, publish, serve and ask.

    Every option of a command is also an environment variable, --data being GMKG_DATA.
    """
    os.umask(os.umask(SHUT) | SHUT)
    try:
        Settings.from_environ(os.environ)
    except SettingsError as error:
        click.echo(f"gmkg: {error}", err=True)
        sys.exit(2)


@main.command(cls=ServiceCommand)
@data_option
@base_option
@click.option("--host", help="The address to listen at.  [default: 127.0.0.1]")
@click.option("--port", help="The port to listen at.  [default: 8000]")
@click.option("--public-url", help="Where clients reach the service, if not at host and port.")
@click.option("--query-timeout", help="How many seconds a query may take.  [default: 30]")
@click.option("--query-memory", help="How much memory a query may take.  [default: 2GiB]")
@click.option("--query-workers", help="How many queries run at once.  [default: 4 a processor]")
@click.option("--max-result-bytes", help="How long an answer may be.  [default: 256MiB]")
@click.option("--trusted-proxies", help="Whose X-Forwarded-For to believe.")
@click.option("--request-log", help="Which requests to log: off, slow or all.  [default: slow]")
@click.option(
    "--stop-timeout", help="How many seconds answers have to end at a stop.  [default: 6]"
)
@click.option("--engine", help="What holds the data.  [default: embedded]")
def serve(data: Path, **flags: str | None) -> None:
    """Serve the current release, and each later one as it is published, until Ctrl-C."""
    from service.serve import serve as serve_forever

    sys.exit(serve_forever(Settings.from_environ(os.environ, data=data, **flags)))


@main.command(cls=ServiceCommand)
@click.argument("text", metavar="QUERY")
@click.option("--format", "format_word", help="How to print the answer.  [default: csv, ttl]")
@data_option
@base_option
def query(text: str, format_word: str | None, data: Path, base: str | None) -> None:
    """Ask the current release a SPARQL QUERY: its text, a file's name, or - for stdin."""
    from service.admission import admit
    from service.query_runner import QueryJob
    from service.representations import CSV, GRAPHS, RESULTS, TTL
    from service.workers.runner import WorkerRunner

    text = _read_query(text)
    gives_graph = admit(text).form.gives_graph
    usual, offered = (TTL, GRAPHS) if gives_graph else (CSV, RESULTS)
    representation = _choose(offered, format_word or usual.name)
    settings = Settings.from_environ(os.environ, data=data, base=base)
    release = _open_release(settings)
    runner = WorkerRunner.from_settings(settings, workers=1)
    try:
        answer = runner.run_blocking(QueryJob(release, text, representation))
        _print(answer.body if answer.path is None else answer.path.read_bytes())
    finally:
        runner.stop()


@main.command(cls=ServiceCommand)
@click.argument("iri")
@click.option("--format", "format_word", default="ttl", show_default=True)
@data_option
@base_option
def describe(iri: str, format_word: str, data: Path, base: str | None) -> None:
    """Print what the current release says of an IRI."""
    from service.description import Standing, describe, document, node_of, represent, standing
    from service.representations import GRAPHS

    if node_of(iri) is None:
        raise click.BadParameter(f"{iri!r} is no absolute IRI.", param_hint="IRI")
    chosen = _choose(GRAPHS, format_word)
    release = _open_release(Settings.from_environ(os.environ, data=data, base=base))
    if standing(release, iri) is Standing.UNKNOWN:
        raise Problem(404, "Nothing is known of this.", f"No source describes <{iri}>.")
    _print(represent(document(release, describe(release, iri)), chosen))


@main.group()
def token() -> None:
    """Make, list and revoke the tokens of those who may read more than the public."""


@token.command(cls=ServiceCommand)
@click.option("--role", required=True, type=click.Choice(list(AUDIENCES)), help="Whose it is.")
@click.option(
    "--days",
    default=90,
    show_default=True,
    type=click.IntRange(1, 3650),
    help="How long it is good for.",
)
@click.option("--name", default="", metavar="WORDS", help="Words by which to know it again.")
@data_option
def create(role: str, days: int, name: str, data: Path) -> None:
    """Make a token and print it: this once, for it is kept nowhere."""
    if not name.isprintable() or len(name) > MAX_NAME:
        raise click.BadParameter(
            f"A name is one line of up to {MAX_NAME} characters.", param_hint="--name"
        )
    made, text = TokenFile(data).create(role, days, name)
    click.echo(
        f"The token {made.id} reads what {made.audience} may read, until {made.expires:%d %B %Y}. "
        "It is not shown again.",
        err=True,
    )
    click.echo(text)


@token.command("list", cls=ServiceCommand)
@json_option
@data_option
def list_tokens(as_json: bool, data: Path) -> None:
    """List the tokens that were ever made, without their secrets."""
    tokens = TokenFile(data).tokens()
    if as_json:
        tables = [
            {
                **{name: value for name, value in each.table().items() if name != "sha256"},
                "audience": each.audience,
                "state": each.state(),
            }
            for each in tokens
        ]
        click.echo(json.dumps(tables, indent=1, ensure_ascii=False))
        return
    rows = [("token", "role", "state", "created", "expires", "name")]
    rows += [
        (each.id, each.role, each.state(), f"{each.created:%F}", f"{each.expires:%F}", each.name)
        for each in tokens
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


@token.command(cls=ServiceCommand)
@click.argument("identifier", metavar="ID")
@data_option
def revoke(identifier: str, data: Path) -> None:
    """Revoke the token of this ID, from the next request on and for good."""
    ended = TokenFile(data).revoke(identifier)
    told = f"The token {identifier} is revoked." if ended else f"{identifier} was revoked before."
    click.echo(told, err=True)


def _read_query(given: str) -> str:
    """The query that is given: on stdin, in the file of that name, or as it stands."""
    try:
        text = sys.stdin.buffer.read().decode() if given == "-" else Path(given).read_text("utf-8")
    except UnicodeDecodeError:
        raise click.BadParameter(f"{given} is not UTF-8.", param_hint="QUERY") from None
    except (OSError, ValueError) as fault:  # a query makes a name that no file can have
        if given.endswith(".rq") and isinstance(fault, OSError):
            raise click.BadParameter(f"{given}: {fault.strerror}.", param_hint="QUERY") from None
        text = given
    if not text.strip():
        raise click.BadParameter("The query is empty.", param_hint="QUERY")
    return text


def _choose(offered: "Sequence[Representation]", word: str) -> "Representation":
    from service.negotiation import choose

    try:
        return choose(offered, None, word)
    except Problem as problem:
        raise click.BadParameter(problem.detail, param_hint="--format") from None


def _open_release(settings: Settings) -> "Release":
    """The current release; SettingsError where it was made for another base than is meant."""
    from service.store import open_current

    release = open_current(settings.data)
    if settings.base not in (None, release.base):
        raise SettingsError(
            "GMKG_BASE", f"is {settings.base}, but the data was made for {release.base}."
        )
    return release


def _print(body: bytes | None) -> None:
    sys.stdout.buffer.write(body or b"")
    if sys.stdout.isatty() and body and not body.endswith(b"\n"):
        sys.stdout.buffer.write(b"\n")


for command in (*COMMANDS, doctor_command(check_tokens)):
    main.add_command(command)

if __name__ == "__main__":
    main()
