"""Writes: how a request that changes data becomes a release, and why one does not.

    authority        who may write
    update_request   a request to /update becomes a job
    graph_request    which graph a request of the Graph Store Protocol means, and what it brings
    conditions       If-Match and If-None-Match become a condition on a release
    job              a write, and what came of it, as parent and process tell one another
    writer           the parent: one write at a time, with a bounded queue and a deadline
    write_process    a process as its parent sees it
    settling         what is told of a write whose process ended before it had answered
    process          the process itself: the only module here that knows the loaders

What a stranger sends is parsed and evaluated in a process that can be killed, as queries are
(`service.workers`). Nothing is half done whenever it is: a release is whole or it is not there.
"""
