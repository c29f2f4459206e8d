"""`gmkg token`: the secret once on stdout, talk on stderr, 2 means wrong use."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli import main
from service.token_file import KnownTokens
from service.tokens import AUDIENCES, TOKEN


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "directory.json").write_text("{}")
    return tmp_path


def run(data: Path, command: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["token", command, "--data", str(data), *arguments])


@pytest.mark.parametrize("role", AUDIENCES)
def test_the_secret_stands_alone_on_stdout_and_opens(data: Path, role: str) -> None:
    result = run(data, "create", "--role", role)
    assert result.exit_code == 0
    text = result.stdout.removesuffix("\n")
    assert TOKEN.fullmatch(text)
    assert text not in result.stderr
    found = KnownTokens(data).find(text)
    assert found is not None
    assert (found.role, found.expires - found.created) == (role, timedelta(days=90))


def test_a_token_lasts_as_long_as_it_is_told_to_and_keeps_its_name(data: Path) -> None:
    begun = datetime.now(UTC) - timedelta(seconds=1)
    text = run(data, "create", "--role", "partner", "--days", "7", "--name", "The é team").stdout
    found = KnownTokens(data).find(text.strip())
    assert found is not None
    assert begun + timedelta(days=7) <= found.expires <= datetime.now(UTC) + timedelta(days=7)
    assert found.name == "The é team"


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--role", "public"),
        ("--role", "owner"),
        ("--role", "partner", "--days", "0"),
        ("--role", "partner", "--days", "-1"),
        ("--role", "partner", "--days", "99999999999"),
        ("--role", "partner", "--days", "x"),
        ("--role", "partner", "--name", "two\nlines"),
        ("--role", "partner", "--name", "\x1b[31mred"),
        ("--role", "partner", "--name", "x" * 101),
    ],
)
def test_wrong_use_makes_no_token(data: Path, arguments: tuple[str, ...]) -> None:
    result = run(data, "create", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert not (data / "tokens.json").exists()


def test_tokens_are_listed_for_people_and_for_programs_without_secret_or_hash(data: Path) -> None:
    texts = [
        run(data, "create", "--role", role, "--name", name).stdout.strip()
        for role, name in (("partner", "One"), ("steward", ""))
    ]
    ids = [text.split("_")[1] for text in texts]
    assert run(data, "revoke", ids[1]).exit_code == 0
    listed = run(data, "list")
    head, *rows = [line.split() for line in listed.stdout.splitlines()]
    assert head == ["token", "role", "state", "created", "expires", "name"]
    assert [(row[0], row[1], row[2]) for row in rows] == [
        (ids[0], "partner", "valid"),
        (ids[1], "steward", "revoked"),
    ]
    told = run(data, "list", "--json").stdout
    tables = json.loads(told)
    assert [(each["id"], each["audience"], each["state"], each["name"]) for each in tables] == [
        (ids[0], "partner", "valid", "One"),
        (ids[1], "internal", "revoked", ""),
    ]
    for text in texts:
        assert text.split("_")[2] not in listed.stdout + told
    kept = [each["sha256"] for each in json.loads((data / "tokens.json").read_text())["tokens"]]
    assert not any(each in listed.stdout + told for each in kept)


def test_without_tokens_the_list_is_empty(data: Path) -> None:
    assert json.loads(run(data, "list", "--json").stdout) == []
    assert len(run(data, "list").stdout.splitlines()) == 1


def test_a_token_is_revoked_for_good_and_a_second_time_is_no_fault(data: Path) -> None:
    text = run(data, "create", "--role", "partner").stdout.strip()
    for _ in range(2):
        result = run(data, "revoke", text.split("_")[1])
        assert (result.exit_code, result.stdout) == (0, "")
    assert KnownTokens(data).find(text) is None


def test_a_token_that_is_not_there_is_wrong_use(data: Path) -> None:
    result = run(data, "revoke", "00000000")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no token “00000000”" in result.stderr


@pytest.mark.parametrize(
    "command", [("create", "--role", "partner"), ("list",), ("revoke", "00000000")]
)
def test_what_is_no_data_directory_is_wrong_use(tmp_path: Path, command: tuple[str, ...]) -> None:
    result = run(tmp_path, *command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "run “gmkg init” first" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_refused_data(data: Path) -> None:
    (data / "tokens.json").write_text("{")
    for command in (("create", "--role", "partner"), ("list",), ("revoke", "00000000")):
        result = run(data, *command)
        assert (result.exit_code, result.stdout) == (1, "")
        assert "cannot be read" in result.stderr
    assert (data / "tokens.json").read_text() == "{"
