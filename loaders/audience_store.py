"""What one audience gets in a release: a store, and a ledger of all that it was ever given.

Both grow from the parent's. A store is made anew where much has changed, and where a source is no
longer meant for this audience: what was removed from a copied store may linger in its files.
"""

import filecmp
from datetime import datetime

from pyoxigraph import NamedNode, Store

from loaders.audience import Audience
from loaders.difference import Difference, find_difference
from loaders.identity import Minter
from loaders.ledger import Ledger, read_ledger
from loaders.nquads import subjects
from loaders.release import Release, link_or_copy
from loaders.store_build import (
    StoreCounts,
    apply_difference,
    build_store,
    counts_from,
    is_small,
)
from ontology.vocab import RDF

_TYPE = NamedNode(RDF.type)


def build_audience(
    release: Release, parent: Release | None, audience: Audience, at: datetime
) -> StoreCounts:
    """Make the store and the ledger of one audience; what they hold is counted."""
    files = release.staged_files(audience)
    path = release.store_path(audience)
    ledger = _ledger(release, parent, audience)
    if parent is None:
        counts = build_store(path, files.values(), ())
        with_lines = find_difference({}, files)
        ledger.issue(with_lines.added, at)
    else:
        difference = find_difference(parent.staged_files(audience), files)
        before = Store.read_only(str(parent.store_path(audience)))
        ended = Difference(removed=ledger.issue(difference.added, at))
        counts = counts_from(parent.manifest.counts[audience])
        if is_small(difference, counts.graphs.total()) and not _is_narrowed(
            release, parent, audience
        ):
            path.parent.mkdir(parents=True)
            before.backup(str(path))
            store = Store(str(path))
            apply_difference(store, ended, counts)
            apply_difference(store, difference, counts)
        else:
            counts = build_store(path, files.values(), ledger.withdrawals())
            store = Store(str(path))
        made = _withdraw(ledger, difference, before, store, at)
        apply_difference(store, Difference(added=made), counts)
        store.flush()
    ledger.write(release.ledger_path(audience))
    return counts


def is_same_audience(
    release: Release, parent: Release | None, narrower: Audience, wider: Audience
) -> bool:
    """Whether two audiences get the same, now and in the parent, so that one store serves both."""
    if release.staged_files(narrower) != release.staged_files(wider):
        return False
    return parent is None or (
        parent.staged_files(narrower) == parent.staged_files(wider)
        and filecmp.cmp(parent.ledger_path(narrower), parent.ledger_path(wider), shallow=False)
    )


def copy_audience(release: Release, narrower: Audience, wider: Audience) -> None:
    """Give an audience what another one gets."""
    path = release.store_path(wider)
    path.parent.mkdir(parents=True)
    Store.read_only(str(release.store_path(narrower))).backup(str(path))
    link_or_copy(release.ledger_path(narrower), release.ledger_path(wider))


def _ledger(release: Release, parent: Release | None, audience: Audience) -> Ledger:
    base = release.manifest.base
    provenance = Minter(base).graph("provenance")
    if parent is None:
        return Ledger(base, provenance)
    return read_ledger(parent.ledger_path(audience), base, provenance)


def _is_narrowed(release: Release, parent: Release, audience: Audience) -> bool:
    """Whether a source that this audience could read is now meant for fewer."""
    return any(
        parent.is_for(audience, source) and not release.is_for(audience, source)
        for source in parent.manifest.sources
    )


def _withdraw(
    ledger: Ledger, difference: Difference, before: Store, after: Store, at: datetime
) -> list[bytes]:
    """Note in the ledger what is described no more; the statements to publish are returned.

    A thing is described where it has a type: that others mention it does not describe it.
    """
    gone = [
        iri
        for iri in dict.fromkeys(filter(ledger.keeps, subjects(difference.removed)))
        if iri in ledger.issued
        and iri not in ledger.withdrawn
        and next(after.quads_for_pattern(NamedNode(iri), _TYPE, None, None), None) is None
    ]
    return ledger.withdraw(gone, at, before, f"It has not been published since {at:%-d %B %Y}.")
