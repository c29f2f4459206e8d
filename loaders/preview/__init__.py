"""What a load would do if it were staged and published, for the steward who is about to run it.

`model` says what a preview holds, `making` makes one of a dry run, and `writing` puts it in words.
Of the rest each has one subject: `things` compares what is published with what would be, `changes`
tells what changed about a thing, `rows` reads single rows again, `risk` finds the IRIs that may be
lost, `faults` what the shapes say, and `personal` what may be of a person. `terms` has the names of
classes and properties, `masking` takes out what no preview may print.
"""
