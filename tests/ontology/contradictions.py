"""Finding what cannot be true at once, by the rules of OWL 2 RL (OWL 2 Profiles §4.3)."""

import owlrl
from rdflib import OWL, RDF, RDFS, Graph, URIRef

# The vocabulary in which owlrl writes down the inconsistencies that its rules meet.
_ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")


def closure(*graphs: Graph) -> Graph:
    """All that the graphs entail together; they stay as they are."""
    entailed = Graph()
    for graph in graphs:
        for statement in graph:
            entailed.add(statement)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(entailed)
    return entailed


def contradictions(entailed: Graph) -> set[str]:
    """What is wrong in a closure: errors met, members of the empty class, empty classes."""
    errors = {str(message) for message in entailed.objects(None, _ERROR)}
    members = {
        f"{thing} is a member of owl:Nothing" for thing in entailed.subjects(RDF.type, OWL.Nothing)
    }
    empty = {
        f"{each} can have no member"
        for each in entailed.subjects(RDFS.subClassOf, OWL.Nothing)
        if each != OWL.Nothing
    }
    return errors | members | empty


def collapsed(entailed: Graph, classes: set[URIRef]) -> set[str]:
    """Those of the classes that have come to mean everything, or nothing, or one another."""
    found = set()
    for each in classes:
        for other in {OWL.Thing, OWL.Nothing, *classes} - {each}:
            equivalent = (each, OWL.equivalentClass, other) in entailed
            over = (other, RDFS.subClassOf, each) in entailed
            under = (each, RDFS.subClassOf, other) in entailed
            if equivalent or (over and under):
                found.add(f"{each} means {other}")
    return found
