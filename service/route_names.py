"""Which route a path belongs to, under a name that says nothing of what is asked for there.

Whoever counts or logs requests needs few names: paths are without number, and say who looks for
what.
"""

import re
from collections.abc import Iterable

from werkzeug.routing import Rule

NO_ROUTE = "none"
VARIABLE = re.compile(r"<(?:[^<>:]+:)?([^<>:]+)>")


def template_of(rule: str) -> str:
    """A rule of the application as a path template: `/id/<path:_>` is `/id/{path}`."""
    return VARIABLE.sub(lambda found: "{%s}" % (found[1].strip("_") or "path"), rule)


class RouteNames:
    """The names of an application's routes: fixed paths, and folders in which any path may stand.

    Routes with a variable are to have it at their end.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._fixed: dict[str, str] = {}
        self._folders: dict[str, str] = {}
        for rule in rules:
            folder = rule.rule.partition("<")[0]
            if rule.arguments:
                self._folders[folder] = template_of(rule.rule)
            else:
                self._fixed[rule.rule] = rule.rule
        self._deep = tuple(each for each in self._folders if each.count("/") > 2)

    def of(self, path: str) -> str:
        """The name of the route of this path; NO_ROUTE for one that the application has not."""
        fixed = self._fixed.get(path)
        if fixed is not None:
            return fixed
        folder = self._folders.get(path[: path.find("/", 1) + 1])
        if folder is not None:
            return folder
        for start in self._deep:
            if path.startswith(start):
                return self._folders[start]
        return NO_ROUTE
