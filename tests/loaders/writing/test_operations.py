"""Updates taken apart and written anew (SPARQL 1.1 Update, section 3, and its grammar)."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Store

from loaders.writing.operations import Form
from loaders.writing.parsing import operations_of
from loaders.writing.passages import line_and_column
from loaders.writing.rewriting import rewritten
from loaders.writing.tokens import UnreadableError

HOME = "https://data.example/graph/edits"
X = "PREFIX x: <http://x/>\n"


def quads_after(update: str, data: str = "") -> set[str]:
    """What a store holds after an update."""
    store = Store()
    if data:
        store.update(data)
    store.update(update)
    return {str(quad) for quad in store}


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("", []),
        ("# nothing at all", []),
        ("PREFIX x: <http://x/>", []),
        ("INSERT DATA { }", ["INSERT DATA"]),
        ("INSERT DATA { } ;", ["INSERT DATA"]),
        ("insert data { } ; delete data { }", ["INSERT DATA", "DELETE DATA"]),
        ("DELETE WHERE { ?s ?p ?o }", ["DELETE WHERE"]),
        ("DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", ["DELETE/INSERT"]),
        ("INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }", ["DELETE/INSERT"]),
        ("DELETE { } INSERT { } WHERE { }", ["DELETE/INSERT"]),
        ("WITH <http://g> DELETE { } INSERT { } WHERE { }", ["DELETE/INSERT"]),
        ("WITH <http://g> INSERT { } USING <http://h> WHERE { }", ["DELETE/INSERT"]),
        ("LOAD <http://x/>", ["LOAD"]),
        ("LOAD SILENT <http://x/> INTO GRAPH <http://g>", ["LOAD"]),
        ("CLEAR ALL; CLEAR SILENT NAMED; CLEAR DEFAULT; CLEAR GRAPH <http://g>", ["CLEAR"] * 4),
        ("DROP ALL; DROP SILENT GRAPH <http://g>", ["DROP"] * 2),
        ("CREATE GRAPH <http://g>; CREATE SILENT GRAPH <http://g>", ["CREATE"] * 2),
        ("ADD <http://g> TO DEFAULT", ["ADD"]),
        ("MOVE SILENT GRAPH <http://g> TO GRAPH <http://h>", ["MOVE"]),
        ("COPY DEFAULT TO <http://h>", ["COPY"]),
        ("INSERT DATA { } # ; DROP ALL\n; CREATE GRAPH <http://g>", ["INSERT DATA", "CREATE"]),
        ('INSERT DATA { <http://a> <http://b> "} ; DROP ALL" }', ["INSERT DATA"]),
        ("INSERT DATA { <http://a> <http://b> '''} ;\n' DROP ALL # '' ''' }", ["INSERT DATA"]),
        ("INSERT DATA { <http://a#;DROP> <http://b> 1 } ; DROP ALL", ["INSERT DATA", "DROP"]),
        (
            "INSERT { ?s ?p ?o } WHERE { FILTER(1<2&&3>2) ?s ?p ?o } ; DROP ALL",
            ["DELETE/INSERT", "DROP"],
        ),
        (
            "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?o<5) } ; DROP GRAPH <http://g>",
            ["DELETE/INSERT", "DROP"],
        ),
        (
            "INSERT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(?s<?p&&?p>?o) } ; CLEAR DEFAULT",
            ["DELETE/INSERT", "CLEAR"],
        ),
        (
            "INSERT { ?s ?p 1 } WHERE { { SELECT ?s ?p { VALUES (?s ?p) { (<http://a> <http://b>) }"
            " } ORDER BY (?s) (?p < 3) } } ; DROP ALL",
            ["DELETE/INSERT", "DROP"],
        ),
    ],
)
def test_an_update_is_split_where_operations_end(text: str, forms: list[str]) -> None:
    assert [operation.form for operation in operations_of(text)] == [Form(each) for each in forms]


def test_declarations_hold_for_the_operations_behind_them() -> None:
    first, second = operations_of(
        "PREFIX a: <http://a/> INSERT DATA { a:a a:a a:a } ;\n"
        "BASE <http://b/> PREFIX a: <http://c/> INSERT DATA { a:a <b> a:a }"
    )
    assert quads_after(first.alone.text) == {"<http://a/a> <http://a/a> <http://a/a>"}
    assert quads_after(second.alone.text) == {"<http://c/a> <http://b/b> <http://c/a>"}


def test_a_version_is_a_declaration() -> None:
    (operation,) = operations_of('VERSION "1.2" INSERT DATA { <http://a> <http://b> 1 }')
    assert len(quads_after(operation.alone.text)) == 1


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("INSERTDATA{<http://a><http://b>1}", 0),
        ("SELECT * { }", 0),
        ("INSERT DATA", 11),
        ("INSERT DATA { <http://a> <http://b> 1", 12),
        ("INSERT DATA { } }", 16),
        ("INSERT DATA { } INSERT DATA { }", 16),
        ("INSERT { } { }", 11),
        ("CLEARDEFAULT", 0),
        ("CLEAR <http://g>", 6),
        ("CREATE <http://g>", 7),
        ("COPY <http://g> <http://h>", 16),
        ("WITH <http://g> WHERE { }", 16),
        ("WITHx:g DELETE { } WHERE { }", 0),
        ("PREFIX x:y <http://x> DROP ALL", 7),
        ("INSERT DATA { GRAPHx:g{<http://a> <http://b> 1} }", 22),
        ("INSERT DATA { <http://a> <http://b> trueGRAPH <http://g> { } }", 36),
        ("INSERT DATA { <http://a> <http://b> 'x }", 36),
        ("INSERT DATA { <http://a#};DROP> <http://b> 1 }", 12),
        ("INSERT DATA { _:a <http://b> 1 } ; INSERT DATA { _:a <http://b> 1 }", 49),
        ("INSERT { } WHERE { _:a ?p 1 } ; DELETE { } WHERE { _:a ?p 1 }", 51),
        ("INSERT { } WHERE { FILTERx:f(?a<?b) }", 19),
        ("\\u004COAD <http://x/>", 0),
    ],
)
def test_what_could_be_read_in_two_ways_is_refused_at_its_place(text: str, at: int) -> None:
    with pytest.raises(UnreadableError) as refused:
        operations_of(text)
    assert refused.value.at == at


@pytest.mark.parametrize(
    ("text", "quads"),
    [
        ("INSERT DATA { x:a x:b 1 }", {"1 H"}),
        ("INSERT DATA{x:a x:b 1.}", {"1 H"}),
        ("INSERT DATA { x:a x:b 1 . # }\n x:a x:b 2 # {\n }", {"1 H", "2 H"}),
        ("INSERT DATA { x:a x:b 1 . GRAPH x:g { x:a x:b 2 } . x:a x:b 3 }", {"1 H", "2 g", "3 H"}),
        ("INSERT DATA { GRAPH x:g { x:a x:b 2 } x:a x:b 3 }", {"2 g", "3 H"}),
        ("INSERT DATA { GRAPH x:g { x:a x:b 2 } GRAPH <http://x/h> { x:a x:b 3 }}", {"2 g", "3 h"}),
        ("INSERT DATA { x:a x:b 1, 2 ; x:b 3 }", {"1 H", "2 H", "3 H"}),
        ("INSERT DATA { }", set()),
        ("INSERT { x:a x:b 1 } WHERE { }", {"1 H"}),
        ("INSERT { x:a x:b 1 GRAPH x:g { x:a x:b 2 } } WHERE { }", {"1 H", "2 g"}),
        ("WITH x:g INSERT { x:a x:b 1 } WHERE { }", {"1 g"}),
        ("WITH x:g INSERT { x:a x:b 1 GRAPH x:h { x:a x:b 2 } } WHERE { }", {"1 g", "2 h"}),
    ],
)
def test_what_names_no_graph_is_written_to_its_home(text: str, quads: set[str]) -> None:
    (operation,) = operations_of(X + text)
    made = rewritten(operation, home=HOME)
    assert made is not None
    graphs = {"H": HOME, "g": "http://x/g", "h": "http://x/h"}
    assert quads_after(made.text) == {
        f'<http://x/a> <http://x/b> "{number}"^^<http://www.w3.org/2001/XMLSchema#integer> '
        f"<{graphs[graph]}>"
        for number, graph in (each.split() for each in quads)
    }


def test_collections_and_property_lists_go_home_whole() -> None:
    (operation,) = operations_of(X + "INSERT { x:a x:b (1 [ x:c 2 ]) } WHERE { }")
    made = rewritten(operation, home=HOME)
    assert made is not None
    store = Store()
    store.update(made.text)
    assert {str(quad.graph_name) for quad in store} == {f"<{HOME}>"}
    assert len(list(store)) == 6


def test_annotations_are_no_graphs() -> None:
    (operation,) = operations_of(X + "INSERT DATA { x:a x:b 1 {| x:c 2 |} . x:d x:e 3 }")
    assert len(operation.templates[0].loose) == 1
    made = rewritten(operation, home=HOME)
    assert made is not None
    assert {quad.rpartition(" ")[2] for quad in quads_after(made.text)} == {f"<{HOME}>"}


BOTH = (
    X
    + f"INSERT DATA {{ x:a x:b 1, 2 . GRAPH <{HOME}> {{ x:a x:b 2, 3 }}"
    + " GRAPH x:g { x:a x:b 4 } }"
)


@pytest.mark.parametrize(
    ("text", "reads_home", "left"),
    [
        ("DELETE DATA { x:a x:b 2 }", False, {"3"}),
        ("DELETE WHERE { x:a x:b ?o }", False, {"3"}),  # the default graph says 1 and 2
        ("DELETE WHERE { x:a x:b ?o }", True, set()),
        ("DELETE { x:a x:b ?o } WHERE { x:a x:b ?o }", False, {"3"}),
        ("DELETE { x:a x:b ?o } WHERE { x:a x:b ?o }", True, set()),
        ("INSERT { x:a x:b ?o } WHERE { GRAPH x:g { x:a x:b ?o } }", False, {"2", "3", "4"}),
        ("INSERT { x:a x:b ?o } WHERE { GRAPH x:g { x:a x:b ?o } }", True, {"2", "3", "4"}),
        ("INSERT { x:a x:b ?o } USING x:g WHERE { x:a x:b ?o }", False, {"2", "3", "4"}),
        ("INSERT { x:a x:b ?o } USING x:g WHERE { x:a x:b ?o }", True, {"2", "3", "4"}),
        (f"WITH <{HOME}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}", False, set()),
        ("CLEAR DEFAULT", False, set()),
        ("DROP DEFAULT", False, set()),
        (f"CLEAR GRAPH <{HOME}>", False, set()),
        (f"DROP SILENT GRAPH <{HOME}>", False, set()),
    ],
)
def test_where_sees_the_default_graph_or_its_home(
    text: str, reads_home: bool, left: set[str]
) -> None:
    (operation,) = operations_of(X + text)
    made = rewritten(operation, home=HOME, reads_home=reads_home)
    assert made is not None
    found = quads_after(made.text, BOTH)
    assert {each.split('"')[1] for each in found if each.endswith(f"<{HOME}>")} == left
    assert sum(each.endswith("integer>") for each in found) == 2
    assert sum(each.endswith("<http://x/g>") for each in found) == 1


def test_home_moved_to_itself_comes_to_nothing() -> None:
    for text in (f"MOVE DEFAULT TO <{HOME}>", "ADD DEFAULT TO DEFAULT", "COPY DEFAULT TO DEFAULT"):
        (operation,) = operations_of(text)
        assert rewritten(operation, home=HOME) is None


@pytest.mark.parametrize(
    ("text", "using", "named", "made"),
    [
        ("INSERT { x:a x:b ?o } WHERE { ?s ?p ?o }", ["http://x/g"], [], {"4"}),
        ("INSERT { x:a x:b ?o } WHERE { ?s ?p ?o }", ["http://x/g", HOME], [], {"2", "3", "4"}),
        ("INSERT { x:a x:b ?o } WHERE { GRAPH ?g { ?s ?p ?o } }", [], ["http://x/g"], {"4"}),
        ("INSERT { x:a x:b ?o } WHERE { GRAPH ?g { ?s ?p ?o } }", ["http://x/g"], [], set()),
        ("INSERT { x:a x:b ?o } WHERE { ?s ?p ?o }", [], ["http://x/g"], set()),
    ],
)
def test_the_protocols_dataset_is_the_dataset_of_where(
    text: str, using: list[str], named: list[str], made: set[str]
) -> None:
    (operation,) = operations_of(X + text)
    update = rewritten(operation, using=using, using_named=named)
    assert update is not None
    store = Store()
    store.update(
        X + f"INSERT DATA {{ GRAPH <{HOME}> {{ x:a x:b 2, 3 }} GRAPH x:g {{ x:a x:b 4 }} }}"
    )
    store.update(update.text)
    default = {str(quad) for quad in store if str(quad.graph_name) == "DEFAULT"}
    assert {each.split('"')[1] for each in default} == made


def test_delete_where_over_the_protocols_dataset() -> None:
    (operation,) = operations_of(X + "DELETE WHERE { ?s ?p ?o }")
    update = rewritten(operation, using=["http://x/g"])
    assert update is not None
    data = X + "INSERT DATA { x:a x:b 1, 2 . GRAPH x:g { x:a x:b 1, 3 } }"
    left = quads_after(update.text, data)
    assert sorted(each.split('"')[1] for each in left) == ["1", "2", "3"]


def test_graphs_that_are_written_are_told() -> None:
    (operation,) = operations_of(
        "WITH <http://w> DELETE { ?s ?p 1 } INSERT { GRAPH ?g { ?s ?p 2 } GRAPH x:g { } } WHERE { }"
    )
    assert [each and each.text for each in operation.written()] == ["<http://w>", "?g", "x:g"]
    (managed,) = operations_of("COPY DEFAULT TO <http://g>")
    assert [each and each.text for each in managed.written()] == [None, "<http://g>"]


NAMES = st.sampled_from(["a", "b", "c"])
TERMS = st.one_of(
    NAMES.map("x:{}".format),
    st.sampled_from(["<http://x/d#e>", "1", "true", '"} ; {"', "'#'", "'''} '' GRAPH {'''"]),
)
TRIPLES = st.tuples(NAMES, NAMES, TERMS).map(lambda each: f"x:{each[0]} x:{each[1]} {each[2]} . ")
SPACES = st.sampled_from([" ", "\n", " # ; } {\n", "\t"])
BLOCKS = st.one_of(
    TRIPLES, st.tuples(NAMES, TRIPLES).map(lambda each: f"GRAPH x:{each[0]} {{ {each[1]} }} ")
)
OPERATIONS = st.tuples(
    st.sampled_from(["INSERT DATA", "DELETE DATA"]), SPACES, st.lists(BLOCKS, max_size=4), SPACES
).map(lambda each: f"{each[0]}{each[1]}{{{each[3]}{''.join(each[2])}}}{each[1]}")


@given(st.lists(OPERATIONS, max_size=4))
def test_operations_run_apart_do_what_the_update_does(operations: list[str]) -> None:
    text = X + ";".join(operations)
    found = operations_of(text)
    assert len(found) == len(operations)
    store = Store()
    for each in found:
        store.update(each.alone.text)
    assert {str(quad) for quad in store} == quads_after(text)


@given(st.lists(OPERATIONS, max_size=4))
def test_home_takes_what_the_default_graph_would(operations: list[str]) -> None:
    text = X + ";".join(operations)
    store = Store()
    for each in operations_of(text):
        made = rewritten(each, home=HOME)
        assert made is not None
        store.update(made.text)
    found = {
        f"{quad.subject} {quad.predicate} {quad.object}"
        + ("" if quad.graph_name == NamedNode(HOME) else f" {quad.graph_name}")
        for quad in store
    }
    assert found == quads_after(text)


@given(st.text(alphabet="INSERTDAW HEG{}<>()?x:;.\"'#\n", max_size=60))
def test_any_text_is_taken_apart_or_refused(text: str) -> None:
    with suppress(UnreadableError):
        for operation in operations_of(text):
            assert operation.alone.place(1, 1) == (1, 1) or operation.start > 0


@pytest.mark.parametrize(
    ("at", "place"), [(0, (1, 1)), (2, (1, 3)), (3, (2, 1)), (5, (2, 3)), (6, (3, 1))]
)
def test_places_are_told_by_line_and_column(at: int, place: tuple[int, int]) -> None:
    assert line_and_column("ab\ncd\ne", at) == place
