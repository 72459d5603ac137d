"""The transfer of a formal affiliation by letter and receipt (组织关系转接)."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.db.fields import NumberTextField
from core.db.signatures import signature
from core.text import StrOrPromise
from members.enums import TransferKind, TransferState, TransferStep
from members.models.affiliation import Affiliation
from members.models.member import Member
from members.models.transfer_rules import RULES
from members.querysets import TransferQuerySet
from organizations.lifetimes import inside_life
from organizations.models import Organization


def organization_key(label: StrOrPromise, *, editable: bool = True) -> Any:
    """Return a column with an organization that a transfer concerns."""
    return models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        editable=editable,
        related_name="+",
        verbose_name=label,
    )


class Transfer(models.Model):
    """The way of one member from one organization to another, by letter and receipt.

    A community proposes, its street issues the letter, the community of arrival
    confirms, its street receives: only then the affiliation moves. Until then the
    member counts at the origin (R-14). `issuer` and `addressee` are the committees on
    the letter, `origin` and `destination` the places that deal with it. Of places
    outside the city only words are known.
    """

    kind = models.CharField(_("kind of transfer"), max_length=10, choices=TransferKind)
    state = models.CharField(
        _("state"), max_length=10, choices=TransferState, default=TransferState.PROPOSED
    )
    member = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="transfers",
        verbose_name=_("member"),
    )
    person_name = models.CharField(_("name on the letter"), max_length=50, blank=True)
    former_unit = models.CharField(
        _("unit they worked for"), max_length=80, blank=True
    )  # S0-37
    cause = models.CharField(_("cause of the transfer"), max_length=40)  # S0-44
    origin = organization_key(_("organization of origin"))
    issuer = organization_key(_("letter issued by"))
    from_text = models.CharField(_("issuing committee"), max_length=120, blank=True)
    addressee = organization_key(_("letter addressed to"))
    destination = organization_key(_("dealt with by"))
    to_text = models.CharField(_("receiving committee"), max_length=120, blank=True)
    wish = models.CharField(_("branch or community"), max_length=80, blank=True)
    dues_month = models.DateField(_("dues paid up to"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    serial = models.PositiveIntegerField(null=True, blank=True, editable=False)
    line = models.PositiveSmallIntegerField(
        _("place on the list of the letter"), default=1, editable=False
    )
    foreign_number = NumberTextField(
        _("number of the letter"), max_length=40, blank=True
    )
    issued_on = models.DateField(_("letter issued on"), null=True, blank=True)
    valid_days = models.PositiveSmallIntegerField(
        _("valid for (days)"), null=True, blank=True
    )
    valid_until = models.DateField(
        _("valid until"), null=True, blank=True, editable=False
    )
    branch = organization_key(_("branch of arrival"))
    arrived_on = models.DateField(_("arrived on"), null=True, blank=True)
    proposed_on = models.DateField(_("proposed on"), editable=False)
    proposed_by = signature(_("proposed by"))
    issued_by = signature(_("issued by"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)
    closed_by = signature(_("closed by"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    rested_on = models.DateField(
        _("let rest on"), null=True, blank=True, editable=False
    )
    rested_by = signature(_("let rest by"))
    released = models.ForeignKey(
        Affiliation,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="released_by",
        verbose_name=_("affiliation that ended"),
    )
    accepted = models.ForeignKey(
        Affiliation,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="accepted_by",
        verbose_name=_("affiliation that began"),
    )
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="replacement",
        verbose_name=_("replaces the letter"),
        error_messages={
            "unique": _(
                "A new letter was issued in place of this one already. Nothing was"
                " saved: go on with the new letter."
            )
        },
    )

    triggers = inside_life(
        "transfer",
        "issued_on",
        "origin_id",
        "issuer_id",
        "addressee_id",
        "destination_id",
        "branch_id",
    )
    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer of affiliation")
        verbose_name_plural = _("transfers of affiliation")
        ordering = ["-proposed_on", "-pk"]
        constraints = RULES
        indexes = [
            models.Index(
                fields=["state", "valid_until"], name="transfer_validity_index"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.from_name} → {self.to_name}"

    def get_absolute_url(self) -> str:
        """The transfer's page."""
        return reverse("members:transfer", args=[self.pk])

    def has_come_to(self, step: TransferStep) -> bool:
        """Whether a step can be taken now; none with a letter that another followed."""
        if self.state not in step.states:
            return False
        if step == TransferStep.LET_REST:
            return self.waits_at_origin
        return self.follower is None

    @property
    def waits_at_origin(self) -> bool:
        """Whether it was refused, and its place of origin has not dealt with it yet."""
        is_refused = self.state == TransferState.REFUSED
        rows = Transfer.objects.came_back().filter(pk=self.pk)
        return is_refused and rows.exists()

    @property
    def follower(self) -> "Transfer | None":
        """The transfer by which an expired letter is settled, if there is one (R-17).

        A letter issued anew settles the old one for good, another proposal as long as
        it is neither refused nor voided.
        """
        if self.state != TransferState.EXPIRED or self.member_id is None:
            return None
        return Transfer.objects.following(self).first()

    def proposal_values(self) -> dict[str, Any]:
        """Return what was proposed, as the form of a new proposal asks for it."""
        return {
            "to": self.addressee_id,
            "to_text": self.to_text,
            "wish": self.wish,
            "cause": self.cause,
            "dues_month": self.dues_month,
        }

    @property
    def name(self) -> str:
        """Whom the letter is about."""
        return self.member.name if self.member is not None else self.person_name

    @property
    def from_name(self) -> str:
        """Where the member comes from, in words."""
        return str(self.origin or self.from_text)

    @property
    def to_name(self) -> str:
        """Where the member goes, in words."""
        return str(self.destination or self.to_text)

    @property
    def addressee_name(self) -> str:
        """The committee to which the letter is addressed, in words."""
        return str(self.addressee or self.to_text)

    @property
    def number(self) -> str:
        """The number on the letter, once it is issued."""
        if self.serial is None:
            return self.foreign_number
        values = {"street": self.issuer, "year": self.year, "serial": self.serial}
        return gettext("%(street)s (%(year)s) no. %(serial)s") % values
