"""Query workers: processes that run strangers' queries and can be killed.

The engine has no time-out, no cancellation and no bound of memory, and some queries end the
process that runs them. So queries run in other processes: started by exec, limited by the
operating system, and killed by their parent when a query's time is over or its client has left.

    runner    what the service knows of all this: a `QueryRunner`
    pool      queries go into workers, and answers or honest refusals come out
    lanes     who runs now and who waits: quick and slow queries, and the shares of clients
    debts     what clients owe for the workers that their queries have cost
    waiting   who is next, so that no client keeps the others waiting
    flight    one run of a query, and everybody who waits for its answer
    staff     the workers: started, replaced, buried; `idle`: those that have nothing to do
    process   a worker as its parent sees it
    refusals  what a client is told who gets no answer
    bounds    how much there is of what queries share
    spools    the folder of the files that hold large answers
    channel   what parent and worker say to one another
    worker    the process itself
    sandbox   what the process may do

`worker`, `sandbox` and `channel` are loaded whenever a worker starts, which is whenever one was
killed: they import little.
"""
