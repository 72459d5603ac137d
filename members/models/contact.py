"""A contact with a member who is away (联系记录)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.dates import format_day
from core.db.constraints import plausible_dates
from core.db.voidable import ValidRowsManager, VoidableFact, void_has_reason
from members.enums import ContactWay
from members.models.member import Member
from members.querysets import MemberContactQuerySet
from organizations.lifetimes import inside_life
from organizations.models import Organization

ValidContacts = ValidRowsManager.from_queryset(MemberContactQuerySet)


class MemberContact(VoidableFact):
    """On which day somebody was in touch with a member, how, and what was said.

    It proves that contact is not lost, and never since when it was (R-23). It counts
    in `month`, at `organization`, where the member belonged then.
    """

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="contacts", verbose_name=_("member")
    )
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("Party organization"),
    )
    made_on = models.DateField(_("day of the contact"))
    way = models.CharField(_("way of the contact"), max_length=10, choices=ContactWay)
    note = models.CharField(_("what was said"), max_length=200, blank=True)
    is_report = models.BooleanField(
        _("the member reported on the year"), default=False
    )
    month = models.DateField(_("counted in"), editable=False)

    triggers = inside_life("membercontact", "made_on", voidable=True)
    objects = ValidContacts()
    all_objects = MemberContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact with a member")
        verbose_name_plural = _("contacts with members")
        ordering = ["-made_on", "-pk"]
        constraints = [
            plausible_dates("made_on", "month", name="membercontact_plausible_dates"),
            void_has_reason("membercontact_void_has_reason", "void_month"),
        ]

    def __str__(self) -> str:
        return f"{self.member.name} {format_day(self.made_on)}"
