"""What can be done to many members of the list at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.actors import Actor
from core.months import today
from core.web.bulk_actions import BulkAction, BulkForm, bulk_actions
from core.web.forms import offer_rows
from members.actions import change_member, end_mobile, move_member
from members.actions.membership_bounds import refuse_ended_membership
from members.enums import Category
from members.errors import AlreadyAsChosen, AsksAlone, NotAway
from members.fields import day_field
from members.forms import MoveForm
from members.models import Member
from members.permissions import can_admit
from organizations.models import Organization


class MoveManyForm(BulkForm):
    """The organization to which members move, from a day on."""

    organization = forms.ModelChoiceField(
        label=_("Party organization"), queryset=Organization.objects.none()
    )
    on = day_field(_("Takes effect on"), initial=today)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Organization.objects.managed_by(self.person).open().holding_members()
        offer_rows(self, "organization", places.order_by("path"))


class CategoryForm(BulkForm):
    """The category that members have from now on."""

    category = forms.ChoiceField(label=_("Category"), choices=Category.choices)


class ReturnForm(BulkForm):
    """The day on which members came back."""

    on = day_field(_("Day"), initial=today)


def move(member: Member, form: Any, by: Actor) -> None:
    """Move one of them; what its own form would ask about is left to that form."""
    refuse_ended_membership(member)
    to, day = form.cleaned_data["organization"], form.cleaned_data["on"]
    if member.organization_id == to.pk:
        raise AlreadyAsChosen(name=member.name)
    typed = {"organization": to.pk, "on": str(day)}
    places = Organization.objects.filter(pk=to.pk)
    refuse_what_it_asks(MoveForm(typed, member=member, organizations=places))
    move_member(member, to, by=by, on=day)


def refuse_what_it_asks(form: forms.Form) -> None:
    """Refuse what the form of a single row refuses, or wants to be asked about."""
    if not form.is_valid():
        said = [str(text) for texts in form.errors.values() for text in texts]
        raise AsksAlone(question=" ".join(said))


def set_category(member: Member, form: Any, by: Actor) -> None:
    """Give one of them the category."""
    refuse_ended_membership(member)
    category = form.cleaned_data["category"]
    if member.category == category:
        raise AlreadyAsChosen(name=member.name)
    change_member(member, by=by, category=category)


def end_absence(member: Member, form: Any, by: Actor) -> None:
    """Record that one of them is back."""
    row = member.mobile_records.filter(ends_on=None).first()
    if row is None:
        raise NotAway(name=member.name)
    end_mobile(row, by=by, on=form.cleaned_data["on"])


def kept(reader: Actor) -> Any:
    """Return the members whose record the person keeps."""
    return Member.objects.managed_by(reader)


LIST = "members:list"
bulk_actions.add(
    BulkAction(
        "members.move",
        LIST,
        _("Move to another organization"),
        can_admit,
        kept,
        move,
        MoveManyForm,
    ),
    BulkAction(
        "members.category",
        LIST,
        _("Set the category"),
        can_admit,
        kept,
        set_category,
        CategoryForm,
    ),
    BulkAction(
        "members.end_absence",
        LIST,
        _("Record the return"),
        can_admit,
        kept,
        end_absence,
        ReturnForm,
    ),
)
