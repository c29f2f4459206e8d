"""`/vocabulary.json`: the names that the query editor offers (service/frontend/src/vocabulary.js).

No other site is asked for them: they are the terms that this service itself can explain.
"""

import json

from ontology.namespaces import PREFIXES
from queries.query import load
from service.labels import prefixed
from service.store import PerRelease, Release


def _write(release: Release) -> bytes:
    terms = []
    for row in load("pages/vocabulary").run(release.store):
        iri = row["term"].value
        prefix, _, name = (prefixed(iri) or "").partition(":")
        if name:
            label = release.labels.of(iri)
            terms.append(
                {"prefix": prefix, "name": name, "label": label, "kind": row["kind"].value}
            )
    return json.dumps({"prefixes": dict(PREFIXES), "terms": terms}, ensure_ascii=False).encode()


vocabulary = PerRelease(_write)
