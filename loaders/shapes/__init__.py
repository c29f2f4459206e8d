"""The shapes of the ontology as SPARQL queries, and what answers them.

`reading` makes typed shapes of Turtle, `model` says what they are, `compiling` makes queries of
them, `running` asks the queries of lines of N-Quads, and `fallback` hands to pySHACL what the
compiler does not know.
"""
