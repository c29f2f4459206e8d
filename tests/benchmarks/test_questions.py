"""The measurement of questions runs; how fast anything is, no test decides."""

from queries.query import all_queries
from tests.benchmarks.questions import main


def test_each_question_is_measured_over_both_releases() -> None:
    said: list[str] = []
    main(["--districts", "2", "--count", "1"], said.append)
    circumstances, heads, _, *rows = said
    assert "2 districts" in circumstances
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    assert len(rows) == sum(1 for query in all_queries() if query.numbers) >= 23
    assert {len(each) for each in cells} == {9} == {heads.count("|") - 1}
    found = {each[0]: tuple(int(each[n].replace(",", "")) for n in (3, 7)) for each in cells}
    assert found["A4 flows"] == (13, 26)
    assert found["A2 ownership-gaps"] == (9, 18)
    assert all(float(each[4]) > 0 for each in cells)
