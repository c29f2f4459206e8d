"""Tokens: what opens what, for how long, and that nothing kept can be turned into a secret."""

import hashlib
import json
import os
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from service.errors import Problem
from service.token_file import FILE, KnownTokens, TokenFile, TokenFileError, TokenUseError
from service.tokens import State, digest_of, mint, read_token, recognise

EXTREME = json.dumps(
    {
        "tokens": [
            {
                "id": "00000000",
                "role": "partner",
                "name": "",
                "created": "2026-03-01T12:00:00Z",
                "expires": "9999-12-31T23:59:59-14:00",
                "revoked": None,
                "sha256": "0" * 64,
            }
        ]
    }
).encode()
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "directory.json").write_text("{}")
    return tmp_path


def test_a_token_is_its_id_and_256_bits_of_chance() -> None:
    made = [mint("partner", 1, "")[1] for _ in range(50)]
    assert len({text.split("_")[2] for text in made}) == 50
    for text in made:
        prefix, identifier, secret = text.split("_")
        assert (prefix, len(identifier), len(bytes.fromhex(secret))) == ("gmkg", 8, 32)


@pytest.mark.parametrize(
    ("role", "audience"),
    [("partner", "partner"), ("steward", "internal"), ("administrator", "internal")],
)
def test_a_role_reads_as_its_audience(role: str, audience: str) -> None:
    assert mint(role, 1, "")[0].audience == audience


def test_a_token_is_good_until_it_expires_and_not_at_that_moment() -> None:
    token, text = mint("partner", 2, "", NOW)
    known = {token.id: token}
    end = NOW + timedelta(days=2)
    assert token.expires == end
    assert recognise(text, known, end - timedelta(seconds=1)) is token
    assert recognise(text, known, end) is None
    assert token.state(end) is State.EXPIRED


@pytest.mark.parametrize("change", ["secret", "id", "case", "end", "start", "empty"])
def test_a_text_that_differs_is_no_token(change: str) -> None:
    token, text = mint("partner", 2, "", NOW)
    other, other_text = mint("steward", 2, "", NOW)
    texts = {
        "secret": text[:-1] + ("0" if text[-1] != "0" else "1"),
        "id": text.replace(token.id, other.id),
        "case": text.upper(),
        "end": text + "0",
        "start": " " + text,
        "empty": "",
    }
    known = {token.id: token, other.id: other}
    assert recognise(other_text, known, NOW) is other
    assert recognise(texts[change], known, NOW) is None


def test_what_is_kept_is_read_again_as_it_was() -> None:
    token, _ = mint("steward", 30, "Datenpflege – é", NOW)
    assert read_token(json.loads(json.dumps(token.table()))) == token


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("role", "owner"),
        ("role", None),
        ("expires", "soon"),
        ("expires", "2026-03-01T12:00:00"),
        ("sha256", ""),
        ("sha256", "x" * 64),
        ("id", 7),
        ("revoked", "yes"),
        ("expires", "9999-12-31T23:59:59-14:00"),
        ("created", "0001-01-01T00:00:00+14:00"),
    ],
)
def test_a_damaged_entry_is_no_token(member: str, value: object) -> None:
    table = {**mint("steward", 30, "", NOW)[0].table(), member: value}
    with pytest.raises(ValueError, match=r"missing|no role|isoformat|a zone|64 hexadecimal|in UTC"):
        read_token(table)


def test_the_secret_is_in_no_file_and_its_hash_in_one_that_the_owner_alone_may_read(
    data: Path,
) -> None:
    earlier = os.umask(0)
    try:
        token, text = TokenFile(data).create("partner", 90, "a partner")
        TokenFile(data).create("steward", 90, "a second")
    finally:
        os.umask(earlier)
    secret = text.rpartition("_")[2].encode()
    everything = [path.read_bytes() for path in data.rglob("*") if path.is_file()]
    assert not any(
        secret in content or bytes.fromhex(secret.decode()) in content for content in everything
    )
    (listed, _) = json.loads((data / FILE).read_text())["tokens"]
    assert listed["sha256"] == hashlib.sha256(text.encode()).hexdigest() == digest_of(text)
    assert listed["id"] == token.id
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in data.glob("tokens*")}
    assert modes == {"tokens.json": 0o600, "tokens.lock": 0o600}
    assert not list(data.glob(".*partial"))


def test_tokens_that_are_made_at_once_are_all_kept(data: Path) -> None:
    made: list[str] = []

    def create() -> None:
        for _ in range(5):
            made.append(TokenFile(data).create("partner", 1, "")[1])

    makers = [threading.Thread(target=create) for _ in range(6)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert len(TokenFile(data).tokens()) == 30
    known = KnownTokens(data)
    assert all(known.find(text) is not None for text in made)


def test_a_running_service_sees_what_changes(data: Path) -> None:
    known = KnownTokens(data)
    assert known.find(mint("partner", 1, "")[1]) is None
    token, text = TokenFile(data).create("partner", 1, "")
    found = known.find(text)
    assert found is not None
    assert (found.id, found.audience) == (token.id, "partner")
    assert TokenFile(data).revoke(token.id) is True
    assert known.find(text) is None
    assert TokenFile(data).revoke(token.id) is False
    (kept,) = TokenFile(data).tokens()
    assert kept.state() is State.REVOKED
    (data / FILE).unlink()
    assert known.find(text) is None


def test_an_unchanged_file_is_read_once(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, text = TokenFile(data).create("partner", 1, "")
    known = KnownTokens(data)
    assert known.find(text) is not None
    monkeypatch.setattr("service.token_file._read", None)
    assert known.find(text) is not None


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"tokens": [{}]}', b"\xff", b"null", EXTREME, b"[" * 100_000]
)
def test_a_damaged_file_lets_nobody_in_changes_nothing_and_is_logged_once(
    data: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    _, text = TokenFile(data).create("administrator", 1, "")
    known = KnownTokens(data)
    assert known.find(text) is not None
    (data / FILE).write_bytes(content)
    for _ in range(3):
        with pytest.raises(Problem) as refused:
            known.find(text)
        assert refused.value.status == 503
        assert str(data) not in refused.value.detail
    assert len(caplog.messages) == 1
    for change in (
        lambda: TokenFile(data).create("partner", 1, ""),
        lambda: TokenFile(data).revoke("00000000"),
        lambda: TokenFile(data).tokens(),
    ):
        with pytest.raises(TokenFileError):
            change()
    assert (data / FILE).read_bytes() == content


def test_a_token_that_is_not_there_and_a_directory_that_is_none_are_wrong_use(
    data: Path, tmp_path: Path
) -> None:
    with pytest.raises(TokenUseError, match="no token “00000000”"):
        TokenFile(data).revoke("00000000")
    with pytest.raises(TokenUseError, match="gmkg init"):
        TokenFile(tmp_path / "elsewhere").create("partner", 1, "")


def test_a_write_that_fails_leaves_the_file_as_it_was(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, text = TokenFile(data).create("partner", 1, "")
    before = (data / FILE).read_bytes()

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("service.token_file.os.fsync", fail)
        with pytest.raises(OSError, match="No space"):
            TokenFile(data).create("partner", 1, "")
    assert (data / FILE).read_bytes() == before
    assert not list(data.glob(".*partial"))
    assert KnownTokens(data).find(text) is not None
