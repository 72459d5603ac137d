"""What can be done to many shifts of the list at once."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.web.bulk_actions import BulkAction, BulkForm, bulk_actions
from volunteering.actions import cancel_shift
from volunteering.models import Post, Shift
from volunteering.permissions import can_offer


class CancelManyForm(BulkForm):
    """Why shifts do not take place."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea(attrs={"rows": 2})
    )


bulk_actions.add(
    BulkAction(
        "volunteering.cancel_shift",
        "volunteering:list",
        _("Cancel the shift"),
        can_offer,
        lambda reader: Shift.objects.filter(post__in=Post.objects.managed_by(reader)),
        lambda shift, form, by: cancel_shift(
            shift, by=by, reason=form.cleaned_data["reason"]
        ),
        CancelManyForm,
    )
)
