"""Three releases of a source that changes, as a reader meets them over HTTP.

2 March 2026: Aston, Barton, Carton, Dalton and Elton. 1 April: Aston has closed, Barton has gone
into Dalton, Carton was divided, and Elton is for our own staff alone. 4 May: Aston is back.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, RDF, SKOS, XSD

from loaders import publish as publishing
from loaders.audience import Audience
from loaders.directory import DataDirectory, initialise
from loaders.errors import EndingsError
from loaders.publish import publish
from loaders.rollback import roll_back
from ontology.namespaces import DEF
from ontology.vocab import ADMS
from service.app import create_app
from service.settings import Settings
from service.token_file import TokenFile
from tests.loaders.publishing import BASE, a_source, load
from tests.service.conftest import ASSETS, read_graph, same
from tests.service.in_process_runner import InProcessRunner
from tests.service.page_tree import Parsed

ID = f"{BASE}id/organisation/"
ASTON, BARTON, CARTON, DALTON, ELTON = (f"GB-LAE-{each * 3}" for each in "ABCDE")
ROWS = [
    f"{ASTON},Aston",
    f"{BARTON},Barton",
    f"{CARTON},Carton",
    f"{DALTON},Dalton",
    f"{ELTON},Elton",
]
ELSEWHERE = "https://elsewhere.example/carton"
ENDINGS = f"""iri,state,successor,reason
{ID}{ASTON},gone,,The council closed.
{ID}{BARTON},merged,{ID}{DALTON},Barton went into Dalton.
{ID}{CARTON},split,{ID}{DALTON} | {ELSEWHERE},Carton was divided.
"""
DAYS = [datetime(2026, month, day, 12, tzinfo=UTC) for month, day in ((3, 2), (4, 1), (5, 4))]
FIRST, SECOND, THIRD = range(3)
BROWSER = "text/html,application/xhtml+xml,*/*;q=0.8"


@dataclass(frozen=True)
class Story:
    """The data directory, the ids of its releases, a token of staff, and what was refused."""

    directory: DataDirectory
    releases: list[str]
    token: str
    refused: list[str]

    def turn_to(self, number: int) -> None:
        """Have one of the releases served."""
        roll_back(self.directory, self.releases[number])


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    directory = initialise(tmp_path_factory.mktemp("story") / "var")
    file = directory.path / "endings.csv"
    made = Story(
        directory, [], TokenFile(directory.path).create("steward", 1, "staff")[1], refused=[]
    )

    class Clock(datetime):
        at = DAYS[FIRST]

        @classmethod
        def now(cls, _: object = None) -> datetime:  # type: ignore[override]
            return cls.at

    def publish_at(number: int) -> None:
        Clock.at = DAYS[number]
        made.releases.append(publish(directory).release.id)

    def refuse() -> None:
        with pytest.raises(EndingsError) as error:
            publish(directory)
        made.refused.append(str(error.value))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(publishing, "datetime", Clock)
        load(directory, a_source(), *ROWS)
        publish_at(FIRST)

        load(directory, a_source("staff", Audience.INTERNAL), ROWS[4])
        load(directory, a_source(), ROWS[3])
        refuse()  # until somebody says why
        file.write_text(ENDINGS)
        publish_at(SECOND)

        load(directory, a_source(), ROWS[3], f"{ASTON},Ashton")
        file.write_text(ENDINGS.replace(f"{ID}{ASTON},gone,,The council closed.\n", ""))
        refuse()  # for it is not what it was
        load(directory, a_source(), ROWS[3], ROWS[0])
        publish_at(THIRD)
    return made


@pytest.fixture
def client(story: Story, runner: InProcessRunner) -> FlaskClient:
    return create_app(Settings(data=story.directory.path), runner, ASSETS).test_client()


def statuses(client: FlaskClient, key: str, token: str | None = None) -> tuple[int, int]:
    """What the IRI and the document of a council answer."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return (
        client.get(f"/id/organisation/{key}", headers=headers).status_code,
        client.get(f"/doc/organisation/{key}", headers=headers).status_code,
    )


