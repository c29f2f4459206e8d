"""The questions: SPARQL first, one question per `.rq` file. Start reading at `queries.query`."""
