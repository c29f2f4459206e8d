"""The seeded leaks: whatever is caught stays caught, and whatever is missed is stated."""

from collections import Counter
from pathlib import Path

import pytest

from tests.loaders.privacy.line import Fate, Seed, run
from tests.loaders.privacy.seeded import SEEDS

DOCUMENT = Path(__file__).parents[3] / "docs" / "audiences.md"
CAUGHT = [seed for seed in SEEDS if seed.fate is not Fate.MISSED]
MISSED = [seed for seed in SEEDS if seed.fate is Fate.MISSED]


def _cases() -> list[object]:
    """Each leak as a case; one that is missed is expected to fail, and has to."""
    return [
        pytest.param(
            seed,
            id=seed.where,
            marks=[pytest.mark.xfail(reason=seed.why, strict=True)] if seed in MISSED else [],
        )
        for seed in SEEDS
    ]


@pytest.mark.parametrize("seed", _cases())
def test_no_leak_reaches_the_public(seed: Seed, tmp_path: Path) -> None:
    found = run(seed, tmp_path)
    assert found.public == ()
    assert found.told == ()
    assert found.fate is seed.fate


def test_fifty_leaks_are_caught_besides_what_is_never_read() -> None:
    fates = Counter(seed.fate for seed in SEEDS)
    assert sum(fates.values()) - fates[Fate.MISSED] - fates[Fate.NOT_READ] >= 100
    assert len({seed.where for seed in SEEDS}) == len(SEEDS)


@pytest.mark.parametrize("seed", MISSED, ids=lambda seed: seed.where)
def test_what_is_missed_is_stated_with_its_reason(seed: Seed) -> None:
    text = DOCUMENT.read_text()
    _, _, section = text.partition("## What the guard misses")
    assert f"| {seed.where} | {seed.why} |" in section.partition("\n## ")[0]
