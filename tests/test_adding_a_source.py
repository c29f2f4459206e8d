"""The guide to adding a source is followed word for word, with a feed served on this machine."""

import json
import re
import shlex
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode, Store

from loaders.audience import Audience
from loaders.directory import open_directory
from loaders.release import current_release
from ontology.vocab import DCT, GM, ORG, RDF, SKOS
from service.cli import main

GUIDE = (Path(__file__).parents[1] / "docs" / "adding-a-source.md").read_text()
ADDRESS = "https://feeds.exampleton.example"
SERVICES = {
    "1": {
        "id": "1",
        "name": "Swimming lessons",
        "status": "active",
        "organization": {"id": "council", "name": "Exampleton Council"},
        "service_at_locations": [
            {
                "id": "a",
                "location": {"id": "pool", "name": "Exampleton Baths", "location_type": "physical"},
            }
        ],
    },
    "2": {
        "id": "2",
        "name": "Debt advice",
        "status": "active",
        "organization": {
            "id": "advice",
            "name": "Exampleton Advice",
            "organization_identifiers": [{"identifier_scheme": "GB-CHC", "identifier": "999999"}],
        },
    },
    "3": {"id": "3", "status": "active"},  # it has no name
}


class Feed(BaseHTTPRequestHandler):
    """Two pages that list the services, and each service whole."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        key = parts.path.removeprefix("/services").strip("/")
        if key:
            self.reply(SERVICES[key])
            return
        page = int(parse_qs(parts.query)["page"][0])
        listed = [["1", "2"], ["3"]][page - 1]
        self.reply(
            {
                "total_items": 3,
                "total_pages": 2,
                "page_number": page,
                "last_page": page == 2,
                "contents": [{"id": key, "name": "listed"} for key in listed],
            }
        )

    def reply(self, document: object) -> None:
        body = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def typed(line: str) -> Result | None:
    """What a line of the guide does, typed in the folder that holds `var`."""
    program, *arguments = shlex.split(line)
    if program == "mkdir":
        Path(arguments[-1]).mkdir(parents=True)
        return None
    assert program == "gmkg"
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


@pytest.fixture(scope="module")
def followed(origin: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Result]]:
    """What the commands of the guide said, the declaration being written where it says so."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("guide"))
        patch.setenv("NO_PROXY", "127.0.0.1")
        patch.delenv("GMKG_DATA", raising=False)
        results = []
        steps = re.findall(r"^```(console|toml)\n(.*?)^```", GUIDE, re.M | re.S)
        declaration, whom = (text for kind, text in steps if kind == "toml")
        for line in [
            line.removeprefix("$ ")
            for kind, text in steps
            if kind == "console"
            for line in text.splitlines()
        ]:
            result = typed(line)
            if result is None:
                place = Path("var/sources/exampleton-services/source.toml")
                assert str(place) in GUIDE
                place.write_text(declaration.replace(ADDRESS, origin) + whom)
            else:
                results.append(result)
        yield results


def test_the_declaration_has_ten_lines_at_most_and_no_python_is_written() -> None:
    [declaration, whom] = re.findall(r"^```toml\n(.*?)^```", GUIDE, re.M | re.S)
    assert len(declaration.splitlines()) <= 10
    assert len(whom.splitlines()) == 2
    assert "```python" not in GUIDE


def test_every_command_of_the_guide_does_what_it_says(followed: list[Result]) -> None:
    assert [(result.exit_code, result.output) for result in followed if result.exit_code] == []
    tried, loaded = followed[1], followed[2]
    assert "Nothing was staged: this was a dry run." in tried.stderr
    assert "3 records read, 2 would be loaded, 1 left out; " in tried.stdout
    assert re.search(r"exampleton-services +3 +2 +1 ", loaded.stdout)
    assert "services.json, item 3, name: The cell is empty" in loaded.stderr


@pytest.fixture(scope="module")
def store(followed: list[Result]) -> Store:
    return store_for(Audience.PUBLIC)


def store_for(audience: Audience) -> Store:
    release = current_release(open_directory(Path("var")))
    assert release is not None
    return Store.read_only(str(release.store_path(audience)))


def values(store: Store, subject: str, term: str) -> set[str]:
    found = store.quads_for_pattern(NamedNode(subject), NamedNode(term), None, None)
    return {quad.object.value for quad in found if not isinstance(quad.object, type(None))}  # type: ignore[union-attr]


def test_the_feeds_services_are_published_whole(store: Store) -> None:
    base = "https://data.greatermanchester.example/"
    lessons = f"{base}id/service/exampleton-services/1"
    assert values(store, lessons, DCT.title) == {"Swimming lessons"}
    inside = store_for(Audience.INTERNAL)
    assert values(inside, lessons, GM.deliveredBy) == {f"{base}id/organisation/GB-LAE-EXA"}
    assert values(store, lessons, GM.deliveredBy) == set()  # until a source describes that body
    assert values(store, lessons, GM.atLocation) == {f"{base}id/place/exampleton-services/pool"}
    advice = f"{base}id/service/exampleton-services/2"
    [provider] = values(store, advice, GM.deliveredBy)
    assert provider == f"{base}id/organisation/GB-CHC-999999"
    assert ORG.Organization in values(store, provider, RDF.type)
    assert values(store, provider, SKOS.prefLabel) == {"Exampleton Advice"}
    assert not values(store, f"{base}id/service/exampleton-services/3", RDF.type)
