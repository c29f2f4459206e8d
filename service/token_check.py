"""What `gmkg doctor` looks at in the tokens of a data directory."""

import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from service.token_file import FILE, TokenFile, TokenFileError, TokenUseError
from service.tokens import State

SOON = timedelta(days=14)

Complaint = tuple[str, str, str]
"""A severity, a place and a sentence, as `gmkg doctor` takes them."""


def check_tokens(data: Path, now: datetime | None = None) -> Iterator[Complaint]:
    """The file of the tokens: readable, its owner's alone, and with tokens that are still good."""
    path = data / FILE
    try:
        if not path.exists():
            return
        mode = stat.S_IMODE(path.stat().st_mode)
        tokens = TokenFile(data).tokens()
    except (TokenFileError, TokenUseError, OSError) as error:
        yield (
            "fault",
            FILE,
            f"No token is taken: {error} Restore it from a backup, or remove it and make new "
            "tokens.",
        )
        return
    if mode & 0o077:
        yield (
            "fault",
            FILE,
            f"Others than its owner may read or write it (mode {mode:04o}). Run “chmod 600 "
            f"{path}”.",
        )
    now = now or datetime.now(UTC)
    good = [each for each in tokens if each.state(now) is State.VALID]
    ended = [each for each in tokens if each.state(now) is State.EXPIRED]
    for each in good:
        if each.expires - now < SOON:
            yield (
                "warning",
                FILE,
                f"The token {each.id} ({each.role}) ends on {each.expires:%d %B %Y}. Make its "
                "bearer a new one: “gmkg token create”.",
            )
    if ended and not good:
        yield (
            "warning",
            FILE,
            "All tokens have ended. Make new ones (“gmkg token create”) or, where nobody needs "
            "any, revoke these (“gmkg token revoke”).",
        )
    elif good:
        yield "fine", FILE, f"{len(good)} of {len(tokens)} tokens are good."
