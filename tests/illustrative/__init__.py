"""The illustrative world: made-up bodies with the records that real ones do not publish.

`make illustrative` writes its CSV files into `loaders/sources/illustrative`; a test holds the two
together. The records hang on bodies that do not exist, and their names say so. What is alike in
each district is written out in these modules; what differs from record to record is drawn from a
generator with a fixed seed, so that the same files are made each time. `docs/illustrative-data.md`
says what is in it.
"""
