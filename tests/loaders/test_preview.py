"""What a dry run tells of a changing source: every heading, word for word."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace

import pytest

from loaders.audience import Audience
from loaders.directory import DataDirectory
from loaders.formats import find_format
from loaders.leak_exceptions import LeakException
from loaders.pipeline import Tried, load_source
from loaders.preview.making import SHOWN, make_preview
from loaders.preview.model import Preview
from loaders.preview.writing import told
from loaders.publish import publish
from loaders.shapes.running import plan_of
from loaders.source import Source, SourceFile
from tests.loaders.conftest import openers
from tests.loaders.publishing import BASE, a_source, may_end
from tests.loaders.test_shape_faults import NO_BEES, PREFIXES

THING = f"{BASE}id/organisation/"
HEAD = "key,name,type,description,homepage\n"
FIRST = (
    "GB-LAE-AAA,Aston,MD,It does.,https://aston.example/\n"
    "GB-LAE-CCC,Clun,MD,It does.,\n"
    "GB-LAE-DDD,Dalton,MD,It does.,\n"
    "GB-LAE-EEE,Eaton,MD,It does.,\n"
)
SECOND = (
    "GB-LAE-AAA,Aston,MD,It does.,https://aston.example/\n"
    "GB-LAE-CCC,Cleobury,MD,It does more.,https://clun.example/\n"
    "GB-LAE-EEE,,MD,It does.,\n"
    "GB-LAE-FFF,Farlow,MD,,\n"
    "GB-LAE-GGG,Greete,MD,Ask jane.smith@greete.example.,\n"
    "GB-LAE-HHH,Hope,MD,Ring 07700 900123 for help.,\n"
    "GB-LAE-BBB,Bitterley,MD,It does.,\n"
)
REMEDY = (
    "Nothing says why it ends. If it is missing by mistake, mend the file; if it ended, write a "
    "line for it in endings.csv, or declare things-may-end in the source's declaration."
)


@pytest.fixture(autouse=True)
def _shapes(monkeypatch: pytest.MonkeyPatch) -> None:
    """No name begins with a B, and who does not say what it does is reminded of it."""
    plan = plan_of([(PREFIXES + NO_BEES).encode()])
    monkeypatch.setattr("loaders.shape_faults.shapes", lambda: plan)


def given(rows: str) -> dict[str, Callable[[], io.BytesIO]]:
    return {"organisations.csv": lambda: io.BytesIO((HEAD + rows).encode())}


def published(directory: DataDirectory, rows: str, source: Source | None = None) -> None:
    load_source(directory, source or a_source(), given(rows))
    publish(directory)


def tried(
    directory: DataDirectory, rows: str, source: Source | None = None, most: int | None = SHOWN
) -> Preview:
    """The preview of a load of rows."""
    found: list[Preview] = []
    load_source(
        directory,
        source or a_source(),
        given(rows),
        dry_run=True,
        look=lambda each: found.append(make_preview(directory, each, most)),
    )
    return found[0]


def part(preview: Preview, heading: str) -> list[str]:
    """The lines under one heading, or the heading itself where it says that there is nothing."""
    blocks = [block.splitlines() for block in "\n".join(told(preview)).split("\n\n")]
    (found,) = [block for block in blocks if block[0].partition(":")[0] == heading]
    return found[1:] or found


def test_a_second_version_is_told_word_for_word(directory: DataDirectory) -> None:
    published(directory, FIRST)
    preview = tried(directory, SECOND)
    assert preview.published is not None
    expected = f"""\
Preview of councils, “The councils”, for the audience public
7 records read, 5 would be loaded, 2 left out; 0 values withheld.
Compared with what is published of it, as loaded at {preview.published.loaded}.

New
  local authority: 3
    “Farlow” <{THING}GB-LAE-FFF>
    “Greete” <{THING}GB-LAE-GGG>
    “Hope” <{THING}GB-LAE-HHH>

Changed
  local authority: 1
    “Cleobury” <{THING}GB-LAE-CCC>
      description: from “It does.” to “It does more.”
      homepage: added <https://clun.example/>
      preferred label: from “Clun” to “Cleobury”

Gone
  local authority: 2
    “Dalton” <{THING}GB-LAE-DDD>
    “Eaton” <{THING}GB-LAE-EEE>

Unchanged
  local authority: 1

Rejected
  2 records
    organisations.csv, row 4, name: The cell is empty, and every record needs it.
      The record says: key “GB-LAE-EEE”, type “MD”, description “It does.”.
    organisations.csv, row 8, name: {THING}GB-LAE-BBB: No name begins with a B.
      It would have been the local authority “Bitterley” <{THING}GB-LAE-BBB>.

