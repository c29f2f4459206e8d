"""The SPARQL endpoint beside the engine's own server and a Python peer, over the same data."""
