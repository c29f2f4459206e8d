"""Write the illustrative world: `python -m tests.illustrative [folder] [districts]`."""

import sys
from pathlib import Path

from tests.illustrative.files import FOLDER, write

if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    districts = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    for path in write(folder, districts):
        print(path)
