"""Secrets of staff and partners, looked for through every door that the public has."""

import json
import re
import urllib.error
import urllib.request
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pytest

from tests.leaking import ORGANISATION, WORD, Secret, write
from tests.live import Service, gmkg, serving

BASE = "https://data.greatermanchester.example/"
LINK = re.compile(r'(?:href|src|action)="([^"#]+)')
ONTOLOGY = ("/def/", "/static/")  # the same for everybody, and thousands of links
MOST_PAGES = 12_000
FORMATS = ("html", "ttl", "nt", "rdf", "jsonld", "nq", "trig")
RESULTS = ("json", "xml", "csv", "tsv")
QUERIES = (
    "SELECT * { ?s ?p ?o }",
    "SELECT * { GRAPH ?g { ?s ?p ?o } }",
    f"SELECT * FROM <{BASE}graph/leak> {{ ?s ?p ?o }}",
    f"SELECT * FROM NAMED <{BASE}graph/leak-staff> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    f"SELECT * FROM <{BASE}graph/leak-staff> {{ ?s ?p ?o }}",
    f"DESCRIBE <{BASE}id/information-asset/{ORGANISATION}/A-1>",
    f"DESCRIBE <{BASE}id/system/{ORGANISATION}/S-1>",
    "CONSTRUCT { ?s ?p ?o } { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }",
    "SELECT (GROUP_CONCAT(STR(?o)) AS ?all) { ?s ?p ?o }",
    f'SELECT ?s {{ ?s ?p ?o FILTER(CONTAINS(STR(?o), "{WORD}") || CONTAINS(STR(?s), "{WORD}")) }}',
    "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }",
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, headers and all."""

    status: int
    text: str


@dataclass(frozen=True, slots=True)
class Seeded:
    """A running service whose records hold secrets, and tokens for those who may read them."""

    service: Service
    secrets: list[Secret]
    tokens: dict[str, str]

    def get(self, path: str, accept: str = "*/*", token: str | None = None) -> Reply:
        """Ask for a path, as the public or with a token."""
        fields = {"Accept": accept}
        if token is not None:
            fields["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(self.service.origin + path, headers=fields)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return Reply(response.status, str(response.headers) + response.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, str(error.headers) + error.read().decode())

    def hidden_from(self, audience: str) -> list[Secret]:
        """The secrets that an audience may not read."""
        order = ("public", "partner", "internal")
        return [each for each in self.secrets if order.index(each.audience) > order.index(audience)]


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    """The service over a release that holds the secrets, in the store of staff."""
    folder = tmp_path_factory.mktemp("leaks")
    data = folder / "var"
    gmkg(data, "init")
    _, secrets = write(data / "sources")
    gmkg(data, "load", "leak", "leak-staff")
    gmkg(data, "publish")
    tokens = {
        audience: gmkg(data, "token", "create", "--role", role).strip()
        for audience, role in (("partner", "partner"), ("internal", "steward"))
    }
    with serving(data) as service:
        yield Seeded(service, secrets, tokens)


def query(text: str, form: str = "json") -> str:
    """The path that asks a query."""
    return f"/sparql?query={quote(text)}&format={form}"


def test_there_are_thirty_secrets_and_staff_can_read_each(seeded: Seeded) -> None:
    assert len(seeded.secrets) >= 30
    everything = seeded.get(query(QUERIES[1]), token=seeded.tokens["internal"])
    assert everything.status == 200
    assert [each for each in seeded.secrets if each.word not in everything.text] == []


def test_partners_can_read_theirs_and_no_more(seeded: Seeded) -> None:
    hidden = seeded.hidden_from("partner")
    theirs = [each for each in seeded.secrets if each.audience == "partner"]
    assert len(theirs) >= 3
    everything = seeded.get(query(QUERIES[1]), token=seeded.tokens["partner"])
    assert [each for each in theirs if each.word not in everything.text] == []
    assert [each for each in hidden if each.word in everything.text] == []


def leaks(seeded: Seeded, path: str, accept: str = "*/*") -> list[str]:
    """The places of secrets that an answer to the public holds."""
    told = seeded.get(path, accept).text
    return [each.place for each in seeded.secrets if each.word in told]


@pytest.mark.parametrize("text", QUERIES)
@pytest.mark.parametrize("form", ["json", "csv", "html"])
def test_no_query_gives_a_secret(seeded: Seeded, text: str, form: str) -> None:
    if text.startswith(("DESCRIBE", "CONSTRUCT")):
        form = {"json": "ttl", "csv": "nt"}.get(form, form)
    assert seeded.get(query(text, form)).status == 200
    assert leaks(seeded, query(text, form)) == []


@pytest.mark.parametrize("form", FORMATS)
def test_no_dump_of_a_source_gives_a_secret(seeded: Seeded, form: str) -> None:
    assert seeded.get(f"/graph/leak?format={form}").status == 200
    assert leaks(seeded, f"/graph/leak?format={form}") == []


def test_the_page_of_a_hidden_source_is_that_of_none(seeded: Seeded) -> None:
    absent, hidden = (seeded.get(f"/graph/{name}") for name in ("no-such-graph", "leak-staff"))
    assert absent.status == hidden.status == 404


def test_nothing_that_can_be_reached_by_links_gives_a_secret(seeded: Seeded) -> None:
    waiting, seen = deque(["/", "/sparql", "/search?q=open", "/queries", "/status"]), set[str]()
    found: dict[str, list[str]] = {}
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.popleft()
        if path in seen:
            continue
        seen.add(path)
        told = seeded.get(path, "text/html").text
        if secrets := [each.place for each in seeded.secrets if each.word in told]:
            found[path] = secrets
        for link in LINK.findall(told):
            address = urlsplit(urljoin(seeded.service.origin + path, unescape(link)))
            is_ours = f"{address.scheme}://{address.netloc}" == seeded.service.origin
            if is_ours and not address.path.startswith(ONTOLOGY):
                waiting.append(address.path + (f"?{address.query}" if address.query else ""))
    assert found == {}
    for path in (f"information-asset/{ORGANISATION}/A-1", "data-flow/leak/F-1"):
        assert {f"/id/{path}", f"/doc/{path}"} & seen, path
    assert not waiting
    assert len(seen) > 100


@pytest.mark.parametrize(
    "path",
    [
        f"/search?q={WORD}",
        f"/search?q={WORD}01&format=json",
        "/search?q=&format=json",
        "/search?q=Draft&format=json",
        "/search?q=System&format=json",
        "/vocabulary.json",
        "/prefixes.ttl",
        "/status",
        "/sparql?format=ttl",
        f"/resource?iri={BASE}id/information-asset/{ORGANISATION}/A-1",
        f"/doc/information-asset/{ORGANISATION}",
        "/doc/system",
        "/doc/agreement?format=ttl",
    ],
)
def test_no_other_door_gives_a_secret_that_was_not_asked_with(seeded: Seeded, path: str) -> None:
    asked = path.partition("q=")[2].partition("&")[0]
    told = seeded.get(path).text
    assert [each.place for each in seeded.secrets if each.word in told and each.word != asked] == []


def test_search_finds_nothing_of_what_is_hidden(seeded: Seeded) -> None:
    for secret in seeded.secrets:
        found = seeded.get(f"/search?q={secret.word}&format=json").text
        total = json.loads(found[found.index("{") :])["total"]
        assert total == 0, secret.place
    token = seeded.tokens["internal"]
    (name,) = (each for each in seeded.secrets if each.place == "name of a system for staff alone")
    found = seeded.get(f"/search?q={name.word}&format=json", token=token).text
    assert json.loads(found[found.index("{") :])["total"] == 1


def _hidden_things(seeded: Seeded) -> list[tuple[str, str]]:
    """Paths of things that the public may not see, each with one that nobody has."""
    words = {each.place: each.word for each in seeded.secrets}
    asset = words["reference of an asset for staff alone"]
    system = words["reference of a system for staff alone"]
    draft = words["reference of a draft agreement"]
    return [
        (f"information-asset/{ORGANISATION}/A-{asset}", f"information-asset/{ORGANISATION}/A-zz"),
        (f"system/{ORGANISATION}/S-{system}", f"system/{ORGANISATION}/S-zz"),
        (f"agreement/leak/G-{draft}", "agreement/leak/G-zz"),
        ("data-flow/leak/F-2", "data-flow/leak/F-9"),
    ]


@pytest.mark.parametrize("door", ["/id/", "/doc/", f"/resource?iri={BASE}id/"])
@pytest.mark.parametrize("accept", ["text/html", "application/json", "text/turtle"])
def test_what_is_hidden_and_what_is_absent_get_one_answer(
    seeded: Seeded, door: str, accept: str
) -> None:
    for hidden, absent in _hidden_things(seeded):
        answers = [seeded.get(door + path, accept) for path in (hidden, absent)]
        assert [each.status for each in answers] == [404, 404]
        told = [
            _without_what_varies(each.text, path)
            for each, path in zip(answers, (hidden, absent), strict=True)
        ]
        assert told[0] == told[1]
        seen = seeded.get(door + hidden, accept, seeded.tokens["internal"])
        assert seen.status == 200, hidden


def _without_what_varies(text: str, path: str) -> str:
    """An answer without its request's id, nonce, date and the path that was asked for."""
    text = text.replace(path, "PATH").replace(quote(path, safe=""), "PATH")
    text = re.sub(r"[0-9a-f]{16}", "ID", text)
    text = re.sub(r"nonce[-=\"]+[A-Za-z0-9_-]+", "NONCE", text)
    return re.sub(r"(?im)^(content-length|date): .*$", "", text)


def test_no_file_that_is_for_the_public_holds_a_secret(seeded: Seeded) -> None:
    folder = (seeded.service.data / "current" / "public").resolve()
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert len(files) > 5
    words = {each.word.encode(): each.place for each in seeded.secrets}
    found = {
        (path.relative_to(folder).as_posix(), place)
        for path in files
        for word, place in words.items()
        if word in path.read_bytes()
    }
    assert found == set()


def test_nobody_but_staff_is_told_what_a_guess_could_be_checked_by(seeded: Seeded) -> None:
    load = json.loads((seeded.service.data / "staged" / "leak.json").read_text())
    told = [load["inputs"][:12], *(each["sha256"][:12] for each in load["files"])]
    told += [each["name"] for each in load["files"]]
    doors = ["/graph/leak?format=html", "/graph/leak?format=ttl", query(QUERIES[1])]
    for token in (None, seeded.tokens["partner"]):
        for door in doors:
            answer = seeded.get(door, token=token)
            assert answer.status == 200
            assert [each for each in told if each in answer.text] == []
            assert "/graph/leak" in answer.text
    inside = seeded.get(query(QUERIES[1]), token=seeded.tokens["internal"]).text
    assert [each for each in told[1:] if each not in inside] == []


def test_no_other_user_of_the_machine_may_read_what_is_inside(seeded: Seeded) -> None:
    data = seeded.service.data
    assert data.stat().st_mode & 0o027 == 0
    files = [path for path in data.rglob("*") if path.is_file() and "sources" not in path.parts]
    assert len(files) > 20
    assert [path for path in files if path.stat().st_mode & 0o027] == []


def test_an_error_does_not_tell_a_secret(seeded: Seeded) -> None:
    for text in ("SELECT * { ?s ?p ", "SELECT * { ?s <quokka> ?o FILTER(<urn:f>(?o)) }"):
        assert leaks(seeded, query(text)) == []
    assert Path(seeded.service.data).exists()
