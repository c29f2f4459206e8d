"""What `gmkg doctor` looks at in a data directory, of which it changes nothing.

    examination ─▶ link, releases ─▶ contents      what is served and what is kept
                ─▶ staged                          what waits to be published, and what it came from
                ─▶ declarations, endings, audit    what stewards and writers wrote
                ─▶ leftovers, permissions, room    the state of the directory

Each check yields findings: a fault keeps something from working or tells somebody too much, a
warning wants doing some day, and what is fine is told so that one sees that it was looked at.
"""
