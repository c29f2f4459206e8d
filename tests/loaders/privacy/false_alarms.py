"""What the privacy guard does to publishers' real files.

`python -m tests.loaders.privacy.false_alarms` prints one table: for each file in which the guard
does anything, how many texts and values it held back or took a part out of, and how many findings
the last look would have, by kind, were all of it public. The files lie beside this repository, or
where the argument says.
"""

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from loaders.audience import Audience
from loaders.directory import initialise
from loaders.errors import LoaderError
from loaders.leaks import find_leaks
from loaders.pipeline import load_source
from loaders.source import declared_sources
from loaders.staging import open_staged
from tests.coverage import DATA, FILES, opener_of_place, source_of
from tests.coverage_files.real_file import RealFile

_RULE = "contact-of-a-person"


@dataclass(frozen=True, slots=True)
class Alarms:
    """What the guard did to one file: by effect what loading held back, by kind what it found.

    `texts` counts the literals that were loaded. `samples` are lines with findings.
    """

    place: str
    held_back: Counter[str]
    findings: Counter[str]
    texts: int
    samples: tuple[tuple[str, bytes], ...]


def alarms(file: RealFile, data: Path) -> Alarms | None:
    """What the guard does to a file, loaded as if all were public; None where it is refused."""
    source = replace(
        source_of(file, declared_sources()), name="real-file", audience=Audience.PUBLIC
    )
    with tempfile.TemporaryDirectory() as folder:
        directory = initialise(Path(folder) / "var")
        try:
            opened = {source.files[0].name: opener_of_place(data / file.place)}
            loaded = load_source(directory, source, opened)
        except LoaderError:
            return None
        held_back = Counter(each.effect.value for each in loaded.issues if each.rule == _RULE)
        with open_staged(directory, loaded.load) as lines:
            stated = [line for line in lines if b"/graph/real-file>" in line[-80:]]
        found = list(find_leaks(stated, directory.base))
        texts = sum(1 for line in stated if re.search(rb'> "', line))
        return Alarms(
            file.place,
            held_back,
            Counter(each.kind for each in found),
            texts,
            tuple((each.kind, each.line) for each in found),
        )


def table(data: Path) -> Iterator[Alarms]:
    """What the guard does to each real file that loads, one after the other."""
    for file in FILES:
        if (data / file.place).is_file() and (found := alarms(file, data)):
            yield found


def main(arguments: list[str]) -> int:
    """Print the table, and with `--samples` every line with a finding; 1 without the files."""
    folders = [each for each in arguments if not each.startswith("--")]
    data = Path(folders[0]) if folders else DATA
    if not data.is_dir():
        print(f"{data} is not there: give the folder of the publishers' files.", file=sys.stderr)
        return 1
    print("| File | Texts | Held back on loading | Found by the last look |\n|---|---|---|---|")
    texts, held, findings = 0, Counter[str](), Counter[str]()
    for each in table(data):
        texts += each.texts
        held += each.held_back
        findings += each.findings
        if each.held_back or each.findings:
            cells = (f"`{each.place}`", f"{each.texts:,}", _told(each.held_back))
            print(f"| {' | '.join((*cells, _told(each.findings)))} |", flush=True)
        if "--samples" in arguments:
            for kind, line in each.samples:
                print(f"  {kind}: {line.decode().strip()}", file=sys.stderr)
    print(f"| All | {texts:,} | {_told(held)} | {_told(findings)} |")
    return 0


def _told(counts: Counter[str]) -> str:
    return "; ".join(f"{kind} {count:,}" for kind, count in sorted(counts.items())) or "none"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
