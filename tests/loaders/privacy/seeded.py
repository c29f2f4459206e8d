"""All seeded leaks, and one table of them: `python -m tests.loaders.privacy.seeded`."""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.loaders.privacy import (
    seeds_in_feeds,
    seeds_in_fields,
    seeds_in_texts,
    seeds_in_workbooks,
)
from tests.loaders.privacy.line import Fate, Seed, run

SEEDS: tuple[Seed, ...] = (
    *seeds_in_texts.seeds(),
    *seeds_in_fields.seeds(),
    *seeds_in_workbooks.seeds(),
    *seeds_in_feeds.seeds(),
)
"""Every leak, those that are missed among them."""


def main() -> int:
    """Run every leak through the line, and print what becomes of it; 1 where one is missed anew."""
    fates: Counter[Fate] = Counter()
    surprises = 0
    print("| Leak | Format | What becomes of it |\n|---|---|---|")
    for seed in SEEDS:
        with tempfile.TemporaryDirectory() as folder:
            found = run(seed, Path(folder))
        fates[found.fate] += 1
        surprises += found.fate is not seed.fate
        why = f": {seed.why}" if found.fate is Fate.MISSED else ""
        print(f"| {seed.where} | `{seed.format}` | {found.fate}{why} |", flush=True)
    caught = fates.total() - fates[Fate.MISSED]
    told = ", ".join(f"{fate} {fates[fate]}" for fate in Fate if fates[fate])
    print(
        f"\nOf {fates.total()} leaks, {caught} are caught and {fates[Fate.MISSED]} missed: {told}."
    )
    return int(surprises > 0)


if __name__ == "__main__":
    sys.exit(main())
