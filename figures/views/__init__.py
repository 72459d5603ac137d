"""The pages of figures."""

from figures.views.breakdowns import FigureBreakdown
from figures.views.overview import FigureOverview
from figures.views.rows import FigureRows

__all__ = ["FigureBreakdown", "FigureOverview", "FigureRows"]
