"""Forms of the certificates of mobile members."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.db.fields import NumberTextFormField
from core.months import today
from core.web.forms import DayField, KeyedForm
from members.enums import CertificateGround
from members.fields import day_field


class CertificateForm(KeyedForm):
    """Why the certificate is asked for, its number, and the period (R-18)."""

    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=CertificateGround.choices,
        help_text=_(
            "For a short absence, or a longer one while a transfer is not possible."
            " On the other grounds no certificate is issued; you are told what is"
            " done instead."
        ),
    )
    number = NumberTextFormField(label=_("Number of the certificate"), max_length=40)
    on = day_field(_("Certificate issued on"), initial=today)
    valid_until = DayField(label=_("Valid until"))


class IssueCertificateForm(CertificateForm):
    """A first certificate, with where the member goes."""

    destination = forms.CharField(label=_("Destination"), max_length=80, required=False)


class ReplaceCertificateForm(CertificateForm):
    """A certificate in place of another, and why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("For example: lost, full, or the period is over."),
    )
