"""The lines of one thing are found among sorted ones, whatever stands round them."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from service.changes import lines_of

KEYS = st.text(st.sampled_from("ab-./~é#"), min_size=1, max_size=4)
LINES = st.lists(st.tuples(KEYS, st.text(st.sampled_from("xyz <>é"), max_size=5)), max_size=12)


@given(LINES, KEYS)
def test_they_are_those_that_reading_every_line_finds(
    stated: list[tuple[str, str]], key: str
) -> None:
    written = sorted({f"<urn:{each}> {rest}\n".encode() for each, rest in stated})
    with TemporaryDirectory() as folder:
        path = Path(folder) / "lines"
        path.write_bytes(b"".join(written))
        for wanted in {key, *(each for each, _ in stated)}:
            beginning = f"<urn:{wanted}> ".encode()
            expected = [line for line in written if line.startswith(beginning)]
            assert list(lines_of(path, f"urn:{wanted}")) == expected
