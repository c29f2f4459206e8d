"""Load and publish one version after the other, until killed. Run by `test_kill`.

Arguments: the data directory, the first version. A line is printed before each load and after each
publish that was done.
"""

import sys
from itertools import count
from pathlib import Path

from loaders.directory import open_directory
from loaders.publish import publish
from tests.loaders.publishing import a_source, load, version_rows


def main() -> None:
    """Load and publish for ever."""
    directory = open_directory(Path(sys.argv[1]))
    for version in count(int(sys.argv[2])):
        print(f"loading {version}", flush=True)
        load(directory, a_source(), *version_rows(version))
        publish(directory, keep=3)
        print(f"published {version}", flush=True)


if __name__ == "__main__":
    main()
