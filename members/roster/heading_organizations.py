"""Find the organization that a heading above a row names."""

from collections.abc import Callable

from core.errors import DomainError
from members.roster.parsed_rows import ParsedRow
from organizations.models import Organization
from sheets.read import groups_of


def find_heading_organization(
    parsed: ParsedRow, find: Callable[[str], Organization | DomainError]
) -> Organization | None:
    """Return what the innermost heading with the name of an organization names.

    A branch that nobody knows refuses the rows below that name none themselves: they
    do not belong to whatever the title or the upload says.
    """
    for name in groups_of(parsed.above):
        match = find(name)
        if isinstance(match, Organization):
            return match
        if "支部" in name and not parsed.branch_text:
            parsed.refuse("branch", match)
            return None
    return None
