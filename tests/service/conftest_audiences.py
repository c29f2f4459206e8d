"""A release in which each audience sees more than the one before, and tokens of every state."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad, Store

from ontology.vocab import DCT, GM, RDF
from service.app import create_app
from service.settings import Settings
from service.token_file import TokenFile
from service.tokens import AUDIENCES
from tests.service.conftest import ASSETS, BASE, city, publish, with_union
from tests.service.in_process_runner import InProcessRunner

RELEASE = "20250102T030405Z-00000001"
SECRET_WORDS = {"partner": "Kept for partners", "internal": "Kept for ourselves"}
ORDER = ("public", "partner", "internal")


def asset(audience: str) -> str:
    """The key of the information asset that an audience, and no wider one, is told of."""
    return f"information-asset/GM-x/{audience.upper()}"


def kept_for(audience: str) -> list[Quad]:
    """What the graph of an audience says of its asset, and of a body that everybody knows."""
    graph = NamedNode(f"{BASE}graph/{audience}")
    subject = NamedNode(f"{BASE}id/{asset(audience)}")
    council = NamedNode(f"{BASE}id/organisation/GB-LAE-MAN")
    words = Literal(SECRET_WORDS[audience], language="en")
    return [
        Quad(subject, NamedNode(RDF.type), NamedNode(GM.InformationAsset), graph),
        Quad(subject, NamedNode(DCT.title), words, graph),
        Quad(subject, NamedNode(GM.heldBy), council, graph),
    ]


def views() -> dict[str, list[Quad]]:
    """What each audience sees."""
    public = city()
    partner = public + kept_for("partner")
    return {"public": public, "partner": partner, "internal": partner + kept_for("internal")}


def publish_for_all(data: Path, release_id: str, seen: Mapping[str, list[Quad]]) -> Path:
    """A finished release with a store for each audience, made the current one."""
    release = data / "releases" / release_id
    for audience in ORDER[1:]:
        (release / audience).mkdir(parents=True)
        store = Store(str(release / audience / "store"))
        store.bulk_extend(with_union(seen[audience]))
        store.flush()
        del store
    publish(data, release_id, seen["public"])
    manifest = json.loads((release / "manifest.json").read_text())
    for audience in ORDER[1:]:
        manifest["counts"][audience] = {"quads": len(seen[audience]), "graphs": {}}
    (release / "manifest.json").write_text(json.dumps(manifest))
    return release


def make_tokens(data: Path) -> dict[str, str]:
    """The texts of a token of each role, and of one that expired and one that was revoked."""
    (data / "directory.json").write_text(json.dumps({"base": BASE}))
    file = TokenFile(data)
    texts = {role: file.create(role, 1, f"a {role}")[1] for role in AUDIENCES}
    long_ago = datetime.now(UTC) - timedelta(days=2)
    texts["expired"] = file.create("administrator", 1, "", long_ago)[1]
    revoked, texts["revoked"] = file.create("administrator", 1, "")
    file.revoke(revoked.id)
    texts["unknown"] = f"gmkg_00000000_{'0' * 64}"
    texts["altered"] = texts["steward"][:-1] + ("0" if texts["steward"][-1] != "0" else "1")
    return texts


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a store for each audience."""
    path = tmp_path_factory.mktemp("audiences")
    publish_for_all(path, RELEASE, views())
    return path


@pytest.fixture(scope="module")
def tokens(kept: Path) -> dict[str, str]:
    """The tokens of that directory, by role or by what is wrong with them."""
    return make_tokens(kept)


@pytest.fixture
def client(kept: Path, runner: InProcessRunner) -> FlaskClient:
    """A client of the application that serves it, without cookies yet."""
    return create_app(Settings(data=kept), runner, ASSETS).test_client()


def bearer(token: str) -> dict[str, str]:
    """The field that sends a token."""
    return {"Authorization": f"Bearer {token}"}
