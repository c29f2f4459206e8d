"""What is installed from a package, apart from the checkout that it was built from."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.live import serving

pytestmark = pytest.mark.package

ROOT = Path(__file__).parents[1]
PACKAGES = ("ontology", "queries", "loaders", "service")
NEVER_INSTALLED = ("service/frontend/", "node_modules/", "__pycache__/")


@dataclass(frozen=True, slots=True)
class Installation:
    """A Python environment that holds the wheel, used from a directory of its own."""

    environment: Path
    directory: Path

    def run(self, command: str, *arguments: str) -> str:
        """What a command of the environment prints; that it fails is an error."""
        done = subprocess.run(
            [self.environment / "bin" / command, *arguments],
            cwd=self.directory,
            env={"PATH": os.environ["PATH"], "HOME": str(self.directory)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built with what this environment holds."""
    directory = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(directory), str(ROOT))
    (built,) = directory.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution of this checkout, unpacked."""
    directory = tmp_path_factory.mktemp("sdist")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "sdist"]
    subprocess.run([*build, "--directory", str(directory)], cwd=ROOT, check=True)
    (built,) = directory.glob("*.tar.gz")
    with tarfile.open(built) as archive:
        archive.extractall(directory, filter="data")
    return directory / built.name.removesuffix(".tar.gz")


@pytest.fixture(scope="module")
def installation(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The wheel in a new environment, which sees the dependencies of this one.

    A path file makes them visible without installing them once more. Path files among them are
    not followed, so that an editable installation of this checkout stays out of sight.
    """
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment, symlinks=True)
    site_packages = sysconfig.get_path("purelib", vars={"base": str(environment)})
    dependencies = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    Path(site_packages, "dependencies.pth").write_text("\n".join(sorted(dependencies)))
    pip(
        *("--python", str(environment), "install", "--no-index", "--no-deps"),
        *("--ignore-installed", str(wheel)),
    )
    return Installation(environment, tmp_path_factory.mktemp("elsewhere"))


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments]
    subprocess.run(command, check=True)


def checkout_files(root: Path = ROOT) -> set[str]:
    """The files of the checkout's packages that belong into an installation."""
    paths = (path for package in PACKAGES for path in (root / package).rglob("*"))
    names = {path.relative_to(root).as_posix() for path in paths if path.is_file()}
    return {name for name in names if not any(part in name for part in NEVER_INSTALLED)}


def wheel_files(wheel: Path) -> set[str]:
    """The files that a wheel holds, but for those that describe the wheel itself."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def test_the_wheel_holds_the_packages_of_the_checkout_and_nothing_else(wheel: Path) -> None:
    held = wheel_files(wheel)
    assert held == checkout_files()
    suffixes = {Path(name).suffix for name in held}
    assert suffixes >= {".py", ".ttl", ".rq", ".toml", ".html", ".css", ".js", ".svg"}


def test_a_data_file_that_stays_behind_is_noticed(wheel: Path, tmp_path: Path) -> None:
    poorer = tmp_path / wheel.name
    with zipfile.ZipFile(wheel) as whole, zipfile.ZipFile(poorer, "w") as archive:
        for name in whole.namelist():
            if name != "ontology/gm.ttl":
                archive.writestr(name, whole.read(name))
    assert checkout_files() - wheel_files(poorer) == {"ontology/gm.ttl"}


def test_the_wheel_holds_every_asset_of_its_manifest_and_the_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        manifest = json.loads(archive.read("service/static/dist/manifest.json"))
        names = archive.namelist()
    assert {f"service/static/dist/{name}" for name in manifest.values()} <= set(names)
    assert "service/static/dist/THIRD-PARTY-LICENCES.txt" in names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_the_installed_packages_are_those_of_the_wheel(installation: Installation) -> None:
    script = f"import {', '.join(PACKAGES)}\nfor m in ({', '.join(PACKAGES)}): print(m.__file__)"
    places = installation.run("python", "-c", script).splitlines()
    assert len(places) == len(PACKAGES)
    assert all(place.startswith(str(installation.environment)) for place in places)


def test_the_installed_frame_and_assets_are_served(installation: Installation) -> None:
    script = """
from flask import Flask, render_template
from service.assets import Assets, add_assets

assets = Assets.read()
app = Flask("service", static_folder=None)
add_assets(app, assets)
with app.test_request_context():
    print(assets.url("site.css") in render_template("base.html", title="Bodies"))
print(*(app.test_client().get(assets.url(name)).status_code for name in assets.names))
"""
    found, statuses = installation.run("python", "-c", script).splitlines()
    assert found == "True"
    assert set(statuses.split()) == {"200"}


def test_the_installed_command_loads_publishes_and_serves_a_page(
    installation: Installation,
) -> None:
    assert "publish" in installation.run("gmkg", "--help")
    for command in (("init",), ("load", "--all"), ("publish",)):
        installation.run("gmkg", *command)
    data = installation.directory / "var"
    gmkg = (str(installation.environment / "bin" / "gmkg"),)
    with serving(data, command=gmkg, cwd=installation.directory) as service:
        page = service.get("/id/organisation/GB-LAE-MAN", "text/html")
        assert page.status == 200
        assert "Manchester City Council" in page.text
        (style,) = re.findall(r'href="(/static/dist/site-[^"]+\.css)"', page.text)
        assert service.get(style).status == 200


def test_the_source_distribution_is_built_without_node(sdist: Path) -> None:
    hook = sdist / "service" / "frontend" / "build_assets.py"
    done = subprocess.run(
        [sys.executable, hook], env={"PATH": ""}, capture_output=True, text=True, check=True
    )
    assert done.stderr == "The web assets are up to date.\n"
    assert not list(sdist.rglob("node_modules"))
