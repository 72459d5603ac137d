"""The colours that people mark cells with, by the names that they call them by."""

import colorsys
import re
from collections.abc import Mapping, Sequence

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Color(TextChoices):
    """A colour of a cell or of its words, as one would call it."""

    RED = "red", _("marked red")
    ORANGE = "orange", _("marked orange")
    YELLOW = "yellow", _("marked yellow")
    GREEN = "green", _("marked green")
    BLUE = "blue", _("marked blue")
    PURPLE = "purple", _("marked purple")
    GRAY = "gray", _("marked gray")


HUES = (  # the degrees at which each colour ends
    (16, Color.RED),
    (48, Color.ORANGE),
    (70, Color.YELLOW),
    (165, Color.GREEN),
    (258, Color.BLUE),
    (340, Color.PURPLE),
    (360, Color.RED),
)
# What people call them: gold is orange to some and yellow to others.
WORDS = {
    Color.RED: "[红赤粉]",
    Color.ORANGE: "[橙橘金黄]",
    Color.YELLOW: "[黄金]",
    Color.GREEN: "绿",
    Color.BLUE: "[蓝青]",
    Color.PURPLE: "[紫粉]",
    Color.GRAY: "灰",
}
NAMED: Mapping[Color, re.Pattern[str]] = {
    color: re.compile(
        f"[标涂填染]{word}|(标[注记识成为]|填充|涂[成为]|用|为|成){word}|{word}(颜?色|底|字|标|框|格)"
    )
    for color, word in WORDS.items()
}
LESS_USUAL = {Color.ORANGE: Color.YELLOW, Color.PURPLE: Color.RED}
PALE, DARK, FADED, LIGHT = 0.12, 0.25, 0.3, 0.9
# The palette of old files, from number 8 on.
PALETTE = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 800000 008000 000080"
    " 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080"
    " 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF"
    " CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00"
    " FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399"
    " 333333"
).split()
FIRST_OF_PALETTE = 8
RGB = re.compile("[0-9A-Fa-f]{6}")


def name_color(rgb: str, tint: float = 0.0) -> Color | None:
    """Return what people call the colour; None for black, white and what is as pale."""
    if RGB.fullmatch(rgb) is None:
        return None
    red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    shown = colorsys.hls_to_rgb(hue, light, strength)
    hue, strength, value = colorsys.rgb_to_hsv(*shown)
    if value < DARK:
        return None
    if strength < PALE:
        return Color.GRAY if FADED < value < LIGHT else None
    degrees = hue * 360
    return next(color for end, color in HUES if degrees <= end)


def color_of_palette(number: int, palette: Sequence[str] = PALETTE) -> Color | None:
    """Return the colour with a number of the palette; the first eight are twice."""
    index = number - FIRST_OF_PALETTE if number >= FIRST_OF_PALETTE else number
    return name_color(palette[index]) if 0 <= index < len(palette) else None


def find_legend(color: Color, lines: Sequence[str]) -> str:
    """Return the line that says what a colour stands for, if any names it."""
    return next((line for line in lines if NAMED[color].search(line)), "")


def names_color(line: str, color: Color) -> bool:
    """Whether a line names the colour; a word for two names the more usual one."""
    if color in LESS_USUAL and NAMED[LESS_USUAL[color]].search(line):
        return False
    return NAMED[color].search(line) is not None
