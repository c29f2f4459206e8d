"""The graph `inferred` from the parent's and what changed: byte for byte what it is anew."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from loaders.deriving.derivation import Earlier, Premises
from loaders.deriving.rederiving import rederived
from loaders.deriving.rule_table import shipped_table
from tests.loaders.deriving.inferring import as_earlier, lines_of, premises_of, told

THINGS = st.sampled_from([f":{each}" for each in "abcdef"])
PROPERTIES = st.sampled_from(
    [
        *("skos:broader", "skos:narrower", "skos:broaderTransitive", "skos:exactMatch"),
        *("skos:closeMatch", "org:unitOf", "org:hasSubOrganization", "org:memberOf"),
        *("gm:constituentOf", "gm:administers", "dct:isPartOf", "dct:hasPart", "dct:title"),
    ]
)
CLASSES = st.sampled_from(
    ["gm:LocalAuthority", "gm:PublicBody", "gm:Area", "skos:Concept", "org:Organization"]
)
STATEMENTS = st.one_of(
    st.tuples(THINGS, st.just("a"), CLASSES),
    st.tuples(THINGS, PROPERTIES, THINGS),
    st.tuples(THINGS, PROPERTIES, st.just('"in words"')),
).map(lambda each: f"{' '.join(each)} .")
SOURCES = st.lists(STATEMENTS, max_size=10)
PLENTY = 10**6  # so many quads that any difference is small

Stated = Mapping[str, list[bytes]]


def tell(
    folder: Path, name: str, audiences: Iterable[Stated], earlier: Sequence[Earlier] = ()
) -> list[Premises]:
    """Make the graph for each audience, the narrowest first, as `{name}{number}.nq`."""
    found: list[Premises] = []
    inner = None
    for number, stated in enumerate(audiences):
        before = earlier[number] if earlier else None
        premises = premises_of(folder / f"{name}{number}", stated, inner, before)
        if before:
            assert rederived(premises, shipped_table()) is not None
        inner = told(premises, folder / f"{name}{number}.nq")
        found.append(premises)
    return found


def known(folder: Path, audiences: Iterable[Stated], quads: int = PLENTY) -> list[Earlier]:
    """What the next release knows of what audiences were told."""
    made = tell(folder, "old", audiences)
    return [
        as_earlier(premises, folder / f"old{number}.nq", quads)
        for number, premises in enumerate(made)
    ]


def check(old: Sequence[Stated], new: Sequence[Stated]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before = known(folder, old)
        tell(folder, "anew", new)
        tell(folder, "again", new, before)
        for number in range(len(new)):
            anew, again = (folder / f"{each}{number}.nq" for each in ("anew", "again"))
            assert anew.read_bytes() == again.read_bytes()


def sources(public: list[str], restricted: list[str]) -> tuple[Stated, Stated]:
    one = {"made": lines_of("\n".join(public))}
    return one, {**one, "restricted": lines_of("\n".join(restricted), "restricted")}


@settings(max_examples=20, deadline=None)
@given(SOURCES, SOURCES, SOURCES, SOURCES)
@example([":a skos:broader :b ."], [":a a skos:Concept ."], [], [":a a skos:Concept ."])
@example([":a a gm:Partnership ."], [], [], [":a a gm:Partnership ."])
def test_any_change_leads_where_beginning_anew_leads(
    public: list[str], restricted: list[str], public_now: list[str], restricted_now: list[str]
) -> None:
    check(sources(public, restricted), sources(public_now, restricted_now))


@settings(max_examples=20, deadline=None)
@given(SOURCES, SOURCES, STATEMENTS, STATEMENTS)
def test_one_line_more_and_one_less_lead_where_beginning_anew_leads(
    public: list[str], restricted: list[str], come: str, gone: str
) -> None:
    old = sources([*public, gone], [*restricted, come])
    check(old, sources([*public, come], [*restricted, gone]))


def test_what_another_line_still_entails_stays(tmp_path: Path) -> None:
    both = ":a a org:Organization . :b a gm:Area . :a gm:administers :b ; dct:spatial :b ."
    [earlier] = known(tmp_path, [{"made": lines_of(both)}])
    one = lines_of(both.replace("; dct:spatial :b", ""))
    lines = rederived(premises_of(tmp_path / "new", {"made": one}, None, earlier), shipped_table())
    assert lines is not None
    before = earlier.told.read_bytes().splitlines(keepends=True)
    assert set(lines) == {*before, *lines_of(":a dct:spatial :b .", "inferred")}


@pytest.mark.parametrize("quads", [0, 49])
def test_where_much_changed_all_is_concluded_anew(tmp_path: Path, quads: int) -> None:
    [earlier] = known(tmp_path, [{"made": []}], quads)
    stated = {"made": lines_of(":a a gm:Partnership .")}
    premises = premises_of(tmp_path / "new", stated, None, earlier)
    assert rederived(premises, shipped_table()) is None


def test_where_one_line_has_too_many_consequences_all_is_concluded_anew(tmp_path: Path) -> None:
    chain = " ".join(f":n{each} skos:broader :n{each + 1} ." for each in range(30))
    [earlier] = known(tmp_path, [{"made": lines_of(chain)}], 5_000)
    cut = lines_of(chain.replace(":n15 skos:broader :n16 .", ""))
    premises = premises_of(tmp_path / "new", {"made": cut}, None, earlier)
    assert rederived(premises, shipped_table()) is None
