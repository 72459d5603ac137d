"""What form a Party organization has: a committee, a general branch, a branch (S4-04).

The name on the seal says it (委员会, 总支部委员会, 支部委员会). Where it does not, the
kind of the organization does, as far as it can.
"""

from typing import Any

from django.db.models import Case, CharField, Count, Q, Value, When

from organizations.enums import OrganizationKind, PartyForm
from organizations.querysets import OrganizationQuerySet

K = OrganizationKind
ENDINGS = (
    ("总支部委员会", PartyForm.GENERAL_BRANCH),
    ("总支部", PartyForm.GENERAL_BRANCH),
    ("总支", PartyForm.GENERAL_BRANCH),
    ("支部委员会", PartyForm.BRANCH),
    ("支部", PartyForm.BRANCH),
    ("工作委员会", PartyForm.WORKING_COMMITTEE),
    ("党工委", PartyForm.WORKING_COMMITTEE),
    ("委员会", PartyForm.COMMITTEE),
    ("党委", PartyForm.COMMITTEE),
)
BY_KIND = (
    ((K.CITY, K.TOWN, K.ZONE), PartyForm.COMMITTEE),
    ((K.STREET,), PartyForm.WORKING_COMMITTEE),
    ((K.GENERAL_BRANCH,), PartyForm.GENERAL_BRANCH),
    ((K.BRANCH, K.JOINT_BRANCH, K.TEMPORARY_BRANCH), PartyForm.BRANCH),
)
NO_FORM = (K.PARTY_GROUP, K.GRID, K.FUNCTIONAL)


def with_form(rows: OrganizationQuerySet) -> OrganizationQuerySet:
    """Annotate the form of each organization, empty where nothing says it."""
    named = [
        When(
            ~Q(kind__in=NO_FORM) & Q(full_name__endswith=ending),
            then=Value(form.value),
        )
        for ending, form in ENDINGS
    ]
    kinds = [When(kind__in=kinds, then=Value(form.value)) for kinds, form in BY_KIND]
    form = Case(*named, *kinds, default=Value(""), output_field=CharField())
    return rows.annotate(form=form)


def count_forms(rows: OrganizationQuerySet) -> dict[str, int]:
    """Count organizations by form."""
    found: Any = with_form(rows).order_by()
    found = found.values("form").annotate(count=Count("pk"))
    return {row["form"]: row["count"] for row in found}


def count_community_forms(rows: OrganizationQuerySet) -> dict[str, int]:
    """Count the Party organizations of communities by form."""
    return count_forms(rows.communities())