def graph_of(client: FlaskClient, key: str, status: int = 200) -> Graph:
    """What the document of a council says in RDF, without what it says of itself."""
    response = client.get(f"/doc/organisation/{key}", headers={"Accept": "text/turtle"})
    assert response.status_code == status
    thing = URIRef(f"{ID}{key}")
    found = Graph()
    for triple in read_graph(response.data, "ttl").triples((thing, None, None)):
        found.add(triple)
    return found


def text_of(client: FlaskClient, key: str, status: int = 200) -> str:
    """The words of the page of a council."""
    response = client.get(f"/doc/organisation/{key}", headers={"Accept": BROWSER})
    assert response.status_code == status
    return " ".join(Parsed(response.text).root.one("main").text.split())


DESCRIBED, GONE, LEADS_ON, UNKNOWN = (303, 200), (410, 410), (303, 200), (404, 404)


def test_each_release_answers_for_every_iri_that_was_published(
    story: Story, client: FlaskClient
) -> None:
    expected = {
        FIRST: [DESCRIBED, DESCRIBED, DESCRIBED, DESCRIBED, DESCRIBED],
        SECOND: [GONE, LEADS_ON, LEADS_ON, DESCRIBED, UNKNOWN],
        THIRD: [DESCRIBED, LEADS_ON, LEADS_ON, DESCRIBED, UNKNOWN],
    }
    for number in (FIRST, SECOND, THIRD, FIRST, THIRD):  # a rollback serves what was served
        story.turn_to(number)
        found = [statuses(client, key) for key in (ASTON, BARTON, CARTON, DALTON, ELTON)]
        assert found == expected[number], number
        assert statuses(client, "GB-LAE-NOBODY") == UNKNOWN


def test_what_is_hidden_answers_like_what_never_was_but_to_our_own_staff(
    story: Story, client: FlaskClient
) -> None:
    story.turn_to(SECOND)
    hidden, unknown = (
        client.get(f"/doc/organisation/{key}").get_json() for key in (ELTON, "GB-LAE-NOBODY")
    )
    for told in (hidden, unknown):
        del told["instance"], told["requestId"]
    assert hidden == unknown
    assert statuses(client, ELTON, story.token) == DESCRIBED


def ended(key: str, state: str, reason: str, label: str, *successors: str) -> Graph:
    """What is remembered of a council, but for its types."""
    graph, thing = Graph(), URIRef(f"{ID}{key}")
    at = Literal(f"{DAYS[SECOND]:%Y-%m-%dT%H:%M:%SZ}", datatype=XSD.dateTime)
    graph.add((thing, PROV.invalidatedAtTime, at))
    graph.add((thing, URIRef(ADMS.status), URIRef(f"{DEF}iri-state/{state}")))
    graph.add((thing, SKOS.changeNote, Literal(reason, lang="en")))
    graph.add((thing, SKOS.prefLabel, Literal(label, lang="en")))
    for each in successors:
        graph.add((thing, DCTERMS.isReplacedBy, URIRef(each)))
    return graph


def test_what_is_gone_is_410_with_its_last_name_types_reason_and_day(
    story: Story, client: FlaskClient
) -> None:
    story.turn_to(FIRST)
    types = set(graph_of(client, ASTON).objects(None, RDF.type))
    story.turn_to(SECOND)
    found = graph_of(client, ASTON, status=410)
    assert set(found.objects(None, DCTERMS.type)) == types
    assert URIRef(ORG.Organization) in types
    found.remove((None, DCTERMS.type, None))
    assert same(found, ended(ASTON, "gone", "The council closed.", "Aston"))
    text = text_of(client, ASTON, status=410)
    assert "It was called Aston. The council closed. It was withdrawn on 1 April 2026" in text
    told = client.get(f"/id/organisation/{ASTON}").get_json()
    assert (told["label"], told["reason"]) == ("Aston", "The council closed.")
    assert told["withdrawn"] == "2026-04-01T12:00:00Z"


