"""What `gmkg doctor` says of the tokens, and how the command ends."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from loaders.directory import initialise
from loaders.publish import publish
from service.cli import main
from service.token_check import check_tokens
from service.token_file import TokenFile

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return initialise(tmp_path / "var").path


def doctor(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["doctor", "--data", str(data), *arguments])


def test_without_tokens_there_is_nothing_to_say(data: Path) -> None:
    assert list(check_tokens(data)) == []


def test_good_tokens_are_fine(data: Path) -> None:
    TokenFile(data).create("steward", 90, "", NOW)
    assert list(check_tokens(data, NOW)) == [("fine", "tokens.json", "1 of 1 tokens are good.")]


def test_a_file_that_others_may_read_is_a_fault(data: Path) -> None:
    TokenFile(data).create("steward", 90, "", NOW)
    path = data / "tokens.json"
    path.chmod(0o640)
    assert next(check_tokens(data, NOW)) == (
        "fault",
        "tokens.json",
        f"Others than its owner may read or write it (mode 0640). Run “chmod 600 {path}”.",
    )


@pytest.mark.parametrize("content", ["{", "[]", '{"tokens": [{}]}'])
def test_a_damaged_file_is_a_fault(data: Path, content: str) -> None:
    TokenFile(data).create("steward", 90, "", NOW)
    (data / "tokens.json").write_text(content)
    [(severity, place, sentence)] = check_tokens(data, NOW)
    assert (severity, place) == ("fault", "tokens.json")
    assert sentence.startswith(f"No token is taken: {data / 'tokens.json'} cannot be read: ")


def test_a_token_that_ends_soon_and_tokens_that_have_all_ended_are_warnings(data: Path) -> None:
    made, _ = TokenFile(data).create("partner", 20, "", NOW)
    [soon, _] = check_tokens(data, NOW + timedelta(days=7))
    assert soon == (
        "warning",
        "tokens.json",
        f"The token {made.id} (partner) ends on 21 June 2026. Make its bearer a new one: “gmkg "
        "token create”.",
    )
    [ended] = check_tokens(data, NOW + timedelta(days=30))
    assert ended == (
        "warning",
        "tokens.json",
        "All tokens have ended. Make new ones (“gmkg token create”) or, where nobody needs any, "
        "revoke these (“gmkg token revoke”).",
    )
    TokenFile(data).revoke(made.id, NOW)
    assert list(check_tokens(data, NOW + timedelta(days=30))) == []


def test_the_command_ends_with_1_for_warnings_2_for_faults_and_0_for_neither(data: Path) -> None:
    new = doctor(data)
    assert new.exit_code == 1
    assert new.stderr == "0 to mend now, 1 to see to\n"
    assert new.stdout.splitlines()[0] == (
        "warning There is no release yet. Run “gmkg load --all” and “gmkg publish”."
    )
    publish(initialise(data))
    for path in (data, *data.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o750 if path.is_dir() else 0o640)
    healthy = doctor(data)
    assert (healthy.exit_code, healthy.stderr) == (0, "There is nothing to do.\n")
    assert {line.split()[0] for line in healthy.stdout.splitlines()} == {"fine"}
    (data / "tokens.json").write_text("{")
    ill = doctor(data, "--json", "--deep")
    assert ill.exit_code == 2
    found = json.loads(ill.stdout)
    assert ill.stderr == ""
    assert [each["severity"] for each in found][:2] == ["fault", "fine"]
    assert set(found[0]) == {"severity", "place", "sentence"}
    assert found[0]["place"] == "tokens.json"


def test_where_there_is_no_directory_that_is_a_fault(tmp_path: Path) -> None:
    assert doctor(tmp_path / "none").exit_code == 2
