"""A write to an open data directory: the change is made in the store of the next release."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from loaders.directory import DataDirectory
from loaders.open_release import make_open_release
from loaders.release import Release, refuse_lost_link
from loaders.writing.audit import note_write
from loaders.writing.conditions import refuse_missing, refuse_other_existence
from loaders.writing.engine import run, run_as_sent
from loaders.writing.plan import Home, Plan, plan_update, plan_upload
from loaders.writing.uploads import graph_name
from loaders.writing.write import Action, Effect, Write, Written

_AT_ONCE = 100_000  # more quads than these go in without a transaction, which is quicker


def plan_openly(wanted: Write) -> Plan:
    """What a write comes to. Any graph may be written, but PATCH keeps to its own.

    Raises:
        WriteRefusedError: it is not understood, or refused for what it is.
    """
    graph_name(wanted.graph)
    if wanted.action is Action.UPDATE:
        return plan_update(wanted, None)
    if wanted.action is Action.PATCH:
        title = "A patch changes its own graph."
        return plan_update(wanted, Home(wanted.graph, True, 422, title))
    return plan_upload(wanted, wanted.graph)


def write_openly(
    directory: DataDirectory,
    parent: Release | None,
    wanted: Write,
    plan: Plan,
    trusted: Callable[[], None],
) -> Written:
    """Carry out a write. The caller holds the writers' lock.

    Raises:
        WriteRefusedError: 400, 404, 409 or 412.
    """
    if parent is None:
        refuse_lost_link(directory)
    change = _Change(wanted, plan, trusted, is_first=parent is None)
    made = make_open_release(
        directory,
        parent,
        change,
        publisher=wanted.by,
        noted=lambda release: note_write(directory, wanted, release, changed=True),
    )
    served = made or parent
    if made is None and parent is not None:
        note_write(directory, wanted, parent.id, changed=False)
    effect = change.effect
    assert served is not None
    return Written(served.id, made is not None, effect.created, effect.removed)


@dataclass(slots=True)
class _Change:
    """A write as a change of a store."""

    wanted: Write
    plan: Plan
    trusted: Callable[[], None]
    is_first: bool
    effect: Effect = field(default_factory=lambda: Effect(changed=False))

    def __call__(self, store: Store) -> bool:
        if self.wanted.action is Action.UPDATE:
            self._update(store)
            self.effect = Effect(changed=True)
        else:
            self.effect = self._on_graph(store, graph_name(self.wanted.graph))
        self.trusted()
        return self.effect.changed or self.is_first

    def _update(self, store: Store) -> None:
        if self.plan.steps is None:
            run_as_sent(store, self.wanted.text, self.wanted.base)
        for step in self.plan.steps or ():
            run(store, step.update)

    def _on_graph(self, store: Store, graph: NamedNode | DefaultGraph) -> Effect:
        is_named = isinstance(graph, NamedNode)
        exists = not is_named or store.contains_named_graph(graph)
        if not exists and self.wanted.action in (Action.DELETE, Action.PATCH):
            raise refuse_missing(self.wanted)
        refuse_other_existence(self.wanted, exists)
        if self.wanted.action is Action.PATCH:
            self._update(store)
            return Effect(True, removed=is_named and not store.contains_named_graph(graph))
        if self.wanted.action is Action.DELETE:
            (store.remove_graph if is_named else store.clear_graph)(graph)
            return Effect(True, removed=is_named)
        stored = _Graph(store, graph)
        if self.wanted.action is Action.PUT:
            changed = stored.replace(self.plan.quads)
        else:
            changed = stored.add(self.plan.quads)
        if not exists:
            store.add_graph(graph)  # also one that nothing was put in
        return Effect(changed or not exists, created=not exists)


@dataclass(frozen=True, slots=True)
class _Graph:
    """One graph of a store."""

    store: Store
    name: NamedNode | DefaultGraph

    def replace(self, quads: Sequence[Quad]) -> bool:
        """Hold these quads and no others; whether anything changed."""
        before, after = set(self.store.quads_for_pattern(None, None, None, self.name)), set(quads)
        for quad in before - after:
            self.store.remove(quad)
        return self.add([quad for quad in after if quad not in before]) or not before <= after

    def add(self, quads: Sequence[Quad]) -> bool:
        """Hold these quads too; whether anything changed."""
        fresh = [quad for quad in quads if quad not in self.store]
        if len(fresh) > _AT_ONCE:
            self.store.bulk_extend(fresh)
        else:
            self.store.extend(fresh)
        return bool(fresh)
