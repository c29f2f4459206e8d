"""Each filled cell of a CSV file as a triple, as a script with rdflib does it.

    python tests/benchmarks/loading/cells_script.py RECORDS.csv MADE.nt

It stands for itself and imports nothing of ours: what it takes is what such a script takes.
"""

import csv
import sys

from rdflib import Graph, Literal, Namespace

ROW = Namespace("https://data.greatermanchester.example/id/row/")
COLUMN = Namespace("https://data.greatermanchester.example/column/")


def read(path: str) -> Graph:
    """The graph of a file whose first column numbers its rows."""
    graph = Graph()
    with open(path, encoding="utf-8", newline="") as file:  # noqa: PTH123 - as scripts do
        for row in csv.DictReader(file):
            subject = ROW[row.pop("row")]
            for column, cell in row.items():
                if cell:
                    graph.add((subject, COLUMN[column], Literal(cell)))
    return graph


if __name__ == "__main__":
    _, records, made = sys.argv
    read(records).serialize(made, format="nt", encoding="utf-8")
