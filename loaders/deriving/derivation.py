"""One derivation: the name of its graph, the version of its rules, and what it concludes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from loaders.audience import Audience
from loaders.difference import merged


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the parent concluded for the same audience by the same rules, and from what.

    `files` were its premises, `told` is what it was told, `narrower` what the audience before it
    was told; `store` is the audience's, and holds so many `quads`.
    """

    files: Mapping[str, Path]
    told: Path
    narrower: Path | None
    store: Path
    quads: int


@dataclass(frozen=True, slots=True)
class Premises:
    """What a derivation concludes from: the sorted files of quads that one audience may see.

    `files` are those of the sources and of what was derived before, by name and content. `narrower`
    is what the audience before this one was told of the same graph; None for the first audience.
    `earlier` is there where the parent followed the same rules. `beyond` are the files of sources
    of which somebody sees more: they may be read to keep silent, and never to tell.
    """

    base: str
    audience: Audience
    files: Mapping[str, Path]
    narrower: Path | None
    earlier: Earlier | None = None
    beyond: Mapping[str, Path] = field(default_factory=dict)

    def lines(self) -> Iterator[bytes]:
        """Every line of N-Quads, sorted, each once."""
        return merged(self.files.values())


@dataclass(frozen=True, slots=True)
class Derivation:
    """How one graph is made of the others.

    `version` changes wherever the same premises may lead to something else. `derive` gives lines of
    N-Quads of the graph, in any order; what the narrower audience was told is added to them.
    `looks_beyond` says that it keeps silent of some things because somebody else sees more of them.
    """

    graph: str
    version: Callable[[], str]
    derive: Callable[[Premises], Iterable[bytes]]
    looks_beyond: bool = False
