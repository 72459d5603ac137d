"""Where the pages of a printed sheet end: A4 landscape, as wide as the sheet."""

PAGE_WIDTH, PAGE_HEIGHT = 740.0, 485.0
"""What A4 landscape has room for within the margins, in points."""
SMALLEST = 0.75
"""The scale at which letters of 12 points stay 9."""


def fits_made_smaller(height: float, width: float) -> bool:
    """Whether a sheet of more than a page can be read when printed on one."""
    return _page(width) < height <= PAGE_HEIGHT / SMALLEST


def left_on_page(height: float, width: float, headings: float) -> float:
    """Return how much of its last page a sheet leaves; headings stand on every page."""
    page = _page(width)
    if height <= page:
        return page - height
    return page - headings - (height - page) % (page - headings)


def _page(width: float) -> float:
    """Return how high a page is when the whole width is put on it."""
    return PAGE_HEIGHT / min(1, PAGE_WIDTH / width)
