"""Forms of guarded remarks, and of who is willing to serve."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.months import today
from core.web.forms import KeyedForm
from members.enums import Willingness
from members.fields import day_field
from organizations.queries import code_items


class RemarkForm(KeyedForm):
    """What happened on which day, and in what somebody was asked to take part."""

    kind = forms.ChoiceField(
        label=_("What happened"), choices=lambda: code_items("remark_kinds")
    )
    happened_on = day_field(_("Happened on"), initial=today)
    matter = forms.CharField(
        label=_("Asked to take part in"),
        max_length=80,
        help_text=_("The activity, post or invitation, and how they were asked."),
    )
    details = forms.CharField(
        label=_("Details"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was said or done, without judging the person."),
    )


class ReplyForm(KeyedForm):
    """How the member sees it."""

    reply = forms.CharField(
        label=_("My reply"), max_length=300, widget=forms.Textarea(attrs={"rows": 4})
    )


class TookPartForm(KeyedForm):
    """The day on which they took part after all."""

    on = day_field(_("Took part on"), initial=today)


class WillingnessForm(KeyedForm):
    """Whether somebody wants to serve."""

    willing = forms.ChoiceField(
        label=_("Willing to serve"),
        choices=Willingness.choices,
        widget=forms.RadioSelect,
        help_text=_("Nobody has to say. Ask the member; do not guess."),
    )
