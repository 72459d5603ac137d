"""What the styles of a workbook say: number formats, and marks of fonts and fills."""

from collections.abc import Mapping, Sequence

from sheets.read.cell_marks import PLAIN, StyleMarks
from sheets.read.colors import Color, color_of_palette, name_color
from sheets.read.number_formats import BUILT_IN, Format, parse_format
from sheets.read.xml_stream import YES, Attributes

Elements = Sequence[tuple[str, str, Attributes]]  # parent, name, attributes
NAMES = ("numFmt", "xf", "font", "strike", "fill", "patternFill", "fgColor", "color")
THEME_NAMES = ("srgbClr", "sysClr")
# The theme's colours stand in another order than they are counted in.
THEME_ORDER = (
    *("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4"),
    *("accent5", "accent6", "hlink", "folHlink"),
)
NO_FILL = {"none", "gray125"}


def read_formats(styles: Elements) -> list[Format]:
    """Return the number format of each style that a cell can refer to."""
    codes = dict(BUILT_IN)
    used = []
    for parent, name, attributes in styles:
        if name == "numFmt" and parent == "numFmts":
            codes[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif name == "xf" and parent == "cellXfs":
            used.append(int(attributes.get("numFmtId", 0)))
    known = {number: parse_format(codes.get(number, "General")) for number in set(used)}
    return [known[number] for number in used]


def read_style_marks(styles: Elements, theme: Elements) -> dict[str, StyleMarks]:
    """Return what the styles show that show anything, by number.

    Fonts and fills of conditional formats stand behind those of the cells, and do not
    count.
    """
    colors = {parent: _theme_rgb(attributes) for parent, _name, attributes in theme}
    reader = _MarkReader([colors.get(name, "") for name in THEME_ORDER])
    for parent, name, attributes in styles:
        if name == "xf":
            break
        reader.read(parent, name, attributes)
    used = [a for parent, name, a in styles if (parent, name) == ("cellXfs", "xf")]
    marks = {str(n): reader.marks_of(attributes) for n, attributes in enumerate(used)}
    return {number: found for number, found in marks.items() if found != PLAIN}


def _theme_rgb(attributes: Attributes) -> str:
    return attributes.get("lastClr") or attributes.get("val", "")


class _MarkReader:
    """Collects which fonts are crossed out, and the colours of fonts and fills."""

    def __init__(self, theme: Sequence[str]) -> None:
        self.theme = theme
        self.font = self.fill = -1
        self.is_filled = False
        self.struck: set[int] = set()
        self.font_colors: dict[int, Color | None] = {}
        self.fill_colors: dict[int, Color | None] = {}

    def read(self, parent: str, name: str, attributes: Attributes) -> None:
        """Go on to the next element of the styles."""
        self.font += (parent, name) == ("fonts", "font")
        self.fill += (parent, name) == ("fills", "fill")
        if parent == "font":
            self._read_font(name, attributes)
        elif name == "patternFill":
            self.is_filled = attributes.get("patternType", "none") not in NO_FILL
        elif name == "fgColor" and self.is_filled:
            self.fill_colors[self.fill] = self._color(attributes)

    def _read_font(self, name: str, attributes: Attributes) -> None:
        if name == "strike" and attributes.get("val", "1") in YES:
            self.struck.add(self.font)
        elif name == "color":
            self.font_colors[self.font] = self._color(attributes)

    def _color(self, attributes: Attributes) -> Color | None:
        if rgb := attributes.get("rgb"):
            return name_color(rgb[-6:])
        if number := attributes.get("indexed"):
            return color_of_palette(int(number))
        index = int(attributes.get("theme", len(self.theme)))
        if index >= len(self.theme):
            return None
        return name_color(self.theme[index], float(attributes.get("tint", 0)))

    def marks_of(self, style: Mapping[str, str]) -> StyleMarks:
        """Return what a style shows."""
        font, fill = int(style.get("fontId", 0)), int(style.get("fillId", 0))
        colors = (self.fill_colors.get(fill), self.font_colors.get(font))
        return StyleMarks(
            font in self.struck, tuple(dict.fromkeys(filter(None, colors)))
        )
