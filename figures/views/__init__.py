"""The pages of figures."""

from figures.views.breakdowns import FigureBreakdown
from figures.views.listing import FigureList
from figures.views.ratios import RatioByPlace, RatioList
from figures.views.rows import FigureRows

__all__ = [
    "FigureBreakdown",
    "FigureList",
    "FigureRows",
    "RatioByPlace",
    "RatioList",
]