Published URIs at risk
  Publish refuses: 2
    {REMEDY}
      local authority “Dalton” <{THING}GB-LAE-DDD>
      local authority “Eaton” <{THING}GB-LAE-EEE>

Shapes that fail
  1 × violation, which leaves the record out: No name begins with a B.
    organisations.csv, row 8: <{THING}GB-LAE-BBB>
  1 × warning, which leaves nothing out: Say what it does.
    organisations.csv, row 5: <{THING}GB-LAE-FFF>

Values that look like personal data
  The public would see them, so publish refuses: 2
    organisations.csv, row 6, description: an e-mail address that no team is known to read, in \
the description of <{THING}GB-LAE-GGG>: “Ask …”
    organisations.csv, row 7, description: a telephone number, in the description of \
<{THING}GB-LAE-HHH>: “Ring … for help.”
"""
    assert "\n".join(told(preview)) + "\n" == expected


def test_of_a_first_load_all_is_new_and_nothing_else_is_told(directory: DataDirectory) -> None:
    preview = tried(directory, FIRST)
    assert (
        "\n".join(told(preview)) + "\n"
        == f"""\
Preview of councils, “The councils”, for the audience public
4 records read, 4 would be loaded, 0 left out; 0 values withheld.
Nothing of this source is published yet, so all of it is new.

New
  local authority: 4
    “Aston” <{THING}GB-LAE-AAA>
    “Clun” <{THING}GB-LAE-CCC>
    “Dalton” <{THING}GB-LAE-DDD>
    “Eaton” <{THING}GB-LAE-EEE>

Changed: none

Gone: none

Unchanged: none

Rejected: none

Published URIs at risk: none

Shapes that fail: none

