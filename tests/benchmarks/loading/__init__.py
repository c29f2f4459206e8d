"""How long it takes from records to a published store: our line, other ways, and the floor.

    python -m tests.benchmarks.loading --help

Each contender makes the same triples of the same file of made-up organisations, and then a store
of them, every part a process of its own from start to end. The floor is the engine's own command
line, which loads what our line has published.
"""
