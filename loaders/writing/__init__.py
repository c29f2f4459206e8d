"""One write from outside: an update or an upload becomes a release, or is refused whole.

`loaders.writing.write` says what a write is, `loaders.writing.writing` carries it out.
"""
