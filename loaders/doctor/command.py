"""The command `gmkg doctor`."""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

import click

from loaders.command import LoaderCommand, data_option, json_option

Complaint = tuple[str, str, str]
"""A severity, a place and a sentence, from a check that is not the loaders'."""


def doctor_command(*further: Callable[[Path], Iterable[Complaint]]) -> click.Command:
    """The command, with further checks of a data directory at a path."""

    @click.command("doctor", cls=LoaderCommand)
    @click.option("--deep", is_flag=True, help="Read the files of all releases too.")
    @json_option
    @data_option
    def doctor(deep: bool, as_json: bool, data: Path) -> None:
        """Look the data directory over, and say what to do. Nothing is changed.

        Exit status: 0 nothing to do, 1 warnings alone, 2 faults.
        """
        from loaders.doctor.examination import examine, status
        from loaders.doctor.findings import Finding, Severity

        found = examine(data, deep=deep)
        found += [
            Finding(Severity(severity), place, sentence)
            for look in further
            for severity, place, sentence in look(data)
        ]
        found.sort(key=lambda finding: [*Severity].index(finding.severity))
        if as_json:
            click.echo(json.dumps([asdict(each) for each in found], indent=1, ensure_ascii=False))
        else:
            for each in found:
                click.echo(each.told())
            click.echo(_summary([each.severity for each in found]), err=True)
        sys.exit(status(found))

    return doctor


def _summary(severities: list[str]) -> str:
    faults, warnings = severities.count("fault"), severities.count("warning")
    if not faults + warnings:
        return "There is nothing to do."
    return f"{faults} to mend now, {warnings} to see to"
