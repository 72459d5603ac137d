"""The types of sheet that are uploaded where a monthly return is expected."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from members.roster.sheet_types import MONTHLY, SHEET_TYPES

MEMBERS_OWN = _("Upload it as the kind of sheet that it is.")
RETURN_TYPES = tuple(
    replace(
        sheet_type,
        refusal="" if sheet_type is MONTHLY else sheet_type.refusal or MEMBERS_OWN,
    )
    for sheet_type in SHEET_TYPES
)
