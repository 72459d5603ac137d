"""What became of a voucher is on its page, and those who signed it hear of it."""

import pytest

from accounts.models import Notice
from finance.actions import cancel_voucher, return_voucher
from tests.client import Browser
from tests.factories.finance import ExpenditureFactory, approved


def steps_shown(user, voucher):
    """The steps that the voucher's page lists, the first first."""
    browser = Browser()
    browser.force_login(user)
    page = browser.get(voucher.get_absolute_url())
    return [row.value for row in page.context["sections"][-1].rows]


@pytest.mark.parametrize("give_up", [cancel_voucher, return_voucher])
def test_who_signed_hears_why_a_voucher_goes_no_further(fund, accountant, give_up):
    voucher = approved(ExpenditureFactory(fund=fund))
    signers = {voucher.entered_by_id, voucher.reviewed_by_id, voucher.approved_by_id}
    Notice.objects.all().delete()

    give_up(voucher, by=accountant, reason="不付了")

    notices = Notice.objects.filter(user__in=signers - {accountant.pk})
    heard = {(one.user_id, one.text.endswith("不付了")) for one in notices}
    assert heard == {(pk, True) for pk in signers - {accountant.pk}}


def test_a_cancelled_voucher_says_who_cancelled_it_and_why(fund, accountant, secretary):
    voucher = approved(ExpenditureFactory(fund=fund))

    cancel_voucher(voucher, by=accountant, reason="不付了")

    shown = steps_shown(secretary, voucher)
    assert len(shown) == 4
    assert str(accountant) in shown[-1]
    assert shown[-1].endswith("不付了")
