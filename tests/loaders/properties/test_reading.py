"""Whatever a file holds, reading it ends well, and what is sound in it is loaded or told as lost.

Every format is tried, each with a good record of its own among records of which anything may stand
in any member, and with its bytes changed at any place.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from loaders.errors import LoaderError
from loaders.formats import FORMATS
from loaders.issues import Effect
from tests.loaders.conftest import Reading, read
from tests.loaders.properties.items import JSON, YAML
from tests.loaders.properties.samples import SAMPLES, Sample, source_of

EVERY = pytest.mark.parametrize("name", SAMPLES)
MANY = pytest.mark.parametrize("name", [name for name, each in SAMPLES.items() if each.takes_more])
# All formats together are many examples, of which every run draws others.
quick = settings(
    max_examples=8, deadline=None, database=None, suppress_health_check=list(HealthCheck)
)

# Two posts of one title are told apart by their units, whichever comes first.
TOLD_APART = {"organisation-chart", "organogram-senior"}
CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.text(CHARACTERS, max_size=30) | st.sampled_from(
    [
        "",
        "NA",
        "é",
        "en-",
        "nan",
        "1e999",
        "=1+1",
        "{}",
        "2024-02-30",
        "http://",
        "<b>",
        '"',
        "'",
        "\x00",
        "\n",
    ]
)
VALUES = st.recursive(
    TEXTS
    | st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def values_of(name: str) -> st.SearchStrategy[Any]:
    """What may stand in a member: anything in JSON and YAML, texts where there is nothing else."""
    if name in JSON:
        return VALUES | st.just("\ud800")  # half of a character
    return VALUES if name in YAML else TEXTS


def read_all(name: str, content: bytes) -> Reading | None:
    """What a file comes to; None where it is refused, in words."""
    try:
        found = read(source_of(name), content)
    except LoaderError:
        return None
    # What is let in must be what the store can read back.
    lines = b"".join(found.lines)
    assert len(list(parse(lines, format=RdfFormat.N_QUADS))) == len(found.lines)
    return found


@cache
def good_file(name: str) -> bytes:
    """The file of the good record alone; a workbook that is made again has another time in it."""
    return SAMPLES[name].build([SAMPLES[name].good])


@cache
def good_lines(name: str) -> frozenset[bytes]:
    alone = read(source_of(name), good_file(name))
    assert alone.tally.records_loaded == 1
    return frozenset(alone.lines)


def lost(reading: Reading) -> list[object]:
    """What a reading tells of records and values that it left out."""
    return [each for each in reading.issues if each.effect is not Effect.NOTED]


def test_every_format_has_a_good_record_that_is_loaded() -> None:
    assert SAMPLES.keys() == FORMATS.keys()
    assert len(SAMPLES) == len(FORMATS) >= 120
    for name in SAMPLES:
        assert good_lines(name), name


@MANY
@quick
@given(st.data())
def test_a_good_record_is_loaded_whatever_stands_beside_it(name: str, data: st.DataObject) -> None:
    sample: Sample = SAMPLES[name]
    values = values_of(name)
    columns = st.sampled_from(list(sample.good))
    others = data.draw(
        st.lists(st.dictionaries(columns | TEXTS, values, max_size=5), min_size=1, max_size=3)
    )
    place = data.draw(st.integers(0, len(others)))
    content = sample.build([*others[:place], sample.good, *others[place:]])
    found = read_all(name, content)
    assert found is not None
    assert good_lines(name) <= set(found.lines)
    assert found.tally.records_loaded + found.tally.records_left_out == found.tally.records_in


@MANY
@quick
@given(st.data())
def test_one_like_it_with_one_value_changed_never_takes_it_away_silently(
    name: str, data: st.DataObject
) -> None:
    sample = SAMPLES[name]
    member = data.draw(st.sampled_from(list(sample.good)))
    other: Mapping[str, Any] = {**sample.good, member: data.draw(values_of(name))}
    found = read_all(name, sample.build([sample.good, other]))
    assert found is not None
    whole = good_lines(name) <= set(found.lines)
    assert whole or lost(found) or (name in TOLD_APART and not found.tally.records_left_out)


@EVERY
@quick
@given(st.data())
def test_a_file_whose_bytes_are_changed_is_read_or_refused(name: str, data: st.DataObject) -> None:
    content = good_file(name)
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 20)))
    changed = content[:start] + data.draw(st.binary(max_size=20)) + content[end:]
    found = read_all(name, changed)
    if found is not None:
        tally = found.tally
        assert tally.records_loaded + tally.records_left_out == tally.records_in
        assert tally.records_left_out <= sum(
            each.effect is Effect.LEFT_OUT for each in found.issues
        )


@EVERY
@quick
@given(st.binary(max_size=200))
def test_bytes_that_are_no_such_file_are_read_or_refused(name: str, content: bytes) -> None:
    read_all(name, content)
