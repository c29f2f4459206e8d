"""A store that is open for as long as something is done with it, and no longer.

The engine has no call that closes a store: it closes when nobody refers to it any more. While it is
open its background threads write, so nobody else may open its directory or remove it.
"""

from collections.abc import Callable
from pathlib import Path
from traceback import clear_frames
from typing import TypeVar

from pyoxigraph import Store

Result = TypeVar("Result")


def act_on_store(path: Path, act: Callable[[Store], Result]) -> Result:
    """Open or make the store at a path, do something with it, and close it whatever happens.

    What `act` gives back must not refer to the store.
    """
    store = Store(str(path))
    try:
        return act(store)
    except BaseException as error:
        del store
        fault: BaseException | None = error
        while fault is not None:  # their tracebacks refer to it
            clear_frames(fault.__traceback__)
            fault = fault.__context__
        raise
