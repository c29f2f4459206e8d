"""Access tokens (RFC 6750): what one is, which audience it reads for, and how it is told.

A token is `gmkg_{id}_{secret}`. Its secret is 256 bits of chance, which nobody can try through:
so one SHA-256 is kept of it, where a password would need salt and a slow hash (decision 0014).
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

PUBLIC, PARTNER, INTERNAL = "public", "partner", "internal"
AUDIENCES: Mapping[str, str] = MappingProxyType(
    {"partner": PARTNER, "steward": INTERNAL, "administrator": INTERNAL}
)

TOKEN = re.compile(r"gmkg_([0-9a-f]{8})_[0-9a-f]{64}")
DIGEST = re.compile(r"[0-9a-f]{64}")
NOBODY = "0" * 64


class State(StrEnum):
    """Whether a token still opens anything."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token: everything but its secret. Times are in UTC."""

    id: str
    role: str
    name: str
    created: datetime
    expires: datetime
    revoked: datetime | None
    sha256: str

    @property
    def audience(self) -> str:
        """The audience that its bearer reads as."""
        return AUDIENCES[self.role]

    def state(self, now: datetime | None = None) -> State:
        """Whether it is good at a time, which is now unless another is given."""
        if self.revoked is not None:
            return State.REVOKED
        return State.VALID if (now or datetime.now(UTC)) < self.expires else State.EXPIRED

    def table(self) -> dict[str, str | None]:
        """Its JSON: times as RFC 3339 has them."""
        return {
            "id": self.id,
            "role": self.role,
            "name": self.name,
            "created": _written(self.created),
            "expires": _written(self.expires),
            "revoked": None if self.revoked is None else _written(self.revoked),
            "sha256": self.sha256,
        }


def mint(role: str, days: int, name: str, now: datetime | None = None) -> tuple[Token, str]:
    """A new token, and its text with the secret, which is kept nowhere."""
    created = (now or datetime.now(UTC)).replace(microsecond=0)
    identifier = secrets.token_hex(4)
    text = f"gmkg_{identifier}_{secrets.token_hex(32)}"
    expires = created + timedelta(days=days)
    return Token(identifier, role, name, created, expires, None, digest_of(text)), text


def digest_of(text: str) -> str:
    """What is kept of a token's text: the SHA-256 of the whole, so that its id is bound to it."""
    return hashlib.sha256(text.encode()).hexdigest()


def recognise(text: str, known: Mapping[str, Token], now: datetime | None = None) -> Token | None:
    """The valid token with this text among those known by id, found in the same time as none."""
    shaped = TOKEN.fullmatch(text)
    token = known.get(shaped[1]) if shaped is not None else None
    kept = NOBODY if token is None else token.sha256
    is_it = hmac.compare_digest(digest_of(text).encode(), kept.encode())
    if token is None or not is_it or token.state(now) is not State.VALID:
        return None
    return token


def read_token(table: object) -> Token:
    """The token that its JSON describes; ValueError where it describes none."""
    if not isinstance(table, dict):
        raise ValueError("a token is an object")
    identifier, role, name = (_text(table, member) for member in ("id", "role", "name"))
    if role not in AUDIENCES:
        raise ValueError(f"“{role}” is no role")
    digest = _text(table, "sha256")
    if not DIGEST.fullmatch(digest):
        raise ValueError("a SHA-256 has 64 hexadecimal digits")
    revoked = None if table.get("revoked") is None else _moment(table, "revoked")
    return Token(
        identifier,
        role,
        name,
        _moment(table, "created"),
        _moment(table, "expires"),
        revoked,
        digest,
    )


def _text(table: Mapping[str, object], member: str) -> str:
    value = table.get(member)
    if not isinstance(value, str):
        raise ValueError(f"“{member}” is missing")
    return value


def _moment(table: Mapping[str, object], member: str) -> datetime:
    value = datetime.fromisoformat(_text(table, member))
    if value.tzinfo is None:
        raise ValueError(f"“{member}” is a time without a zone")
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"“{member}” is no time that there is in UTC") from None


def _written(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
