"""Shapes compiled to SPARQL, held against pySHACL."""
