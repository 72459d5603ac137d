"""An inquiry at the former unit of a member (核实函)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from core.db.constraints import plausible_dates
from core.db.fields import NumberTextField
from members.enums import InquiryAnswer
from members.models.member import Member
from members.querysets import UnitInquiryQuerySet

OPEN = Q(answer="", answered_on=None)
ANSWERED = ~Q(answer="") & Q(answered_on__isnull=False, voided=False)


class UnitInquiry(models.Model):
    """The letter that asks a former unit whether it manages a member (S2-40).

    Who works again after retiring may say that the former unit goes on to manage them.
    The letter asks it to answer by the day on which the case is due; no answer is seen
    as no answer.
    """

    case = models.OneToOneField(
        Case, models.PROTECT, related_name="unit_inquiry", verbose_name=_("case")
    )
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="inquiries", verbose_name=_("member")
    )
    unit = models.CharField(_("former unit"), max_length=80)
    number = NumberTextField(_("number of the inquiry"), max_length=40, blank=True)
    sent_on = models.DateField(_("sent on"))
    answer = models.CharField(
        _("answer"), max_length=12, choices=InquiryAnswer, blank=True
    )
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    said_by = models.CharField(_("answered by"), max_length=80, blank=True)
    voided = models.BooleanField(_("voided as a mistake"), default=False)

    objects = UnitInquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("inquiry at a former unit")
        verbose_name_plural = _("inquiries at former units")
        ordering = ["-sent_on", "-pk"]
        constraints = [
            plausible_dates(
                "sent_on", "answered_on", name="unitinquiry_plausible_dates"
            ),
            models.CheckConstraint(
                condition=OPEN | ANSWERED,
                name="unitinquiry_answered_on_a_day",
                violation_error_message=_("An answer has its day."),
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=F("sent_on")),
                name="unitinquiry_answered_after_sending",
                violation_error_message=_(
                    "The answer lies before the day on which the letter was sent."
                    " Nothing was saved: check the day."
                ),
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(answer="", voided=False),
                name="unitinquiry_one_open",
                violation_error_message=_(
                    "A former unit of this member is being asked already. Nothing was"
                    " saved: open that case."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member.name} · {self.unit}"

    def get_absolute_url(self) -> str:
        """The page of the case."""
        return self.case.get_absolute_url()

    @property
    def is_open(self) -> bool:
        """Whether the unit has not answered."""
        return not self.answer and not self.voided
