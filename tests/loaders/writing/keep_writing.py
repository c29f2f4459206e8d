"""Write one triple after another, until killed. Run by `test_safety`.

Arguments: the data directory, the name of the writer, the first number, how many. Each write states
a triple in the default graph and the same one in a graph of its own. A line with the number is
printed once a write is acknowledged.
"""

import sys
from pathlib import Path

from loaders.directory import open_directory
from loaders.writing.write import Action, Write
from loaders.writing.writing import write


def main() -> None:
    """Write until all is written."""
    data, name, first, count = sys.argv[1:]
    directory = open_directory(Path(data))
    print("ready", flush=True)
    for number in range(int(first), int(first) + int(count)):
        triple = f"<http://x/{name}> <http://x/wrote> {number}"
        text = f"INSERT DATA {{ {triple} . GRAPH <http://x/g> {{ {triple} }} }}"
        write(directory, Write(Action.UPDATE, name, "steward", f"{name}-{number}", text=text))
        print(number, flush=True)


if __name__ == "__main__":
    main()
