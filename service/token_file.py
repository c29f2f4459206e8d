"""The file of the tokens: `tokens.json` in the data directory, which only its owner may read.

Commands write it, whole or not at all, under a lock of its own: the directory's is held for as
long as a publication takes, and a revocation must not wait for one. The service reads the file
again whenever it has become another, so that a token counts, or no more, from the next request on.
"""

import fcntl
import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from service.errors import Problem, ServiceError
from service.tokens import State, Token, mint, read_token, recognise

FILE = "tokens.json"
LOCK = "tokens.lock"
OWNER_ALONE = 0o600

Stamp = tuple[int, int, int]

log = logging.getLogger(__name__)


class TokenFileError(ServiceError):
    """The file of the tokens cannot be read, or is damaged; nothing was changed."""


class TokenUseError(ServiceError):
    """A command asks of the tokens what cannot be: no such token, or no data directory."""


class TokenFile:
    """The tokens of a data directory, as the commands see and change them."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._path = data / FILE

    def tokens(self) -> tuple[Token, ...]:
        """All tokens ever made here, in the order of their making."""
        self._check_directory()
        try:
            with self._path.open("rb") as file:
                return _read(file.read())
        except FileNotFoundError:
            return ()
        except (OSError, ValueError) as fault:
            raise TokenFileError(f"{self._path} cannot be read: {_reason(fault)}.") from fault

    def create(
        self, role: str, days: int, name: str, now: datetime | None = None
    ) -> tuple[Token, str]:
        """A new token that lasts so many days, and its text, which nothing will tell again."""
        self._check_directory()
        with self._locked():
            tokens = self.tokens()
            taken = {each.id for each in tokens}
            token, text = mint(role, days, name, now)
            while token.id in taken:
                token, text = mint(role, days, name, now)
            self._write((*tokens, token))
        return token, text

    def revoke(self, identifier: str, now: datetime | None = None) -> bool:
        """End a token for good; False where that was done before.

        Raises:
            TokenUseError: there is no token of this id.
        """
        self._check_directory()
        with self._locked():
            tokens = self.tokens()
            found = next((each for each in tokens if each.id == identifier), None)
            if found is None:
                raise TokenUseError(f"there is no token “{identifier}”; see “gmkg token list”.")
            if found.state() is State.REVOKED:
                return False
            ended = replace(found, revoked=now or datetime.now(UTC))
            self._write(tuple(ended if each is found else each for each in tokens))
        return True

    def _check_directory(self) -> None:
        if not (self._data / "directory.json").is_file():
            raise TokenUseError(f"{self._data} is no data directory yet: run “gmkg init” first.")

    @contextmanager
    def _locked(self) -> Iterator[None]:
        descriptor = os.open(self._data / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWNER_ALONE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _write(self, tokens: tuple[Token, ...]) -> None:
        """Put the file in place so that it outlasts a crash of the machine; never readable by all.

        Its name changes hands only when the bytes are on the disk.
        """
        content = json.dumps({"tokens": [each.table() for each in tokens]}, indent=1)
        partial = self._path.with_name(f".{FILE}.partial")
        partial.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        try:
            with os.fdopen(os.open(partial, flags, OWNER_ALONE), "wb") as file:
                file.write(content.encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())
            partial.replace(self._path)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        folder = os.open(self._data, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


class KnownTokens:
    """The tokens of a data directory, as a running service knows them."""

    def __init__(self, data: Path) -> None:
        self._path = data / FILE
        self._stamp: Stamp | None = None
        self._tokens: Mapping[str, Token] = {}
        self._complaint: str | None = None
        self._lock = Lock()

    def find(self, text: str, now: datetime | None = None) -> Token | None:
        """The token with this text, if it is known and valid; Problem 503 if nobody can tell."""
        return recognise(text, self._known(), now)

    def _known(self) -> Mapping[str, Token]:
        with self._lock:
            try:
                stamp = _stamp(self._path.stat())
                if stamp != self._stamp:
                    with self._path.open("rb") as file:
                        stamp = _stamp(os.fstat(file.fileno()))
                        self._tokens = {each.id: each for each in _read(file.read())}
                    self._stamp = stamp
            except FileNotFoundError:
                self._stamp, self._tokens = None, {}
            except (OSError, ValueError) as fault:
                self._refuse(_reason(fault))
            self._complaint = None
            return self._tokens

    def _refuse(self, complaint: str) -> None:
        """Problem, logged once: whom the file let in before, it may let in no more."""
        self._stamp, self._tokens = None, {}
        if complaint != self._complaint:
            self._complaint = complaint
            log.error("%s cannot be read: %s. No token is taken.", self._path, complaint)
        raise Problem(
            503,
            "Tokens cannot be checked.",
            "The fault is the service's and has been noted. Without a token, what is public is "
            "served.",
            headers={"Retry-After": "10"},
        )


def _read(content: bytes) -> tuple[Token, ...]:
    """The tokens of the file; ValueError where it is damaged."""
    try:
        table: object = json.loads(content)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    listed = table.get("tokens") if isinstance(table, dict) else None
    if not isinstance(listed, list):
        raise ValueError("it lists no “tokens”")
    return tuple(map(read_token, listed))


def _stamp(status: os.stat_result) -> Stamp:
    return status.st_mtime_ns, status.st_ino, status.st_size


def _reason(fault: Exception) -> str:
    told = fault.strerror if isinstance(fault, OSError) else None
    return str(told or fault)
