"""What the styles of a workbook hide: values by their number format, and by their colour or size.

Elements and attributes are those of ECMA-376, part 1, section 18.8; formats of numbers those of
section 18.8.31. Only what a cell's own style does is known here: tables and conditional formats,
which may show again what it hides, or hide what it shows, are not.
"""

import re
import zipfile
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
"""The namespace of a workbook's own elements, as it stands before their names."""

_MOST_STYLES = 100_000  # Excel keeps 65,490 at most
_SMALLEST = 2.0  # points: no printer and no screen shows letters of that size
_WHITE = "FFFFFF"
_PALETTE = {"0": "000000", "1": _WHITE, "8": "000000", "9": _WHITE}  # of indexed colours
_THEME = {"0": _WHITE, "1": "000000"}  # paper and ink, where no theme says otherwise

_SECTION = re.compile(r'((?:"[^"]*"?|\\.|[_*].|\[[^]]*\]?|[^;"\\_*\[])*)(;|$)', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9]+(?:\.[0-9]+)?)\]")
_BLANK = re.compile(r'(?:"\s*"|\\\s|_.|\*.|\[[^]]*\]|\s)*', re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Style:
    sections: tuple[str, ...] = ("General",)
    is_unseen: bool = False


@dataclass(slots=True)
class Styles:
    """The styles of cells by their places, as `read_styles` found them."""

    _styles: list[_Style] = field(default_factory=list)

    def hides(self, style: int, value: str | None, *, is_text: bool) -> bool:
        """Whether a cell of a style shows nothing of its value, for its number format.

        `value` is as the file has it: a number, unless `is_text`. That a format does not show
        noughts is nothing hidden.
        """
        sections = self._of(style).sections
        if len(sections) == 1 and not _is_blank(sections[0]):
            return False
        if is_text:
            return len(sections) > 3 and _is_blank(sections[3])
        try:
            number = float(value or 0)
        except ValueError:
            return all(map(_is_blank, sections))
        return number != 0 and _is_blank(_section_of(sections, number))

    def is_unseen(self, style: int) -> bool:
        """Whether what stands in a cell of a style has its ground's colour, or no size."""
        return self._of(style).is_unseen

    def _of(self, style: int) -> _Style:
        return self._styles[style] if 0 <= style < len(self._styles) else _Style()


def _section_of(sections: tuple[str, ...], number: float) -> str:
    """The section of a format that a number is shown by."""
    numeric = sections[:3]
    if any(_CONDITION.search(each) for each in numeric):
        for each in numeric:
            condition = _CONDITION.search(each)
            if condition is None or _holds(condition[1], number, float(condition[2])):
                return each
        return "General"
    if number < 0 and len(sections) > 1:
        return sections[1]
    return sections[0]


def _holds(sign: str, number: float, bound: float) -> bool:
    return {
        "<": number < bound,
        "<=": number <= bound,
        ">": number > bound,
        ">=": number >= bound,
        "=": number == bound,
        "<>": number != bound,
    }[sign]


def _is_blank(section: str) -> bool:
    """Whether a section shows nothing, or the same sign over and over, whatever the value."""
    return _BLANK.fullmatch(section) is not None


def sections_of(code: str) -> tuple[str, ...]:
    """The sections of the format of a number, one of which each value is shown by."""
    found = []
    for each in _SECTION.finditer(code):
        found.append(each[1])
        if not each[2]:
            break
    return tuple(found[:4])


def read_styles(archive: zipfile.ZipFile, part: str) -> Styles:
    """The styles of cells that a part of a workbook states; none where there is no such part.

    Raises:
        ValueError: there are more than a workbook has that somebody works with.
    """
    if part not in archive.namelist():
        return Styles()
    formats: dict[str, str] = {}
    fonts: list[tuple[str, float]] = []
    fills: list[str] = []
    styles: list[_Style] = []
    way: list[str] = []
    with archive.open(part) as stream:
        open_: list[Element] = []
        for event, element in iterparse(stream, ("start", "end"), forbid_dtd=True):
            if event == "start":
                open_.append(element)
                way.append(element.tag.rpartition("}")[2])
                continue
            open_.pop()
            match way[1:]:
                case ["numFmts", "numFmt"]:
                    formats[element.get("numFmtId", "")] = element.get("formatCode", "")
                case ["fonts", "font"]:
                    fonts.append(_font(element))
                case ["fills", "fill"]:
                    fills.append(_ground(element))
                case ["cellXfs", "xf"]:
                    styles.append(_style(element, formats, fonts, fills))
            way.pop()
            if len(way) < 3 and open_:
                del open_[-1][:]
            if max(map(len, (formats, fonts, fills, styles))) > _MOST_STYLES:
                raise ValueError(f"more than {_MOST_STYLES:,} styles")
    return Styles(styles)


def _style(
    xf: Element, formats: dict[str, str], fonts: list[tuple[str, float]], fills: list[str]
) -> _Style:
    code = formats.get(xf.get("numFmtId", ""), "General")
    font, fill = int(xf.get("fontId", 0)), int(xf.get("fillId", 0))
    ink, size = fonts[font] if 0 <= font < len(fonts) else ("", 0.0)
    ground = fills[fill] if 0 <= fill < len(fills) else _WHITE
    is_unseen = bool(ink and ink == ground) or 0 < size < _SMALLEST
    return _Style(sections_of(code), is_unseen)


def _font(element: Element) -> tuple[str, float]:
    """The colour of a font, empty where it says none, and its size, 0 where it says none."""
    size = element.find(MAIN + "sz")
    points = 0.0 if size is None else float(size.get("val", 0))
    return _colour(element.find(MAIN + "color")), points


def _ground(element: Element) -> str:
    """The colour behind the text of a cell; empty where it is none that can be told."""
    pattern = element.find(MAIN + "patternFill")
    if pattern is None:
        return ""
    kind = pattern.get("patternType", "none")
    if kind == "none":
        return _WHITE
    return _colour(pattern.find(MAIN + "fgColor")) if kind == "solid" else ""


def _colour(element: Element | None) -> str:
    """A colour as six figures, or by its place in a theme with its tint; empty where unknown."""
    if element is None:
        return ""
    if found := element.get("rgb"):
        return found[-6:].upper()
    if (theme := element.get("theme")) is not None:
        tint = float(element.get("tint", 0))
        return f"theme {theme} {tint}" if tint else _THEME.get(theme, f"theme {theme}")
    if (place := element.get("indexed")) is not None:
        return _PALETTE.get(place, f"indexed {place}")
    return ""
