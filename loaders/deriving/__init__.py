"""What a release concludes from what its sources state: four graphs, made anew at every publish.

    what an audience may see ─▶ links ─▶ inferred ─▶ contributions ─▶ quality

Each is one more sorted file of the audience, so that stores, differences, search and history need
nothing special. A derivation sees what the audience sees and what was derived before it, and never
itself: there is no fixpoint over several. What a narrower audience was told, a wider one is told
too. `docs/decisions/0024-derived-graphs.md` says why.
"""
