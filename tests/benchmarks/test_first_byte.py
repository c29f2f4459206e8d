"""The measurement runs, and measures what it says; how fast anything is, no test decides."""

import pytest

from tests.benchmarks.first_byte import main, native_program


@pytest.mark.skipif(native_program() is None, reason="the native server is not installed")
def test_the_measurement_compares_both_servers_case_by_case(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["--things", "50", "--count", "2"])
    circumstances, table = capsys.readouterr().out.split("\n\n")
    assert "2 requests of each kind" in circumstances
    rows = [line.split(" | ") for line in table.strip().splitlines()[2:]]
    assert len(rows) == 7
    assert all(len(row) == 6 for row in rows)
    with_native = [row for row in rows if row[3] != "–"]
    assert len(with_native) == 5
    assert all(float(row[5].rstrip(" |")) > 0 for row in with_native)