@pytest.mark.parametrize("number", [SECOND, THIRD])
@pytest.mark.parametrize(
    ("key", "state", "label", "reason", "successors", "told"),
    [
        (
            BARTON,
            "merged",
            "Barton",
            "Barton went into Dalton.",
            [f"{ID}{DALTON}"],
            "It ended on 1 April 2026, 12:00 UTC. Barton went into Dalton. It was merged into "
            "Dalton.",
        ),
        (
            CARTON,
            "split",
            "Carton",
            "Carton was divided.",
            [f"{ID}{DALTON}", ELSEWHERE],
            "Carton was divided. It was split into",
        ),
    ],
)
def test_what_was_merged_or_split_says_so_and_leads_on(
    story: Story,
    client: FlaskClient,
    number: int,
    key: str,
    state: str,
    label: str,
    reason: str,
    successors: list[str],
    told: str,
) -> None:
    story.turn_to(number)
    seen = client.get(f"/id/organisation/{key}")
    assert (seen.status_code, seen.headers["Location"]) == (303, f"/doc/organisation/{key}")
    found = graph_of(client, key)
    found.remove((None, DCTERMS.type, None))
    assert same(found, ended(key, state, reason, label, *successors))
    assert told in text_of(client, key)
    page = client.get(f"/doc/organisation/{key}", headers={"Accept": BROWSER}).text
    assert f"/id/organisation/{DALTON}" in page
    assert (ELSEWHERE in page) == (ELSEWHERE in successors)


def test_what_came_back_is_described_and_remembers_that_it_was_gone(
    story: Story, client: FlaskClient
) -> None:
    story.turn_to(THIRD)
    thing, found = URIRef(f"{ID}{ASTON}"), graph_of(client, ASTON)
    note = (
        "It was withdrawn on 1 April 2026 and has been published again since 4 May 2026. The "
        "reason was: The council closed."
    )
    assert (thing, SKOS.historyNote, Literal(note, lang="en")) in found
    assert (thing, PROV.invalidatedAtTime, None) not in found
    assert (thing, URIRef(ADMS.status), None) not in found
    assert note in text_of(client, ASTON)


def test_what_ended_is_in_no_list(story: Story, client: FlaskClient) -> None:
    listed = {}
    for number in (FIRST, SECOND, THIRD):
        story.turn_to(number)
        graph = read_graph(client.get("/doc/organisation.nt").data, "nt")
        kept = {str(each).removeprefix(ID) for each in graph.subjects() if str(each).startswith(ID)}
        listed[number] = kept
    assert listed == {
        FIRST: {ASTON, BARTON, CARTON, DALTON, ELTON},
        SECOND: {DALTON},
        THIRD: {ASTON, DALTON},
    }


def test_between_the_releases_nothing_was_lost_in_silence_or_used_twice(story: Story) -> None:
    loss, reuse = story.refused
    assert loss.startswith("nothing is published, because 3 published IRIs would no longer be")
    assert [line for line in loss.splitlines() if line.startswith("  https")] == [
        f"  {ID}{ASTON} “Aston” (source councils)",
        f"  {ID}{BARTON} “Barton” (source councils)",
        f"  {ID}{CARTON} “Carton” (source councils)",
    ]
    assert f"  {ID}{ASTON}: it was “Aston”, and is now “Ashton”" in reuse


def test_a_document_is_had_as_it_was(story: Story, client: FlaskClient) -> None:
    story.turn_to(THIRD)
    asked = {"Accept-Datetime": "Mon, 09 Mar 2026 12:00:00 GMT", "Accept": "text/turtle"}
    for key, name in ((BARTON, "Barton"), (ASTON, "Aston")):
        seen = client.get(f"/doc/organisation/{key}", headers=asked)
        assert seen.status_code == 302
        place = seen.headers["Location"]
        assert place == f"/memento/{story.releases[FIRST]}/doc/organisation/{key}"
        memento = client.get(place, headers={"Accept": "text/turtle"})
        assert memento.status_code == 200
        assert memento.headers["Memento-Datetime"] == "Mon, 02 Mar 2026 12:00:00 GMT"
        graph = read_graph(memento.data, "ttl")
        thing = URIRef(f"{ID}{key}")
        assert (thing, SKOS.prefLabel, Literal(name, lang="en")) in graph
        assert (thing, RDF.type, URIRef(ORG.Organization)) in graph
    assert client.get(f"/timemap/doc/organisation/{ELTON}").status_code == 404
