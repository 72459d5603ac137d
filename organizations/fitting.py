"""Which kinds of organizations fit into each other.

A return is filed by a community for itself and everything below it: a community below
another one, or below a branch, would count its members twice.
"""

from collections.abc import Iterable

from organizations.enums import FILING, STREET_TIER, OrganizationKind

K = OrganizationKind
FOR_GOOD = [k for k in K if k != K.TEMPORARY_BRANCH]
PLACES = (*STREET_TIER, K.COMMUNITY)
ABOVE_BRANCHES = (*PLACES, K.GRID, K.FUNCTIONAL, K.GENERAL_BRANCH)
ABOVE_GROUPS = (
    *(K.COMMUNITY, K.GRID, K.FUNCTIONAL),
    *(K.GENERAL_BRANCH, K.BRANCH, K.JOINT_BRANCH, K.TEMPORARY_BRANCH),
)
PARENTS: dict[str, tuple[OrganizationKind, ...]] = {
    K.CITY: (),
    **dict.fromkeys(STREET_TIER, (K.CITY,)),
    # A city may lead a community without a street between them.
    K.COMMUNITY: (K.CITY, *STREET_TIER),
    K.GENERAL_BRANCH: (*PLACES, K.GRID, K.FUNCTIONAL),
    K.BRANCH: ABOVE_BRANCHES,
    K.JOINT_BRANCH: ABOVE_BRANCHES,
    K.TEMPORARY_BRANCH: ABOVE_BRANCHES,
    K.FUNCTIONAL: (*PLACES, K.GRID),
    K.PARTY_GROUP: ABOVE_GROUPS,
    K.GRID: (*PLACES, K.GRID),
}
"""Below which kinds each kind stands."""


def kinds_below(parent: str) -> list[OrganizationKind]:
    """Return the kinds that are founded below a parent; streets are set up once."""
    return [k for k in K if k not in STREET_TIER and parent in PARENTS[k]]


def fits(kind: str, parent: str | None, below: Iterable[str] = ()) -> bool:
    """Whether a kind fits below its parent's, and above those that lie below it."""
    fits_above = parent in PARENTS[kind] if parent is not None else not PARENTS[kind]
    return fits_above and all(kind in PARENTS[child] for child in below)


def files_otherwise(former: str, kind: str) -> bool:
    """Whether one of two kinds files returns, and the other does not."""
    return (former in FILING) != (kind in FILING)


def kinds_instead(kind: str, parent: str | None, below: Iterable[str]) -> list[K]:
    """Return the kinds that an organization may have from now on, its own first."""
    children = [*below]
    fitting = [k for k in K if fits(k, parent, children)]
    # one that has members does not turn into a branch that holds none.
    fitting = [k for k in fitting if k in (kind, *FOR_GOOD)]
    if kind in fitting:
        fitting = [k for k in fitting if not files_otherwise(kind, k)]
    return [K(kind), *(k for k in fitting if k != kind)]


def sql_of_temporary(organization: str) -> str:
    """Return the SQL condition that an organization is a temporary branch (R-07).

    So is a group below one. `organization` is an SQL expression for its key.
    """
    return f"""
EXISTS (SELECT 1 FROM organizations_organization AS place
LEFT JOIN organizations_organization AS above ON above.id = place.parent_id
WHERE place.id = {organization} AND (place.kind = '{K.TEMPORARY_BRANCH}'
OR place.kind = '{K.PARTY_GROUP}' AND above.kind = '{K.TEMPORARY_BRANCH}'))
"""  # noqa: S608 -- kinds and columns of ours


def sql_of_misfits(kind: str, above: str) -> str:
    """Return the SQL condition that a kind does not stand below another kind.

    Both are SQL expressions, the same for both databases.
    """
    pairs = [
        f"({kind} = '{K(child)}' AND {above} NOT IN ({_quoted(parents)}))"
        for child, parents in PARENTS.items()
        if parents
    ]
    return f"({' OR '.join(pairs)})"


def _quoted(kinds: Iterable[OrganizationKind]) -> str:
    return ", ".join(f"'{kind}'" for kind in kinds)
