"""The killer queries, each with the statuses that are honest for it.

Some never reach the engine, because what they do can be told from their text (400, 413, 422). The
others look like any query, and their workers are stopped (503 for memory, 504 for time, 413 for a
result). A few have done harm elsewhere and do none here: they are answered (200), and whole.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

BUSY = (429, 503)  # whatever is asked, there may be no place for it
SLOW = (503, 504)  # it takes all the memory or all the time that it may
LARGE = (413, 503, 504)  # or fills the room for a result first
REFUSED = (400, 413, 422)
JSON = "application/sparql-results+json"
CSV = "text/csv"
XML = "application/sparql-results+xml"
TURTLE = "text/turtle"
TRIPLES = "application/n-triples"
TWO = "?a ?b ?c . ?d ?e ?f"
THREE = f"{TWO} . ?g ?h ?i"
FOUR = f"{THREE} . ?j ?k ?l"


@dataclass(frozen=True)
class Killer:
    """A query, how it is sent, and how it may end; a 400 that is `placed` says line and column."""

    name: str
    query: str
    statuses: tuple[int, ...]
    accept: str = JSON
    method: str = "POST"
    placed: bool = False
    dataset: tuple[tuple[str, str], ...] = ()


def _steps(word: str, count: int) -> str:
    return word.join(["<urn:p>"] * count)


def _doubling(step: str, count: int = 40) -> str:
    return " ".join(
        f"BIND ({step.format(x=f'?x{number}')} AS ?x{number + 1})" for number in range(count)
    )


def _nested(opening: str, closing: str, depth: int, middle: str = "") -> str:
    return opening * depth + middle + closing * depth


def _products() -> Iterator[Killer]:
    """Cartesian products, and what is done to their rows."""
    count = "SELECT (COUNT(*) AS ?n) WHERE"
    yield Killer("product, counted", f"{count} {{ {FOUR} }}", SLOW, method="GET")
    yield Killer("product, listed", f"SELECT * WHERE {{ {FOUR} }}", LARGE, method="GET")
    yield Killer("product, listed as CSV", f"SELECT * WHERE {{ {FOUR} }}", LARGE, CSV, "GET")
    yield Killer("product, listed as XML", f"SELECT * WHERE {{ {FOUR} }}", LARGE, XML)
    yield Killer("product, sorted", f"SELECT * {{ {THREE} }} ORDER BY ?i ?f LIMIT 10", SLOW)
    yield Killer(
        "product, grouped", f"SELECT ?a (COUNT(?d) AS ?n) {{ {THREE} }} GROUP BY ?a ?d ?g", SLOW
    )
    yield Killer(
        "product, filtered by what never holds",
        f'ASK {{ {THREE} FILTER (CONCAT(STR(?c), STR(?f), STR(?i)) = "no such thing") }}',
        SLOW,
        method="GET",
    )
    yield Killer(
        "product, distinct and far on", f"SELECT DISTINCT * {{ {THREE} }} OFFSET 1000000000", SLOW
    )
    yield Killer("product, reduced", f"SELECT REDUCED ?a {{ {THREE} }} OFFSET 1000000000", SLOW)
    yield Killer(
        "self-join far on", f"SELECT * {{ {TWO} }} LIMIT 1 OFFSET 900000000", SLOW, method="GET"
    )
    yield Killer(
        "product, distinct counted", f"SELECT (COUNT(DISTINCT *) AS ?n) {{ {THREE} }}", SLOW
    )
    yield Killer(
        "product of languages",
        f"{count} {{ {THREE} FILTER (CONCAT(LANG(?c), LANG(?f), LANG(?i)) = 'zz') }}",
        SLOW,
    )
    yield Killer(
        "product taken away", f"{count} {{ ?s ?p ?o MINUS {{ ?s ?x ?y . {THREE} }} }}", SLOW
    )
    yield Killer(
        "sampled product", f"SELECT (SAMPLE(?i) AS ?x) {{ {THREE} }} HAVING (COUNT(*) < 0)", SLOW
    )
    yield Killer(
        "thirty aggregates",
        "SELECT "
        + " ".join(
            f"({word}(?f) AS ?{word}{n})"
            for n in range(6)
            for word in ("MIN", "MAX", "SUM", "AVG", "COUNT")
        )
        + f" {{ {TWO} }} GROUP BY ?a ?b ?c",
        SLOW,
    )
    yield Killer(
        "all sorted by long expressions",
        f"SELECT * {{ {TWO} }} ORDER BY "
        + " ".join(["DESC(CONCAT(STR(?a), STR(?f), STR(?c)))"] * 20),
        SLOW,
    )
    yield Killer(
        "random product",
        f"SELECT (SUM(RAND()) AS ?n) (SAMPLE(STRUUID()) AS ?x) {{ {THREE} }}",
        SLOW,
    )
    yield Killer("endless identifiers", f"SELECT (UUID() AS ?u) {{ {THREE} }}", LARGE, CSV)


def _paths() -> Iterator[Killer]:
    """Property paths."""
    count = "SELECT (COUNT(*) AS ?n)"
    yield Killer(
        "path of anything", "SELECT * { ?s (<urn:a>|!<urn:a>)* ?o . ?x ?y ?z }", LARGE, method="GET"
    )
    yield Killer(
        "path of anything, counted", f"{count} {{ ?s (<urn:a>|!<urn:a>|^!<urn:b>)+ ?o }}", SLOW
    )
    yield Killer(
        "closures within closures",
        f"{count} {{ ?s ((((!<urn:a>)*)+)*|((^!<urn:a>)+)*)+ ?o }}",
        SLOW,
    )
    yield Killer("path of 400 steps", f"SELECT * {{ ?s {_steps('/', 400)} ?o }}", (422,))
    yield Killer("path of 600 alternatives", f"SELECT * {{ ?s ({_steps('|', 600)})* ?o }}", (422,))
    yield Killer(
        "path of 45 steps of anything",
        f"{count} {{ ?s " + "/".join(["!<urn:p>"] * 45) + " ?o }",
        (200, *SLOW),
    )
    yield Killer("deep path", f"SELECT * {{ ?s {_nested('(', ')*', 60, '!<urn:p>')} ?o }}", (422,))
    yield Killer(
        "500 triple patterns",
        "SELECT * { " + " ".join(f"?s{n} ?p{n} ?s{n + 1} ." for n in range(500)) + " }",
        (422,),
    )
    yield Killer(
        "90 triple patterns in a chain",
        f"{count} {{ " + " ".join(f"?s{n} ?p{n} ?s{n + 1} ." for n in range(90)) + " }",
        SLOW,
    )
    yield Killer(
        "90 triple patterns in a star",
        f"{count} {{ " + " ".join(f"?s ?p{n} ?o{n} ." for n in range(90)) + " }",
        SLOW,
    )


def _growth() -> Iterator[Killer]:
    """Values that grow without end, and work done on large ones."""
    start = 'BIND ("x" AS ?x0)'
    concat = _doubling("CONCAT({x}, {x})")
    encode = _doubling("ENCODE_FOR_URI(CONCAT({x}, {x}))")
    replace = _doubling('REPLACE({x}, "x", "xx")')
    yield Killer("doubling REPLACE", f"SELECT (STRLEN(?x40) AS ?n) {{ {start} {replace} }}", SLOW)
    yield Killer(
        "doubling CONCAT",
        f"SELECT (STRLEN(?x40) AS ?n) {{ {start} {concat} }}",
        SLOW,
    )
    yield Killer(
        "growing ENCODE_FOR_URI",
        f"SELECT (STRLEN(?x40) AS ?n) {{ BIND ('%' AS ?x0) {encode} }}",
        SLOW,
    )
    yield Killer(
        "hashes of huge strings",
        f"SELECT * {{ {start} {_doubling('CONCAT({x}, {x})', 26)} {TWO} "
        "FILTER (SHA512(CONCAT(?x26, STR(?f), STR(?c))) = 'no') }",
        SLOW,
    )
    yield Killer(
        "huge GROUP_CONCAT",
        f"SELECT (STRLEN(GROUP_CONCAT(CONCAT(STR(?a), STR(?f)))) AS ?n) {{ {THREE} }}",
        SLOW,
    )
    yield Killer(
        "huge GROUP_CONCAT, sent",
        f"SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?f))) AS ?x) {{ {TWO} }}",
        LARGE,
    )
    yield Killer(
        "GROUP_CONCAT within GROUP_CONCAT",
        "SELECT (GROUP_CONCAT(?x) AS ?y) { { SELECT ?a (GROUP_CONCAT(STR(?f)) AS ?x) "
        f"{{ {TWO} }} GROUP BY ?a }} ?d ?e ?f }}",
        SLOW,
    )
    yield Killer(
        "a number of 10,000 digits",
        "SELECT (" + "9" * 10_000 + " * " + "9" * 10_000 + " AS ?n) {}",
        (200, 400),
    )
    yield Killer("powers", "SELECT ?x40 { BIND (9 AS ?x0) " + _doubling("{x} * {x}") + " }", (200,))
    yield Killer("a huge literal", 'SELECT ("' + "x" * 200_000 + '" AS ?x) {}', (413,))
    yield Killer(
        "a huge literal for every triple",
        'SELECT ("' + "x" * 60_000 + '" AS ?x) { ?s ?p ?o }',
        LARGE,
    )
    yield Killer(
        "nested quantifiers",
        f"SELECT (COUNT(*) AS ?n) {{ {TWO} "
        'FILTER REGEX(CONCAT(STR(?c), STR(?f)), "^(([a-z ])+.)+[A-Z]([a-z])+$") }',
        SLOW,
    )
    yield Killer(
        "a regular expression that repeats without end",
        'SELECT * { ?s ?p ?o FILTER REGEX(STR(?o), "((a{1,65535}){1,65535}){1,65535}") }',
        (200, *SLOW),
        method="GET",
    )
    yield Killer(
        "a regular expression of many alternatives",
        'SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?x ?y ?z FILTER REGEX(CONCAT(STR(?o), STR(?z)), "'
        + "|".join(f"({n}.*){{1,9}}" for n in range(4_000))
        + '") }',
        (200, *SLOW),
    )
    yield Killer(
        "a pattern for each row",
        f"SELECT (COUNT(*) AS ?n) {{ {TWO} "
        'FILTER REGEX(STR(?c), CONCAT("(.*", STR(?f), ".*){1,50}")) }',
        SLOW,
    )


def _shapes() -> Iterator[Killer]:
    """Geometries of many points, cut with one another."""
    star = ", ".join(
        f"{math.cos(n) * (n % 7 + 1):.3f} {math.sin(n) * (n % 7 + 1):.3f}" for n in range(1_500)
    )
    shape = f"'POLYGON (({star}, 1 0))'^^geo:wktLiteral"
    prefixes = (
        "PREFIX geo: <http://www.opengis.net/ont/geosparql#> "
        "PREFIX geof: <http://www.opengis.net/def/function/geosparql/> "
    )
    yield Killer(
        "a star of 1,500 points, cut with itself",
        f"{prefixes}SELECT (geof:intersection(?x, ?x) AS ?y) {{ BIND ({shape} AS ?x) {TWO} }}",
        (200, 413, *SLOW),
    )
    yield Killer(
        "distances within a product",
        f"{prefixes}SELECT (COUNT(*) AS ?n) {{ BIND ({shape} AS ?x) {TWO} FILTER geof:sfIntersects("
        "?x, STRDT(CONCAT('POINT(', STR(STRLEN(STR(?f))), ' 1)'), geo:wktLiteral)) }",
        SLOW,
    )


def _depth() -> Iterator[Killer]:
    """What overflows the stack of a parser or of a planner."""
    yield Killer(
        "5,000 parentheses", "SELECT * { FILTER(" + _nested("(", ")", 5_000, "1") + ") }", (422,)
    )
    yield Killer("10,000 groups", "SELECT * " + _nested("{", "}", 10_000), (422,))
    yield Killer("5,000 groups, never closed", "SELECT * " + "{" * 5_000, (422,))
    yield Killer(
        "3,000 OPTIONALs",
        "SELECT * { ?s ?p ?o " + _nested("OPTIONAL { ?s ?p ?o ", "}", 3_000) + "}",
        (422,),
    )
    yield Killer(
        "OPTIONALs that multiply",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o "
        + "".join(f"OPTIONAL {{ ?s{n} ?p{n} ?o{n} " for n in range(8))
        + "}" * 9,
        SLOW,
    )
    yield Killer(
        "1,000 NOT EXISTS",
        "SELECT * { " + _nested("FILTER NOT EXISTS { ", "}", 1_000, "?s ?p ?o") + " }",
        (422,),
    )
    yield Killer(
        "1,000 sub-selects",
        "SELECT * " + _nested("{ SELECT * ", "}", 1_000, "{ ?s ?p ?o }"),
        (422,),
    )
    yield Killer(
        "20,000 signs !", "SELECT * { FILTER(" + "!" * 20_000 + "true) }", (422,), method="GET"
    )
    yield Killer("20,000 signs -", "SELECT (" + "- " * 20_000 + "1 AS ?x) {}", (422,))
    yield Killer(
        "200 collections",
        "SELECT * { ?s ?p " + _nested("(", ")", 200, "1") + " }",
        (422,),
        method="GET",
    )
    yield Killer(
        "2,000 blank nodes", "SELECT * { ?s ?p " + _nested("[ ?p ", "]", 2_000, "1") + " }", (422,)
    )
    yield Killer(
        "300 triple terms",
        "SELECT * { ?s ?p " + _nested("<<( ?s ?p ", ")>>", 300, "?o") + " }",
        (422,),
    )
    yield Killer(
        "30 EXISTS within one another",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o "
        + _nested("FILTER EXISTS { ?s ?x ?y . ?z ?w ?o ", "}", 30)
        + " }",
        (200, *SLOW, 422),
    )
    yield Killer(
        "EXISTS for each row",
        f"SELECT (COUNT(*) AS ?n) {{ {TWO} "
        "FILTER NOT EXISTS { ?x ?y ?z FILTER (STR(?z) = CONCAT(STR(?a), STR(?f))) } }",
        SLOW,
    )
    yield Killer(
        "LATERAL for each row",
        f"SELECT (COUNT(*) AS ?n) {{ {TWO} LATERAL {{ ?x ?y ?z FILTER (STR(?z) > STR(?f)) }} }}",
        SLOW,
    )
    yield Killer(
        "aggregates within aggregates",
        "SELECT (COUNT(*) AS ?n) { "
        + "{ SELECT (COUNT(*) AS ?m) { " * 8
        + THREE
        + " } }" * 8
        + f" {FOUR} }}",
        SLOW,
    )


def _width() -> Iterator[Killer]:
    """Long lists, long chains and long texts."""
    many = " ".join(str(number) for number in range(10_000))
    yield Killer(
        "100,000 VALUES", "SELECT * { VALUES ?x {" + " 1" * 100_000 + " } ?s ?p ?x }", (413,)
    )
    yield Killer(
        "10,000 VALUES, joined with themselves",
        f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {many} }} {TWO} FILTER (?x != ?f && ?x != ?c) }}",
        SLOW,
    )
    yield Killer(
        "15,000 VALUES twice",
        "SELECT (COUNT(*) AS ?n) { VALUES ?x {"
        + " 1" * 15_000
        + " } VALUES ?y {"
        + " 2" * 15_000
        + " } }",
        SLOW,
    )
    yield Killer(
        "VALUES of huge literals",
        "SELECT * { VALUES ?x { " + ('"' + "x" * 6_000 + '" ') * 10 + "} ?s ?p ?o }",
        LARGE,
    )
    yield Killer(
        "IN with 100,000 members",
        "SELECT * { ?s ?p ?o FILTER (?o IN (" + ",".join(["1"] * 100_000) + ")) }",
        (413,),
    )
    yield Killer(
        "IN with 10,000 members",
        f"SELECT (COUNT(*) AS ?n) {{ {TWO} FILTER (?f IN ({many.replace(' ', ',')})) }}",
        (*SLOW, 422),
    )
    yield Killer(
        "2,000 OR terms",
        "SELECT * { ?s ?p ?o FILTER (" + " || ".join(["?o = 1"] * 2_000) + ") }",
        (422,),
    )
    yield Killer(
        "400 OR terms over a product",
        f"SELECT (COUNT(*) AS ?n) {{ {THREE} FILTER ("
        + " || ".join(f"?c = {n}" for n in range(400))
        + ") }",
        SLOW,
    )
    yield Killer(
        "2,000 UNIONs", "SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * 2_000) + " }", (422,)
    )
    yield Killer(
        "24 UNIONs of products",
        "SELECT (COUNT(*) AS ?n) { " + " UNION ".join([f"{{ {TWO} }}"] * 24) + " }",
        SLOW,
    )
    yield Killer(
        "2,500 BINDs",
        "SELECT * { " + "".join(f"BIND (1 AS ?x{n}) " for n in range(2_500)) + "}",
        (422,),
    )
    yield Killer(
        "20 MINUS",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o "
        + "".join(f"MINUS {{ ?s ?p{n} ?o . ?x{n} ?y{n} ?z{n} }} " for n in range(20))
        + "}",
        SLOW,
    )
    yield Killer(
        "FROM 1,000 times",
        "SELECT (COUNT(*) AS ?n) "
        + "FROM <https://data.greatermanchester.example/graph/made> " * 1_000
        + f"WHERE {{ {TWO} }}",
        REFUSED,
    )
    yield Killer(
        "one graph 400 times",
        "SELECT (COUNT(*) AS ?n) "
        + "FROM <https://data.greatermanchester.example/graph/made> " * 400
        + f"WHERE {{ {TWO} }}",
        SLOW,
    )
    yield Killer(
        "900 default graphs in the request",
        f"SELECT (COUNT(*) AS ?n) {{ {TWO} }}",
        (200, *SLOW),
        dataset=tuple(("default-graph-uri", f"https://example.org/{n}") for n in range(900)),
    )
    yield Killer(
        "1,500 fields in the request",
        f"SELECT * {{ {TWO} }}",
        (400,),
        dataset=tuple(("default-graph-uri", f"https://example.org/{n}") for n in range(1_500)),
    )
    yield Killer(
        "1,500 prefixes",
        "".join(f"PREFIX p{n}: <https://example.org/{n}/> " for n in range(1_500))
        + f"SELECT (COUNT(*) AS ?n) {{ {FOUR} }}",
        (*SLOW, 422),
    )
    yield Killer("64 KiB of comment", "#" * 65_000 + "\nASK {}", (200,))
    yield Killer("64 KiB of comment lines", "#\n" * 32_000 + "ASK {}", (200,))
    yield Killer(
        "a string that never ends",
        "SELECT * { ?s ?p '" + "x\\'" * 15_000 + " }",
        (400,),
        placed=True,
    )
    yield Killer(
        "60,000 quotation marks", "SELECT * { ?s ?p " + '"' * 60_000 + " }", REFUSED, placed=True
    )
    yield Killer("60,000 signs <", "SELECT * { FILTER (1 " + "<" * 60_000 + " 2) }", REFUSED)
    yield Killer("a name of 60,000 dots", "SELECT * { ?s ?p a" + "." * 60_000 + "b:c }", REFUSED)
    yield Killer(
        "half of an escape, many times",
        "SELECT * { ?s ?p '" + "\\u00" * 15_000 + "' }",
        (400,),
        placed=True,
    )
    yield Killer("3,000 terms to DESCRIBE", "DESCRIBE " + "<urn:a> " * 3_000, (422,), TURTLE)


def _graphs() -> Iterator[Killer]:
    """Graphs without end."""
    template = " . ".join(f"?a ?e ?i . ?d <urn:p{n}> ?c" for n in range(12))
    yield Killer(
        "endless CONSTRUCT", f"CONSTRUCT {{ ?a ?e ?i }} WHERE {{ {FOUR} }}", LARGE, TRIPLES
    )
    yield Killer(
        "endless CONSTRUCT of large templates",
        f"CONSTRUCT {{ {template} }} WHERE {{ {THREE} }}",
        LARGE,
        TURTLE,
    )
    yield Killer(
        "endless CONSTRUCT of blank nodes",
        f"CONSTRUCT {{ [] ?b [ ?e ?f ] }} WHERE {{ {THREE} }}",
        LARGE,
        TRIPLES,
    )
    yield Killer(
        "a million triples",
        f"CONSTRUCT {{ ?a ?b ?f }} WHERE {{ {TWO} }} LIMIT 1000000",
        LARGE,
        TRIPLES,
    )
    yield Killer("everything, described", f"DESCRIBE * {{ {TWO} }}", LARGE, TRIPLES)
    yield Killer(
        "everything, described as RDF/XML",
        f"DESCRIBE ?a ?d {{ {TWO} }}",
        LARGE,
        "application/rdf+xml",
    )
    yield Killer(
        "a graph that never has a statement",
        f"CONSTRUCT {{ ?a <urn:p> ?c }} WHERE {{ {THREE} "
        "FILTER (CONCAT(?c, ?f, ?i) = 'no such thing') }",
        SLOW,
        "application/ld+json",
    )
    yield Killer("a product as a page", f"SELECT * {{ {FOUR} }}", LARGE, "text/html", "GET")


def _calls() -> Iterator[Killer]:
    """SERVICE, in spellings that hide it, and what changes data."""
    there = "<http://127.0.0.1:9/sparql>"
    for number, clause in enumerate(
        (
            f"SERVICE {there} {{ ?s ?p ?o }}",
            f"SeRvIcE SILENT {there} {{ ?s ?p ?o }}",
            f"SERVICESILENT{there}{{ ?s ?p ?o }}",
            f"?s ?p 1.service{there}{{ ?s ?p ?o }}",
            f"SERVICE#\n{there}#{{\n{{ ?s ?p ?o }}",
            f"BIND ({there} AS ?there) SERVICE ?there {{ ?s ?p ?o }}",
            "GRAPH ?g { SERVICE <http:\\u002F/127.0.0.1:9/> { ?s ?p ?o } }",
        ),
        1,
    ):
        yield Killer(f"SERVICE, spelling {number}", f"SELECT * {{ {clause} }}", (400,), placed=True)
    yield Killer("LOAD", f"LOAD {there}", (400,), placed=True)
    yield Killer("CLEAR after a prefix", "PREFIX a: <urn:a> CLEAR ALL", (400,), placed=True)


KILLERS = (
    *_products(),
    *_paths(),
    *_growth(),
    *_shapes(),
    *_depth(),
    *_width(),
    *_graphs(),
    *_calls(),
)
