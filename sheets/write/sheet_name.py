"""Name a sheet by what it holds, as spreadsheets allow it."""

import re

MOST = 31
NOT_ALLOWED = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")


def name_sheet(name: str, title: str) -> str:
    """Return the name of a sheet, by default its title, without what no name may have.

    Spreadsheets take up to 31 characters, no brackets, colons, slashes, asterisks and
    question marks, and no apostrophe at either end.
    """
    text = NOT_ALLOWED.sub(" ", name or title).strip().strip("'")
    return text[:MOST].strip().strip("'") or "1"
