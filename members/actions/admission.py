"""Enter members: one implementation for one row and for many."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import audit
from core.actions import action
from core.actors import Actor
from core.db.constraints import validate_all
from core.identity import clean_identity_number, identity_index, phone_index
from core.months import refuse_future_day, today
from core.names import clean_person_name
from core.pinyin import search_key, sort_key
from members.actions.checkins import NewCheckIn, check_in_members
from members.actions.membership_bounds import (
    refuse_before_membership,
    refuse_place_without_members,
)
from members.duplicates.merged import members_by_former_number
from members.enums import GUESTS, PRECISION_OF, StartReason
from members.errors import (
    AlreadyRecorded,
    NotInService,
    OrganizationRequired,
)
from members.models import Affiliation, Member
from organizations.actions import refuse_ended, request_recount
from organizations.models import Organization
from organizations.queries import counting_months

BLANK: tuple[Any, ...] = (None, "", [])


def approval_day(
    reason: StartReason, starts_on: dt.date, approved_on: dt.date | None
) -> dt.date | None:
    """Return when the superior approved a new member: the first day, unless given."""
    return approved_on or starts_on if reason == StartReason.DEVELOPED else None


@dataclass(frozen=True, slots=True)
class Admission:
    """One member to be entered: column values, organization and first day.

    In-service members may have no organization in the tree, because their formal
    affiliation is with their employer (R-28), and mobile members none, because theirs
    stays where they came from (R-20). They must then be checked in with a community,
    otherwise no user would see them.
    """

    values: Mapping[str, Any]
    organization: Organization | None = None
    starts_on: dt.date = field(default_factory=today)
    reason: StartReason = StartReason.RECORDED
    community: Organization | None = None
    approved_on: dt.date | None = None
    home_branch: str = ""

    @property
    def approved(self) -> dt.date | None:
        """The day on which the superior approved a new member, or None."""
        return approval_day(self.reason, self.starts_on, self.approved_on)

    @property
    def counted_on(self) -> dt.date:
        """The day by which the beginning counts."""
        return self.approved or self.starts_on

    def organizations(self) -> list[Organization]:
        """Return the organization and the community, if given."""
        organizations = (self.organization, self.community)
        return [
            organization for organization in organizations if organization is not None
        ]


def audit_snapshot(member: Member, *names: str) -> dict[str, Any]:
    """Return a member's columns for the audit log: masked, birth date cut to the month.

    A full birth date next to the last four digits of the identity number would reveal
    most of the number.
    """
    values = audit.snapshot(member, *names)
    if values.get("birth_date"):
        values["birth_date"] = values["birth_date"][:7]
    known = {"join_date": member.joined, "full_member_date": member.full_since}
    for name, date in known.items():
        if date is not None and name in values:
            values[name] = date.isoformat()
    return values


def audit_whole(member: Member) -> dict[str, Any]:
    """Return all that is recorded of a member for the audit log, without blanks.

    The dates say themselves how exactly they are known.
    """
    names = [
        column.name
        for column in Member._meta.concrete_fields
        if column.editable and column.name not in PRECISION_OF.values()
    ]
    values = audit_snapshot(member, *names, "organization")
    return {name: value for name, value in values.items() if value not in BLANK}


def add_derived_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Add the columns derived from a member's values; clean the name and number."""
    name = clean_person_name(values["name"])
    number = clean_identity_number(values["id_number"])
    return {
        **values,
        "name": name,
        "id_number": number,
        "id_index": identity_index(number),
        "phone_index": phone_index(phone) if (phone := values.get("phone")) else None,
        "sound": search_key(name),
        "sort_key": sort_key(name),
    }


def _refuse_without_organization(admission: Admission) -> None:
    if admission.organization is not None:
        return
    name = admission.values["name"]
    if admission.values.get("category") not in GUESTS:
        raise NotInService(name=name)
    if admission.community is None:
        raise OrganizationRequired(name=name)


def _refuse_wrong_organizations(admissions: Sequence[Admission]) -> None:
    for admission in admissions:
        _refuse_without_organization(admission)
    for organization in {
        a.organization for a in admissions if a.organization is not None
    }:
        refuse_place_without_members(organization)
    for organization in {
        organization
        for admission in admissions
        for organization in admission.organizations()
    }:
        refuse_ended(organization)


@action(label=_("Member entered"))
def admit_members(admissions: Sequence[Admission], *, by: Actor | None) -> list[Member]:
    """Enter many members, all or none; return them in the given order.

    Refuses known identity numbers, days to come or before joining the Party, ended
    organizations, organizations that hold no members, and members who would belong
    nowhere.
    """
    _refuse_wrong_organizations(admissions)
    for day in {a.starts_on for a in admissions} | {a.counted_on for a in admissions}:
        refuse_future_day(day)
    members = [
        Member(**add_derived_values(a.values), organization=a.organization)
        for a in admissions
    ]
    for member, admission in zip(members, admissions, strict=True):
        refuse_before_membership(member, admission.starts_on)
    known = Member.objects.filter(id_index__in=[m.id_index for m in members])
    merged = members_by_former_number(m.id_index for m in members)
    twice = len({m.id_index for m in members}) < len(members)
    if twice or known.exists() or any(merged):
        raise AlreadyRecorded
    validate_all(members)
    Member.objects.bulk_create(members, batch_size=500)
    _start_affiliations(members, admissions)
    audit.record_many(
        (
            audit.AuditEvent(
                member,
                a.organizations()[0].pk,
                {},
                audit_whole(member),
            )
            for member, a in zip(members, admissions, strict=True)
        ),
        by=by,
    )
    _check_in(members, admissions, by=by)
    return members


def _start_affiliations(
    members: Iterable[Member], admissions: Iterable[Admission]
) -> None:
    """Start the affiliations of members who belong to an organization."""
    with_organization = [
        (member, a.organization, a)
        for member, a in zip(members, admissions, strict=True)
        if a.organization is not None
    ]
    months = counting_months(
        (organization, a.counted_on) for _m, organization, a in with_organization
    )
    Affiliation.objects.bulk_create(
        (
            Affiliation(
                member=member,
                organization=organization,
                starts_on=a.starts_on,
                start_month=month,
                start_reason=a.reason,
                approved_on=a.approved,
            )
            for (member, organization, a), month in zip(
                with_organization, months, strict=True
            )
        ),
        batch_size=500,
    )
    request_recount(
        (organization.pk, month)
        for (_m, organization, _a), month in zip(with_organization, months, strict=True)
    )


def _check_in(
    members: Iterable[Member], admissions: Iterable[Admission], *, by: Actor | None
) -> None:
    new_check_ins = [
        NewCheckIn(member, a.community, a.starts_on, home_branch=a.home_branch)
        for member, a in zip(members, admissions, strict=True)
        if a.community is not None
    ]
    if new_check_ins:
        check_in_members(new_check_ins, by=by)
    for new in new_check_ins:
        new.member.community = new.community


def admit_member(
    *,
    by: Actor | None,
    organization: Organization | None = None,
    starts_on: dt.date | None = None,
    reason: StartReason = StartReason.RECORDED,
    community: Organization | None = None,
    approved_on: dt.date | None = None,
    **values: Any,
) -> Member:
    """Enter one member; refuses what `admit_members` refuses."""
    admission = Admission(
        values, organization, starts_on or today(), reason, community, approved_on
    )
    return admit_members([admission], by=by)[0]
