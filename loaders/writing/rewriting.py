"""An operation of an update written anew, to be run alone. Pure text.

What the engine's own interface cannot say is said in the text: the dataset of the protocol becomes
USING clauses, and what names no graph is put into GRAPH.
"""

from collections.abc import Sequence

from loaders.writing.operations import DEFAULT, Form, Operation
from loaders.writing.passages import Composed, Edits, Passage


def rewritten(
    operation: Operation,
    *,
    home: str | None = None,
    reads_home: bool = False,
    using: Sequence[str] = (),
    using_named: Sequence[str] = (),
) -> Composed | None:
    """The operation as text to be run alone; None where it comes to nothing.

    What names no graph is written to `home`, the IRI of a graph; with `reads_home` WHERE sees that
    graph instead of the default graph. `using` and `using_named` make the dataset of WHERE: they
    are IRIs, of an operation that has neither WITH nor USING. A management operation on DEFAULT is
    one on `home`, and its graphs are otherwise `home` alone (`Operation.written` tells).
    """
    if operation.graphs:
        return _managed(operation, home)
    source, edits = operation.source, Edits()
    wraps = home is not None and operation.with_graph is None
    if wraps and reads_home and operation.form.reads:
        edits.insert(operation.start, f"WITH <{home}> ")
        wraps = False
    if wraps:
        for template in operation.templates:
            for start, end in template.loose:
                edits.insert(start, f"GRAPH <{home}> {{ ")
                edits.insert(end, " }")
    dataset = [f"USING <{iri}> " for iri in using] + [
        f"USING NAMED <{iri}> " for iri in using_named
    ]
    if operation.form is Form.DELETE_WHERE and (home is not None or dataset):
        (pattern,) = operation.templates
        edits.replace(operation.where, pattern.start, "")
        where = source[pattern.start : pattern.end]
        edits.insert(pattern.end, f" {''.join(dataset)}WHERE {where}")
    elif operation.form is Form.MODIFY:
        edits.insert(operation.where, "".join(dataset))
    changed = edits.applied(source, operation.start, operation.end)
    return Composed(source, (*operation.prologue, *changed))


def _managed(operation: Operation, home: str | None) -> Composed | None:
    if home is None:
        return operation.alone
    if operation.form in (Form.ADD, Form.MOVE, Form.COPY):
        return None  # from the one graph to itself
    if operation.graphs[0].text.upper() == DEFAULT:  # which is always there
        whole = Passage(f"{operation.form} SILENT GRAPH <{home}>")
        return Composed(operation.source, (whole,))
    return operation.alone
