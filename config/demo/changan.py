"""One street as the first field study describes it: five communities growing (F01)."""

import datetime as dt
from collections.abc import Sequence

from config.demo.base import demo_account
from config.demo.names import People
from config.demo.returns import run_recounts
from core.months import today
from members.actions import Admission, admit_members
from members.enums import StartReason
from organizations.actions import create_organizations
from organizations.enums import OrganizationKind
from organizations.models import Organization
from organizations.roles import Role

K = OrganizationKind
FOUNDED = dt.date(2003, 1, 1)
COMMUNITIES = ("福民社区", "兴平社区", "东岸社区", "向阳社区", "江滨社区")
TOTALS = (
    (dt.date(2003, 12, 31), 147),
    (dt.date(2004, 12, 31), 190),
    (dt.date(2005, 12, 31), 284),
    (dt.date(2006, 12, 31), 323),
    (dt.date(2007, 9, 30), 354),
)
"""The street's members at the year ends; the last is a September figure."""


def build(seed: int) -> None:
    """Build the street, and let its members come year by year."""
    nodes = create_organizations(_tree(), by=None, starts_on=FOUNDED)
    branches = [node for node in nodes.values() if node.kind == K.BRANCH]
    people = People(seed, today())
    standing = 0
    for day, total in TOTALS:
        _grow(branches, total - standing, day, people)
        standing = total
    demo_account("jiedao", "街道工作人员", Role.STREET_STAFF, organization=nodes["CA"])
    run_recounts()
    demo_account("quwei", "区级查看", Role.CITY_OFFICER, organization=nodes["DA"])


def _tree() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = [
        _row("DA", "东安区", K.CITY, None, "中共牡丹江市东安区委员会"),
        _row("CA", "长安街道", K.STREET, "DA", "中共东安区长安街道工作委员会"),
    ]
    for number, name in enumerate(COMMUNITIES, start=1):
        code = f"CA{number}"
        rows.append(_row(code, name, K.COMMUNITY, "CA", f"中共{name}委员会"))
        branch = f"{name}党支部"
        rows.append(_row(f"{code}01", branch, K.BRANCH, code, f"中共{name}支部委员会"))
    return rows


def _row(
    code: str, name: str, kind: OrganizationKind, parent: str | None, full_name: str
) -> dict[str, object]:
    return {
        "code": code,
        "name": name,
        "kind": kind,
        "parent": parent,
        "full_name": full_name,
    }


def _grow(
    branches: Sequence[Organization], count: int, day: dt.date, people: People
) -> None:
    """Let so many more members count by the day, spread over the branches."""
    admissions = [
        Admission(
            people.values(joined_by=began),
            branches[position % len(branches)],
            began,
            StartReason.TRANSFERRED_IN,
        )
        for position in range(count)
        for began in [day - dt.timedelta(days=position % 250)]
    ]
    admit_members(admissions, by=None)
