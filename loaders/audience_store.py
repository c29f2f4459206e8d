"""What one audience gets in a release: a store, and a ledger of all that it was ever given.

Both grow from the parent's. A store is made anew where much has changed, and where this audience
may no longer see what is still there, or what was withdrawn: what was removed from a copied store
may linger in its files.
"""

import filecmp
from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from pyoxigraph import Store

from loaders.audience import Audience
from loaders.described import Described
from loaders.difference import Difference, find_difference
from loaders.endings import Ending, State
from loaders.identity import Minter
from loaders.ledger import Ledger, read_ledger
from loaders.nquads import subjects
from loaders.release import Release, link_or_copy
from loaders.steps import step
from loaders.store_build import (
    StoreCounts,
    apply_difference,
    build_store,
    counts_from,
    is_small,
)
from loaders.taken_back import TakenBack


@step("store")
def build_audience(
    release: Release,
    parent: Release | None,
    audience: Audience,
    differences: Mapping[Audience, Difference],
    at: datetime,
    endings: Mapping[str, Ending],
    forget: Collection[str] = (),
    rolled_back: TakenBack | None = None,
) -> StoreCounts:
    """Make the store and the ledger of one audience; what they hold is counted.

    `differences` are those that `differences_of` found for the two releases, and `endings` say how
    IRIs ended that the parent described, or had ended already. Those in `forget` lose their names;
    so that these linger in no file, the store is made anew. What only `rolled_back` knew, the
    ledger knows from now on.
    """
    files = release.staged_files(audience)
    path = release.store_path(audience)
    ledger = _ledger(release, parent, audience)
    difference = differences[audience]
    if parent is None:
        counts = build_store(path, files.values(), ())
        ledger.issue(difference.added, at)
    else:
        before = Store.read_only(str(parent.store_path(audience)))
        noted = ledger.issue(difference.added, at)
        hidden = _end(
            ledger, parent, audience, differences, before, at, endings, noted, rolled_back
        )
        ledger.forget(forget)
        counts = counts_from(parent.manifest.counts[audience])
        if (
            not (hidden or forget)
            and is_small(difference, counts.graphs.total())
            and not _is_narrowed(release, parent, audience, differences)
        ):
            path.parent.mkdir(parents=True, exist_ok=True)
            before.backup(str(path))
            store = Store(str(path))
            # What a source states may be what the ledger stated until now, or states from now on.
            apply_difference(store, Difference(removed=noted.removed), counts)
            apply_difference(store, difference, counts)
            apply_difference(store, Difference(added=noted.added), counts)
            store.flush()
        else:
            counts = build_store(path, files.values(), ledger.statements())
    ledger.write(release.ledger_path(audience))
    return counts


@step("what changed")
def differences_of(release: Release, parent: Release | None) -> dict[Audience, Difference]:
    """What each audience sees otherwise than in the parent, of which there may be none."""
    found: dict[Audience, Difference] = {}
    known: dict[tuple[frozenset[str], frozenset[str]], Difference] = {}
    for audience in Audience:
        old = parent.staged_files(audience) if parent else {}
        new = release.staged_files(audience)
        key = (frozenset(old), frozenset(new))  # audiences that see the same are compared once
        if key not in known:
            known[key] = find_difference(old, new)
        found[audience] = known[key]
    return found


def is_same_audience(
    release: Release,
    parent: Release | None,
    narrower: Audience,
    wider: Audience,
    rolled_back: TakenBack | None = None,
) -> bool:
    """Whether two audiences get the same, now and in the parent, so that one store serves both.

    So they have to have in what was rolled back, for their ledgers take that over.
    """
    if rolled_back is not None and not _have_same_ledger(rolled_back.release, narrower, wider):
        return False
    if release.staged_files(narrower).keys() != release.staged_files(wider).keys():
        return False
    return parent is None or (
        parent.staged_files(narrower).keys() == parent.staged_files(wider).keys()
        and _have_same_ledger(parent, narrower, wider)
    )


def _have_same_ledger(release: Release, narrower: Audience, wider: Audience) -> bool:
    return filecmp.cmp(release.ledger_path(narrower), release.ledger_path(wider), shallow=False)


@step("store")
def copy_audience(release: Release, narrower: Audience, wider: Audience) -> None:
    """Give an audience what another one gets."""
    path = release.store_path(wider)
    path.parent.mkdir(parents=True, exist_ok=True)
    Store.read_only(str(release.store_path(narrower))).backup(str(path))
    link_or_copy(release.ledger_path(narrower), release.ledger_path(wider))


def _ledger(release: Release, parent: Release | None, audience: Audience) -> Ledger:
    base = release.manifest.base
    provenance = Minter(base).graph("provenance")
    if parent is None:
        return Ledger(base, provenance)
    return read_ledger(parent.ledger_path(audience), base, provenance)


def _is_narrowed(
    release: Release,
    parent: Release,
    audience: Audience,
    differences: Mapping[Audience, Difference],
) -> bool:
    """Whether something that this audience could see is still there and now meant for fewer."""
    lost = differences[audience].removed
    if not lost or audience is Audience.INTERNAL:
        return False
    lists = "allow-lists"
    return (
        parent.manifest.versions.get(lists) != release.manifest.versions.get(lists)
        or any(
            parent.is_for(audience, source) and not release.is_for(audience, source)
            for source in parent.manifest.sources
        )
        or not set(lost) <= set(differences[Audience.INTERNAL].removed)
    )


def _end(
    ledger: Ledger,
    parent: Release,
    audience: Audience,
    differences: Mapping[Audience, Difference],
    before: Store,
    at: datetime,
    endings: Mapping[str, Ending],
    noted: Difference,
    rolled_back: TakenBack | None,
) -> Collection[str]:
    """Note in the ledger what is described no more, and what is said anew of what had ended.

    What that changes in what is published is added to `noted`; what is hidden is returned. A thing
    is described where it has a type: that others mention it does not describe it. What our own
    staff are still told of is hidden from this audience: it leaves no trace.
    """
    difference = differences[audience]
    described = Described(before, difference)
    gone = [
        iri
        for iri in dict.fromkeys(filter(ledger.keeps, subjects(difference.removed)))
        if iri in ledger.issued and iri not in ledger.withdrawn and not described(iri)
    ]
    hidden: dict[str, None] = {}
    is_inside: Callable[[str], bool] = described
    if audience is not Audience.INTERNAL:
        inner = Store.read_only(str(parent.store_path(Audience.INTERNAL)))
        is_inside = Described(inner, differences[Audience.INTERNAL])
        hidden = dict.fromkeys(filter(is_inside, (*gone, *ledger.withdrawn)))
    ledger.hide(hidden)
    for iri in [each for each in endings if each in ledger.withdrawn]:
        change = ledger.revise(iri, endings[iri])
        noted.added.extend(change.added)
        noted.removed.extend(change.removed)
    for iri in gone:
        if iri not in hidden:
            unsaid = Ending(State.GONE, f"It has not been published since {at:%-d %B %Y}.")
            noted.added.extend(ledger.end(iri, at, before, endings.get(iri, unsaid)))
    if rolled_back is not None:
        noted.added.extend(rolled_back.recall(ledger, audience, is_inside, at, endings))
    return hidden
