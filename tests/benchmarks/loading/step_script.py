"""A command of ours, run as it always is, with the times of its steps written to a file.

python -m tests.benchmarks.loading.step_script STEPS.json load --file …
"""

import json
import sys
from pathlib import Path

from loaders.steps import Step, listening
from service.cli import main


def read_steps(path: Path) -> list[Step]:
    """The steps in a file that a run has written, in the order in which they ended."""
    return [
        Step(each["name"], each["began"], each["ended"], tuple(each["within"]))
        for each in json.loads(path.read_text())
    ]


def _run(written: Path, arguments: list[str]) -> None:
    with listening() as steps:
        main(arguments, standalone_mode=False)
    table = [
        {"name": each.name, "began": each.began, "ended": each.ended, "within": each.within}
        for each in steps.taken
    ]
    written.write_text(json.dumps(table))


if __name__ == "__main__":
    _run(Path(sys.argv[1]), sys.argv[2:])
