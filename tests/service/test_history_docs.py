"""The commands of `docs/history.md` do what it says."""

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live import Service, gmkg, serving

DOCUMENT = Path(__file__).parents[2] / "docs" / "history.md"
COMMANDS = [
    each.replace("\\\n", " ")
    for block in re.findall(r"```sh\n(.*?)```", DOCUMENT.read_text(), re.S)
    for each in re.findall(r"^curl (?:.*\\\n)*.*$", block, re.M)
]
EXPECTED = [
    ("application/json", '"releases": ['),
    ("application/json", '"since": "2026-01-31"'),
    ("application/atom+xml", "<feed "),
    ("application/json", '"iri": "https://data.greatermanchester.example/id/organisation/GB'),
    ("text/turtle", '"Manchester City Council"'),
    ("application/link-format", 'rel="first last memento"'),
    ("application/json", '"original_uri": '),
]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    data = tmp_path_factory.mktemp("history") / "var"
    for command in (("init",), ("load", "gm-bodies"), ("publish",)):
        gmkg(data, *command)
    with serving(data) as running:
        yield running


def test_every_command_has_an_expectation() -> None:
    assert len(COMMANDS) == len(EXPECTED)


@pytest.mark.parametrize(
    ("command", "media_type", "part"),
    [(command, *expected) for command, expected in zip(COMMANDS, EXPECTED, strict=True)],
)
def test_a_command_gives_what_the_document_says(
    service: Service, command: str, media_type: str, part: str
) -> None:
    words = shlex.split(command.replace("$ORIGIN", service.origin))
    done = subprocess.run(
        [*words, "--silent", "--write-out", "\n%{http_code} %{content_type}"],
        capture_output=True,
        text=True,
        check=True,
    )
    body, _, told = done.stdout.rpartition("\n")
    status, _, content_type = told.partition(" ")
    assert (status, content_type.partition(";")[0]) == ("200", media_type)
    assert part in body
