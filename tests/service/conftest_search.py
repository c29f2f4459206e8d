"""A release with a search index over things made up to be looked for, for those that import it."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from loaders.search_index import build_index
from service.app import create_app
from service.assets import Assets
from service.settings import Settings
from service.store import Release, Releases
from tests.service.conftest import BASE, city, publish
from tests.service.in_process_runner import InProcessRunner

PLACES = 45
MEADOWS = " ".join(
    f'<place/x/{n:02}> a gm:ServiceLocation ; dct:title "Meadow {n:02}"@en .' for n in range(PLACES)
)
ASIDE = "Nothing is said here of the matter at all. " * 12
STORY = f"{ASIDE}Groups meet in every library, and readers of all ages come to the library."
CARTING = "http://kinds.example/carting"
CARRIER = "http://classes.example/Carrier"
HOSTILE = "<script>alert(1)</script>"
FINDABLE = f"""
@prefix adms: <http://www.w3.org/ns/adms#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix gm: <https://w3id.org/greater-manchester/def/gm#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@base <{BASE}id/> .
<{BASE}graph/library> {{
<service/x/reading> a gm:Service ; dct:title "Reading groups"@en ;
    dct:description "{STORY}"@en ;
    dct:subject <http://theme.example/culture>, <http://theme.example/learning> ;
    dct:spatial <area/E08000003> ; gm:deliveredBy <organisation/GB-LAE-MAN> .
<service/x/lending> a gm:Service ; dct:title "Library lending"@en ;
    dct:description "Borrowing of books."@en ; dct:subject <http://theme.example/culture> ;
    gm:providerAsStated "Friends of the library & co" .
<service/x/hostile> a gm:Service ; dct:title "{HOSTILE} hostile"@en ;
    dct:description "{HOSTILE} \\"quoted\\" & hostile"@en ; gm:providerAsStated "{HOSTILE}" .
<dataset/x/libraries> a dcat:Dataset ; dct:title "Libraries"@en ; dct:identifier "LIB 1" ;
    dct:description "Where they are."@en ; dct:publisher <organisation/GB-LAE-MAN> ;
    adms:identifier <{BASE}.well-known/genid/lib> .
<{BASE}.well-known/genid/lib> a adms:Identifier ; skos:notation "R0A-7" .
<http://theme.example/culture> skos:prefLabel "Culture"@en .
<service/x/carting> a gm:Service ; dct:title "Carting"@en ; gm:serviceType <{CARTING}> .
<{CARTING}> a skos:Concept ; skos:prefLabel "Carting"@en ; skos:notation "C-77" .
<http://kinds.example/unnamed> a skos:Concept ; skos:notation "C-78" .
<dataset/x/wagons> a dcat:Dataset ; dct:title "Wagons that are let to farms and to halls"@en ;
    dct:publisher <organisation/GM-x-carriers> .
<organisation/GM-x-carriers> a <{CARRIER}> ; skos:prefLabel "Carriers"@en ;
    foaf:homepage <https://carriers.example/> .
<{CARRIER}> rdfs:label "wagon owner"@en .
{MEADOWS}
}}
"""


@pytest.fixture(scope="module")
def findable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory of the city and things to be looked for, with an index."""
    path = tmp_path_factory.mktemp("findable")
    quads = city() + list(parse(FINDABLE.encode(), format=RdfFormat.TRIG))
    made = publish(path, "20250102T030405Z-00000003", quads)
    build_index(Releases(path).current().store, made / "public" / "index", BASE)
    return path


@pytest.fixture(scope="module")
def release(findable: Path) -> Release:
    """The release with the index."""
    return Releases(findable).current()


@pytest.fixture(scope="module")
def client(findable: Path, runner: InProcessRunner) -> FlaskClient:
    """A client of the service over it, with the assets as they were built."""
    return create_app(Settings(data=findable), runner, Assets.read()).test_client()
