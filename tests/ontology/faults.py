"""Faults that a Turtle document of the ontology can have although it parses."""

from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ontology.namespaces import PREFIXES

GM = PREFIXES["gm"]
TERM_STATUS = URIRef(PREFIXES["vs"] + "term_status")
IN_ENGLISH = (RDFS.label, RDFS.comment, SKOS.scopeNote)
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)


def declared(graph: Graph) -> set[URIRef]:
    """The classes and properties that the graph declares."""
    return {
        each
        for kind in KINDS
        for each in graph.subjects(RDF.type, kind)
        if isinstance(each, URIRef)
    }


def blank_nodes(graph: Graph) -> set[Node]:
    """The blank nodes, in any place of a statement."""
    return {term for statement in graph for term in statement if isinstance(term, BNode)}


def incomplete(graph: Graph) -> set[tuple[URIRef, URIRef]]:
    """Declared terms that lack a description, each with the property that is missing."""
    missing = set()
    for term in declared(graph):
        for predicate in IN_ENGLISH:
            texts = [each for each in graph.objects(term, predicate) if isinstance(each, Literal)]
            if [each.language for each in texts] != ["en"] or not texts[0].strip():
                missing.add((term, predicate))
        for predicate in (SKOS.example, RDFS.isDefinedBy, TERM_STATUS):
            if not list(graph.objects(term, predicate)):
                missing.add((term, predicate))
    return missing


def undeclared(graph: Graph, terms: set[URIRef]) -> set[Node]:
    """The IRIs in our namespace that stand in the graph and are none of the terms."""
    return {
        each
        for statement in graph
        for each in statement
        if isinstance(each, URIRef) and each.startswith(GM) and each not in terms
    }


def unlabelled(graph: Graph, labels: Graph) -> set[Node]:
    """The predicates, classes and datatypes that the graph uses and the labels do not name."""
    used: set[Node] = set(graph.predicates()) | set(graph.objects(None, RDF.type))
    used |= set(graph.objects(None, RDFS.subClassOf)) | set(graph.objects(None, RDFS.range))
    used |= {
        each.datatype for each in graph.objects() if isinstance(each, Literal) and each.datatype
    }
    return {each for each in used if not list(labels.objects(each, RDFS.label))}


def shared_labels(graph: Graph) -> set[str]:
    """Labels, in small letters, by which more than one concept of the graph would be found."""
    found: dict[str, set[Node]] = {}
    for predicate in (SKOS.notation, SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel):
        for each, label in graph.subject_objects(predicate):
            found.setdefault(str(label).casefold(), set()).add(each)
    return {label for label, concepts in found.items() if len(concepts) > 1}


def concept_faults(graph: Graph, scheme: URIRef) -> set[str]:
    """Where the one scheme of a document is not as SKOS and our own IRIs would have it."""
    found = set()
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    tops = {each for each in concepts if (each, SKOS.topConceptOf, scheme) in graph}
    if tops != set(graph.objects(scheme, SKOS.hasTopConcept)):
        found.add("the scheme and its concepts disagree on which are at the top")
    for each in concepts:
        notations = [str(notation) for notation in graph.objects(each, SKOS.notation)]
        if notations != [str(each).removeprefix(f"{scheme}/")]:
            found.add(f"{each} is not named by its one notation")
        for predicate in (SKOS.prefLabel, SKOS.definition):
            texts = [text for text in graph.objects(each, predicate) if isinstance(text, Literal)]
            if [text.language for text in texts] != ["en"]:
                found.add(f"{each} has not one {predicate} in English")
        for predicate in (SKOS.inScheme, RDFS.isDefinedBy):
            if set(graph.objects(each, predicate)) != {scheme}:
                found.add(f"{each} is not of this scheme by {predicate}")
        broader = set(graph.objects(each, SKOS.broader))
        if (each in tops) == bool(broader) or not broader <= concepts - {each}:
            found.add(f"{each} stands neither at the top nor below a concept of this scheme")
    return found


def misplaced(graph: Graph) -> set[Node]:
    """The concepts of an ordered scheme that have not one place each, counted from 1."""
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    free = {Literal(number) for number in range(1, len(concepts) + 1)}
    found: set[Node] = set()
    for each in sorted(concepts, key=str):
        places = set(graph.objects(each, URIRef(f"{GM}position")))
        if len(places) != 1 or not places <= free:
            found.add(each)
        free -= places
    return found


def one_sided_matches(graph: Graph) -> set[tuple[Node, Node]]:
    """The pairs of the graph's own concepts that only one of the two says match."""
    return {
        (each, other)
        for predicate in (SKOS.exactMatch, SKOS.closeMatch, SKOS.relatedMatch)
        for each, other in graph.subject_objects(predicate)
        if (other, RDF.type, SKOS.Concept) in graph and (other, predicate, each) not in graph
    }
