"""What of a month is still under way when its return is submitted."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import ngettext

from core.actors import Actor
from finance.models import Voucher
from organizations.models import Organization
from volunteering.models import Claim, ServiceRecord


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A sentence on what is under way, and the list in which it is finished."""

    text: str
    url: str


def list_unfinished(
    organization: Organization, month: dt.date, reader: Actor
) -> list[Unfinished]:
    """Return what of a place's month somebody still has to finish, as one may see it.

    A voucher or service that is finished after the month was closed counts in a later
    month, so whoever submits or accepts the return should know of it. Vouchers of
    earlier months count in this one at the earliest.
    """
    vouchers = Voucher.objects.visible_to(reader).unfinished()
    vouchers = vouchers.filter(month__lte=month)
    claims = Claim.objects.visible_to(reader).unrecorded()
    claims = claims.filter(
        shift__starts_at__year=month.year, shift__starts_at__month=month.month
    )
    records = ServiceRecord.objects.visible_to(reader).submitted()
    records = records.filter(
        claim__shift__starts_at__year=month.year,
        claim__shift__starts_at__month=month.month,
    )
    n, hours, open_ = (
        rows.within(organization).count() for rows in (vouchers, records, claims)
    )
    texts = (
        ngettext(
            "%(n)s voucher of this or an earlier month is not posted yet",
            "%(n)s vouchers of this or an earlier month are not posted yet",
            n,
        )
        % {"n": n},
        ngettext(
            "%(n)s service record of this month is not confirmed yet",
            "%(n)s service records of this month are not confirmed yet",
            hours,
        )
        % {"n": hours},
        ngettext(
            "of %(n)s claimed shift of this month no hours are recorded yet",
            "of %(n)s claimed shifts of this month no hours are recorded yet",
            open_,
        )
        % {"n": open_},
    )
    urls = (
        f"{reverse('finance:vouchers')}?progress=unfinished",
        reverse("volunteering:service"),
        reverse("volunteering:unrecorded"),
    )
    counts = (n, hours, open_)
    return [
        Unfinished(text, url)
        for count, text, url in zip(counts, texts, urls, strict=True)
        if count
    ]
