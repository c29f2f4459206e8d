"""A page as a tree of elements, for tests to look through. No browser takes part."""

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = ("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr")


class Element:
    """An element of a page, with the text and the elements in it."""

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.inner: list[Element | str] = []

    @property
    def text(self) -> str:
        """The text within, with one space for each run of white space."""
        return " ".join(self.text_as_written.split())

    @property
    def text_as_written(self) -> str:
        """The text within, to the letter."""
        return "".join(e if isinstance(e, str) else e.text_as_written for e in self.inner)

    def all(self, name: str = "", **attributes: str) -> Iterator["Element"]:
        """The elements within of this name, with these attributes (`class_` is one of them)."""
        wanted = {key.rstrip("_"): value for key, value in attributes.items()}
        for each in self.inner:
            if isinstance(each, Element):
                given = each.attributes
                if name in ("", each.name) and all(
                    value in given.get(key, "").split() for key, value in wanted.items()
                ):
                    yield each
                yield from each.all(name, **attributes)

    def one(self, name: str = "", **attributes: str) -> "Element":
        """The first such element within."""
        return next(self.all(name, **attributes))


class Parsed(HTMLParser):
    """A page as a tree; what is opened must be closed, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]
        self.feed(text)
        self.close()
        assert self._open == [self.root], "an element is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {key: value or "" for key, value in attrs})
        self._open[-1].inner.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().name == tag

    def handle_data(self, data: str) -> None:
        self._open[-1].inner.append(data)


def row(root: Element, name: str) -> Element:
    """The values of a property, by the name that the page gives it."""
    for each in root.all(class_="gm-properties__row"):
        if each.one("dt").text.removesuffix(" (another site)") == name:
            return each.one("dd")
    raise AssertionError(f"no row {name}")
