"""Every term, concept, scheme and shape of our documents has its page, and its RDF."""

from collections.abc import Iterable, Iterator, Mapping

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

import ontology
from loaders.directory import initialise
from loaders.vocabulary import vocabulary_loads
from ontology.namespaces import DEF, PREFIXES
from ontology.vocab import DCT, OWL, RDF, RDFS, SKOS
from service.app import create_app
from service.settings import Settings
from tests.ontology.definitions import Statement, stated, statements, typed
from tests.service.conftest import ASSETS, publish
from tests.service.in_process_runner import InProcessRunner
from tests.service.page_tree import Element, Parsed, row

GM = f"{DEF}gm"
SHAPES = f"{DEF}shapes"
SCHEMES = tuple(
    name.removeprefix("concepts/").removesuffix(".ttl")
    for name in ontology.documents()
    if name.startswith("concepts/")
)
DOCUMENTS = {
    GM: ontology.terms(),
    SHAPES: (ontology.shapes_header(), *ontology.shapes()),
    **{DEF + name: (f"concepts/{name}.ttl",) for name in SCHEMES},
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The ontology as it is published, and nothing else."""
    folder = tmp_path_factory.mktemp("definitions")
    quads: list[Quad] = []
    for _, lines in vocabulary_loads(initialise(folder / "var")):
        quads += parse(b"".join(lines), RdfFormat.N_QUADS)
    publish(folder, "20250102T030405Z-00000003", quads)
    runner = InProcessRunner(threads=1, timeout=10.0)
    runner.start()
    yield create_app(Settings(data=folder), runner, ASSETS).test_client()
    runner.stop()


@pytest.fixture(scope="module")
def pages(client: FlaskClient) -> Mapping[str, Element]:
    """The page of each document, by the document's IRI."""
    return {each: page(client, each.removeprefix(DEF)) for each in DOCUMENTS}


def page(client: FlaskClient, path: str) -> Element:
    response = client.get(f"/def/{path}", headers={"Accept": "text/html"})
    assert response.status_code == 200
    return Parsed(response.text).root


def members(document: str) -> set[str]:
    """What the document defines beside itself."""
    return typed(*DOCUMENTS[document]) - {document}


def anchor(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]


def without_a_place(root: Element, iris: Iterable[str]) -> set[str]:
    """The terms that no article or row of the page is about."""
    places = {
        each.attributes.get("id", "") for each in root.all() if each.name in ("article", "div")
    }
    return {iri for iri in iris if anchor(iri) not in places}


def placed(document: str) -> set[Statement]:
    """All that stands in the document's files, and what a publish adds to the shapes."""
    found = statements(*DOCUMENTS[document])
    if document == SHAPES:
        whole = NamedNode(SHAPES)
        found |= {Statement(each, RDFS.isDefinedBy, whole) for each in members(SHAPES)}
    return found


def shown(root: Element) -> set[Statement]:
    """The statements of all the Turtle on the page."""
    return stated(
        quad
        for each in root.all("pre")
        for quad in parse(each.text_as_written.encode(), RdfFormat.TURTLE)
    )


def test_there_are_terms_concepts_and_shapes_enough() -> None:
    assert len(members(GM)) >= 220
    assert len(members(SHAPES)) >= 500
    assert len(SCHEMES) >= 50


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_term_of_a_document_has_its_place_on_the_page(
    pages: Mapping[str, Element], document: str
) -> None:
    assert members(document)
    assert without_a_place(pages[document], members(document)) == set()


def test_a_term_without_a_place_is_found(pages: Mapping[str, Element]) -> None:
    root = pages[GM]
    assert without_a_place(root, {f"{GM}#DataFlow", f"{GM}#DataFlou"}) == {f"{GM}#DataFlou"}
    article = root.one("article", id="DataFlow")
    article.attributes["id"] = "elsewhere"
    assert without_a_place(root, members(GM)) == {f"{GM}#DataFlow"}
    article.attributes["id"] = "DataFlow"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_turtle_on_the_page_is_all_that_the_documents_state(
    pages: Mapping[str, Element], document: str
) -> None:
    assert shown(pages[document]) == placed(document)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_rdf_of_a_document_is_what_stands_in_its_files(
    client: FlaskClient, document: str
) -> None:
    path = f"/def/{document.removeprefix(DEF)}"
    turtle = client.get(path, headers={"Accept": "text/turtle"})
    assert stated(parse(turtle.data, RdfFormat.TURTLE)) == placed(document)


def test_every_term_is_described_by_itself_too(client: FlaskClient) -> None:
    for document in (GM, SHAPES):
        found = placed(document)
        for iri in sorted(members(document)):
            response = client.get(
                "/resource", query_string={"iri": iri}, headers={"Accept": "text/turtle"}
            )
            wanted = {each for each in found if each.subject == iri}
            assert wanted
            assert wanted <= stated(parse(response.data, RdfFormat.TURTLE))
    for iri in sorted(members(f"{DEF}legal-basis")):
        assert page(client, iri.removeprefix(DEF)).one("h1").text


def test_each_term_says_what_it_is_in_its_definition_example_and_mapping(
    pages: Mapping[str, Element],
) -> None:
    found = statements(*ontology.documents())
    borrowing = 0
    articles = {
        (document, each.attributes["id"]): each
        for document, root in pages.items()
        for each in root.all("article")
    }
    for subject, predicate, term in found:
        value = term.value
        document = GM if subject.startswith(f"{GM}#") else subject.rpartition("/")[0]
        about = articles.get((document, anchor(subject)))
        if about is None:  # a document; that no term lacks its article is tested above
            assert subject in DOCUMENTS
            continue
        match predicate:
            case RDFS.comment | SKOS.definition:
                assert about.one("p").text == " ".join(value.split())
            case SKOS.scopeNote:
                assert row(about, "In plain English").text == " ".join(value.split())
            case SKOS.example:
                assert row(about, "For example").text == " ".join(value.split())
            case RDFS.subClassOf | RDFS.subPropertyOf | SKOS.exactMatch | SKOS.closeMatch:
                if not value.startswith(DEF):
                    borrowing += 1
                    assert row(about, "In other vocabularies").one("a")
    assert borrowing >= 100


def test_a_class_leads_to_its_shapes_and_back(pages: Mapping[str, Element]) -> None:
    flow = row(pages[GM].one("article", id="DataFlow"), "Shapes")
    assert "/def/shapes#DataFlow" in {each.attributes["href"] for each in flow.all("a")}
    section = pages[SHAPES].one("section", id="class-gm-DataFlow")
    assert section.one("a").attributes["href"] == "/def/gm#DataFlow"
    assert section.one("article").attributes["id"] == "DataFlow"


def test_the_pages_name_their_version_and_licence(pages: Mapping[str, Element]) -> None:
    for document in (GM, SHAPES):
        version = next(
            each.value.value
            for each in statements(*DOCUMENTS[document])
            if each.predicate == OWL.versionInfo
        )
        aside = pages[document].one("div", class_="gm-aside")
        assert version in aside.text
        assert aside.one("a", rel="license").attributes["href"]


def test_the_version_of_the_shapes_is_the_same_document(client: FlaskClient) -> None:
    [version] = {
        each.value.value
        for each in statements(ontology.shapes_header())
        if each.predicate == OWL.versionIRI
    }
    assert page(client, version.removeprefix(DEF)).one("h1").text == "Greater Manchester shapes"


def test_the_header_of_the_shapes_says_what_they_are_and_names_none() -> None:
    found = statements(ontology.shapes_header())
    assert {each.subject for each in found} == {SHAPES}
    said = {each.predicate for each in found}
    assert {RDF.type, DCT.title, DCT.description, DCT.license, OWL.versionInfo} <= said
    assert f"{SHAPES}#" == PREFIXES["gm-shapes"]
