"""Made-up decisions of a street about branches: a new name, a split, a merger."""

import datetime as dt

from config.demo.life import CommunityStaff
from config.demo.names import People
from core.months import month_of
from exchange.actions import enter_document, link_document
from exchange.document_links import document_targets
from members.enums import Standing
from members.models import Affiliation
from organizations.actions import (
    Basis,
    merge_organization,
    rename_organization,
    split_organization,
)
from organizations.enums import OrganizationKind
from organizations.models import Organization, OrganizationChange

GOING = 3
"""Members who form a branch of their own for some days."""


def make_decisions(
    community: Organization, people: People, staff_accounts: CommunityStaff
) -> None:
    """Rename the last branch of a community; split another one and merge it again."""
    by, today = staff_accounts.staff, people.today
    *_others, large, last = community.children.open().filter(
        kind=OrganizationKind.BRANCH
    )
    name = f"{community.name}先锋党支部"
    rename_organization(
        last,
        name=name,
        full_name=f"中共{community.name}先锋支部委员会",
        basis=Basis("关于支部更名的通知", "南城党工〔2026〕6号"),
        on=today,
        by=by,
    )
    first = max(month_of(today), today - dt.timedelta(days=10))
    branch = split_organization(
        large,
        chosen=_going(large, first),
        name=f"{community.name}夕阳红党支部",
        full_name=f"中共{community.name}夕阳红支部委员会",
        kind=OrganizationKind.BRANCH,
        basis=_approved("关于同意设立夕阳红党支部的批复", 7, first),
        on=first,
        by=by,
    )
    if first == today:  # who came on a day goes on the next one at the earliest
        return
    basis = _approved("关于同意撤销夕阳红党支部的批复", 9, today)
    merge_organization(branch, target=large, basis=basis, on=today, by=by)
    paper = enter_document(
        community,
        kind="superior",
        title=basis.basis,
        number=basis.basis_number,
        issuer=basis.approved_by,
        issued_on=today,
        starts_on=today,
        text="同意将夕阳红党支部并入原支部，党员组织关系随转。",
        by=by,
    )
    change = OrganizationChange.objects.latest("pk")
    link_document(paper, change, target=document_targets.get("decision"), by=by)


def _approved(title: str, number: int, day: dt.date) -> Basis:
    return Basis(
        title, f"南城党工〔{day.year}〕{number}号", "中共南城街道工作委员会", day
    )


def _going(branch: Organization, day: dt.date) -> list[Affiliation]:
    """Return a few of a branch whom nothing else holds there."""
    rows = Affiliation.objects.filter(
        organization=branch,
        ends_on=None,
        starts_on__lt=day,
        member__standing=Standing.FULL,
        member__transfers=None,
        member__lost_contacts=None,
    )
    return [*rows.order_by("-pk")[:GOING]]