Values that look like personal data: none
"""
    )


def test_what_is_published_already_is_unchanged(directory: DataDirectory) -> None:
    published(directory, FIRST)
    preview = tried(directory, FIRST)
    assert [each for each in preview.kinds if each.new.count or each.changed.count] == []
    assert part(preview, "Unchanged") == ["  local authority: 4"]
    assert part(preview, "Gone") == ["Gone: none"]


def test_a_load_that_is_staged_alone_is_told_of(directory: DataDirectory) -> None:
    published(directory, FIRST)
    load_source(directory, a_source(), given(FIRST + "GB-LAE-III,Ightham,MD,It does.,\n"))
    lines = list(told(tried(directory, FIRST)))
    assert lines[3] == (
        "A load of it is staged and not published. Held against that one, things "
        "would be new: 0, changed: 0, gone: 1."
    )


def test_another_audience_is_told_of(directory: DataDirectory) -> None:
    published(directory, FIRST)
    lines = list(told(tried(directory, SECOND, a_source(audience=Audience.INTERNAL))))
    assert lines[3] == (
        "It is published for the audience public, and would be for the audience internal."
    )
    assert lines[-1] == "Values that look like personal data: none"


def test_many_are_counted_and_in_full_all_are_told(directory: DataDirectory) -> None:
    rows = "".join(f"GB-LAE-N{number:02},Name {number},MD,It does.,\n" for number in range(12))
    assert part(tried(directory, rows), "New")[-1] == "    and 7 more"
    (kind,) = tried(directory, rows, most=None).kinds
    assert [each.label for each in kind.new.shown] == [f"Name {number}" for number in range(12)]


def test_what_ends_with_the_standing_reason_is_at_risk_and_not_refused(
    directory: DataDirectory,
) -> None:
    published(directory, FIRST)
    may_end(directory, "councils", reason="It is listed no more.")
    assert part(tried(directory, FIRST[: FIRST.index("GB-LAE-EEE")]), "Published URIs at risk") == [
        "  Publish ends, with the reason that is given: 1",
        "    Gone: It is listed no more.",
        f"      local authority “Eaton” <{THING}GB-LAE-EEE>",
    ]


def test_what_a_steward_gave_a_successor_is_told_with_it(directory: DataDirectory) -> None:
    published(directory, FIRST)
    (directory.path / "endings.csv").write_text(
        "iri,state,successor,reason\n"
        "id/organisation/GB-LAE-EEE,merged,id/organisation/GB-LAE-AAA,The two became one.\n"
    )
    assert part(tried(directory, FIRST[: FIRST.index("GB-LAE-EEE")]), "Published URIs at risk") == [
        "  Publish ends, with the reason that is given: 1",
        f"    Merged into {THING}GB-LAE-AAA: The two became one.",
        f"      local authority “Eaton” <{THING}GB-LAE-EEE>",
    ]


def test_endings_that_cannot_be_used_are_told(directory: DataDirectory) -> None:
    published(directory, FIRST)
    (directory.path / "endings.csv").write_text("iri,state\n")
    lines = part(tried(directory, FIRST), "Published URIs at risk")
    assert lines == [
        "  endings.csv, row 1: the columns are iri, state, successor, reason, each once and no "
        "others; found: iri, state."
    ]


def test_what_another_source_describes_is_not_at_risk(directory: DataDirectory) -> None:
    load_source(directory, a_source("others"), given("GB-LAE-EEE,Eaton,MD,It does.,\n"))
    published(directory, FIRST)
    assert part(tried(directory, FIRST[: FIRST.index("GB-LAE-EEE")]), "Published URIs at risk") == [
        "  Not at risk, because another source describes them too: 1"
    ]


def test_what_had_ended_and_comes_back_as_another_is_refused(directory: DataDirectory) -> None:
    published(directory, FIRST)
    may_end(directory, "councils")
    published(directory, FIRST[: FIRST.index("GB-LAE-EEE")])
    same = tried(directory, FIRST)
    assert part(same, "Published URIs at risk") == ["Published URIs at risk: none"]
    other = tried(directory, FIRST.replace("Eaton", "Enville"))
    assert part(other, "Published URIs at risk") == [
        "  Publish refuses: 1",
        "    It had ended and would now mean something else. Give what is new a key of its own; "
        "where it is what it was, write a line with the state current in endings.csv.",
        f"      local authority “Enville” <{THING}GB-LAE-EEE>",
    ]


def test_what_a_steward_has_reviewed_is_not_told_as_personal(directory: DataDirectory) -> None:
    rows = SECOND.splitlines(keepends=True)[4]
    excepted = LeakException("id/organisation/GB-LAE-GGG", "dct:description", "Made up.")
    assert tried(directory, rows).seen.count == 1
    assert tried(directory, rows, replace(a_source(), exceptions=(excepted,))).seen.count == 0


def test_what_reading_takes_out_of_a_text_is_told_by_place(directory: DataDirectory) -> None:
    notes = "Ask jane.smith@bins.example or ring 07700 900123."
    item = {"id": "1", "name": "bins", "title": "Bins", "notes": notes}
    content = json.dumps({"result": {"count": 1, "results": [item]}}).encode()
    source = replace(
        a_source("feed"), files=(SourceFile("feed.json", find_format("ckan"), None, 0),)
    )
    found: list[Preview] = []
    load_source(
        directory,
        source,
        openers({"feed.json": content}),
        dry_run=True,
        look=lambda each: found.append(make_preview(directory, each)),
    )
    assert part(found[0], "Values that look like personal data") == [
        "  Not loaded: 1",
        "    feed.json, item 1, notes: E-mail addresses that may be a person's, or mobile "
        "telephones, stand in the text; it is loaded without them (the rest is loaded)",
    ]


PERSONAL = ("jane.smith", "07700 900123", "3 March 1961")


def test_no_personal_value_is_told_in_full_anywhere(directory: DataDirectory) -> None:
    published(directory, FIRST)
    rows = SECOND + "XX,Jane jane.smith@x.example born 3 March 1961,MD,Ring 07700 900123.,\n"
    rows += "GB-LAE-CCD,Hope,MD,Born 3 March 1961.,\n"
    preview = tried(directory, rows.replace("It does more.", "Born 3 March 1961."), most=None)
    assert [each.kind for each in preview.seen.shown].count("a day of birth") == 2
    for text in ("\n".join(told(preview, in_full=True)), json.dumps(asdict(preview))):
        assert [each for each in PERSONAL if each in text] == []


def tree(directory: DataDirectory) -> Iterator[tuple[str, bytes]]:
    for path in sorted(directory.path.rglob("*")):
        if path.is_file():
            yield str(path), path.read_bytes()


def test_a_preview_leaves_every_byte_of_the_data_directory_as_it_is(
    directory: DataDirectory,
) -> None:
    published(directory, FIRST)
    may_end(directory, "councils")
    published(directory, FIRST[: FIRST.index("GB-LAE-EEE")])
    before = list(tree(directory))
    tried(directory, SECOND)
    assert list(tree(directory)) == before


def test_an_ordinary_load_shows_nothing_to_whoever_looks(directory: DataDirectory) -> None:
    seen: list[Tried] = []
    load_source(directory, a_source(), given(FIRST), look=seen.append)
    assert seen == []


def test_of_a_row_of_an_earlier_load_thing_and_property_are_told(directory: DataDirectory) -> None:
    row = "GB-LAE-GGG,Greete,MD,Ask jane.smith@greete.example.,\n"
    published(directory, row, a_source(audience=Audience.INTERNAL))
    assert part(tried(directory, row), "Values that look like personal data") == [
        "  The public would see them, so publish refuses: 1",
        "    an e-mail address that no team is known to read, in the description of "
        f"<{THING}GB-LAE-GGG>: “Ask …”",
    ]
