"""Pages of funds and vouchers, as the two who keep money use them."""

import re
from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from finance.actions import (
    amend_voucher,
    approve_voucher,
    pay_voucher,
    reverse_voucher,
)
from finance.enums import VoucherState
from finance.errors import FundTooLow, UseForbidden, VoucherChanged
from finance.models import Voucher
from finance.views.entry import SAVED_AS_DRAFT
from organizations.actions import close_month
from tests.factories.finance import (
    DAY,
    ExpenditureFactory,
    FundFactory,
    IncomeFactory,
    accountant_of,
    filled,
    posted,
    reviewed,
    use_of,
)
from tests.html import hidden
from tests.messages import message, refusal_of, says, translated

INCOME = {
    "happened_on": "2026-06-10",
    "amount": "￥１，２３４.５０元",
    "purpose": "区级拨付",
    "source": "superior",
    "papers": "2",
    "idempotency_key": "k1",
}


def as_user(client, user):
    """The browser of a person."""
    client.force_login(user, backend="accounts.backends.UsernameOrPhone")
    return client


def list_messages(response):
    """What the page says was done or refused."""
    return [str(message) for message in response.context["messages"]]


def test_the_accountant_enters_an_income_as_typed(client, fund, accountant):
    page = as_user(client, accountant)

    page.post(reverse("finance:enter_income", args=[fund.pk]), INCOME)

    voucher = Voucher.objects.get()
    assert (voucher.amount, voucher.papers) == (Decimal("1234.50"), 2)
    assert (voucher.state, voucher.entered_by) == (VoucherState.SUBMITTED, accountant)


def test_a_form_sent_twice_enters_one_voucher(client, fund, accountant):
    page, url = (
        as_user(client, accountant),
        reverse("finance:enter_income", args=[fund.pk]),
    )

    first, second = page.post(url, INCOME), page.post(url, INCOME)

    assert (Voucher.objects.count(), first.url) == (1, second.url)


def test_an_unfinished_voucher_is_kept_as_a_draft(client, fund, accountant):
    url = reverse("finance:enter_income", args=[fund.pk])

    sent = as_user(client, accountant).post(url, {**INCOME, "as_draft": "yes"})
    said = [str(message) for message in get_messages(sent.wsgi_request)]
    assert said == [str(SAVED_AS_DRAFT)]

    assert Voucher.objects.get().state == VoucherState.DRAFT


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("amount", "1,5", "请按元填写金额，最多两位小数，如 1234.50。"),
        ("amount", "0", "不能小于 0.01，请核对后重新填写。"),
        ("amount", "100000000", "不能大于 99999999.99，请核对后重新填写。"),
        ("papers", "1000", "不能大于 999，请核对后重新填写。"),
        ("source", "", "请填写或选择此项。"),
        ("happened_on", "2026-13-01", "请填写日期，如 2026-06-30。"),
    ],
)
def test_what_is_mistyped_is_asked_again(client, fund, accountant, field, typed, said):
    url = reverse("finance:enter_income", args=[fund.pk])

    answer = as_user(client, accountant).post(url, {**INCOME, field: typed})

    assert answer.context["form"].errors[field] == [said]
    assert Voucher.objects.count() == 0


def test_a_banned_use_is_refused_on_the_form(client, fund, accountant):
    url = reverse("finance:enter_expenditure", args=[fund.pk])
    banned = use_of(fund, name="人员工资补贴")
    data = {**INCOME, "use": banned.pk, "decision": "6月5日居民代表会议"}

    answer = as_user(client, accountant).post(url, data)

    (refusal,) = answer.context["form"].non_field_errors()
    assert says(refusal, refusal_of(UseForbidden, use="人员工资补贴"))
    assert Voucher.objects.count() == 0


@pytest.mark.mission("S4-21")
def test_the_form_offers_the_uses_of_the_fund_s_kind_alone(client, fund, accountant):
    answer = as_user(client, accountant).get(
        reverse("finance:enter_expenditure", args=[fund.pk])
    )

    kinds = {use.fund_kind for use in answer.context["form"].fields["use"].queryset}
    assert kinds == {fund.kind}
    assert "人员工资补贴（负面清单，不得列支）" in answer.content.decode()


def test_the_secretary_approves_what_they_have_read(client, fund, secretary):
    voucher = reviewed(IncomeFactory(fund=fund))
    page, url = (
        as_user(client, secretary),
        reverse("finance:voucher", args=[voucher.pk]),
    )
    seen = hidden(page.get(url), "version_token")

    answer = page.post(f"{url}approve/", {"version_token": seen}, follow=True)

    assert list_messages(answer) == ["已审批。"]
    assert Voucher.objects.get().state == VoucherState.POSTED


def test_a_voucher_changed_meanwhile_is_not_approved_unread(client, fund, secretary):
    voucher = reviewed(IncomeFactory(fund=fund))
    page, url = (
        as_user(client, secretary),
        reverse("finance:voucher", args=[voucher.pk]),
    )
    seen = hidden(page.get(url), "version_token")
    amend_voucher(voucher, by=accountant_of(fund), amount=Decimal(9999))
    reviewed(voucher)

    answer = page.post(f"{url}approve/", {"version_token": seen}, follow=True)

    (refusal,) = list_messages(answer)
    assert says(refusal, refusal_of(VoucherChanged))
    assert Voucher.objects.get().state == VoucherState.REVIEWED


def test_an_approval_that_read_nothing_is_refused(client, fund, secretary):
    voucher = reviewed(IncomeFactory(fund=fund))
    url = reverse("finance:approve_voucher", args=[voucher.pk])

    as_user(client, secretary).post(url)

    assert Voucher.objects.get().state == VoucherState.REVIEWED


def test_a_fund_too_low_says_what_it_holds(client, fund, accountant):
    filled(fund, "10.00")
    url = reverse("finance:enter_expenditure", args=[fund.pk])
    data = {**INCOME, "use": use_of(fund).pk, "decision": "6月5日居民代表会议"}

    answer = as_user(client, accountant).post(url, {**data, "amount": "2500"})

    (refusal,) = answer.context["form"].non_field_errors()
    numbers = {"balance": "10.00", "amount": "2,500.00"}
    assert says(refusal, refusal_of(FundTooLow, **numbers))


def test_an_expenditure_goes_from_hand_to_hand_on_its_page(
    client, fund, accountant, secretary, cashier
):
    filled(fund, "1000.00")
    voucher = ExpenditureFactory(fund=fund)
    url = reverse("finance:voucher", args=[voucher.pk])

    for person, step in (
        (accountant, "review"),
        (secretary, "approve"),
        (cashier, "pay"),
    ):
        page = as_user(client, person)
        seen = hidden(page.get(url), "version_token")
        page.post(f"{url}{step}/", {"version_token": seen, "paid_on": f"{DAY}"})

    voucher.refresh_from_db()
    assert (voucher.state, voucher.approved_by, voucher.paid_by) == (
        VoucherState.POSTED,
        secretary,
        cashier,
    )


@pytest.mark.parametrize("kind", ["voucher", "print_voucher", "vouchers", "fund"])
def test_a_reversed_expenditure_is_shown_as_reversed(client, fund, accountant, kind):
    filled(fund, "2000.00")
    wrong = posted(ExpenditureFactory(fund=fund))
    posted(reverse_voucher(wrong, by=accountant, reason="重复付款"))
    keys = {"vouchers": [], "fund": [fund.pk]}.get(kind, [wrong.pk])

    answer = as_user(client, accountant).get(reverse(f"finance:{kind}", args=keys))

    reversed_by = message("Reversed by voucher no. %(number)s", number=3)
    assert says(answer.content.decode(), reversed_by)


def test_a_returned_voucher_is_corrected_on_its_form(
    client, fund, accountant, secretary
):
    voucher = reviewed(IncomeFactory(fund=fund))
    url = reverse("finance:return_voucher", args=[voucher.pk])
    as_user(client, secretary).post(url, {"reason": "缺进账单"})
    page = as_user(client, accountant)
    url = reverse("finance:amend_voucher", args=[voucher.pk])
    form = page.get(url).context["form"]

    page.post(url, {**INCOME, "version_token": form["version_token"].value()})

    voucher.refresh_from_db()
    assert form["amount"].value() == Decimal("1000.00")
    assert (voucher.amount, voucher.state) == (Decimal("1234.50"), "submitted")


def test_a_correction_over_another_s_correction_is_a_conflict(client, fund, accountant):
    voucher = IncomeFactory(fund=fund)
    page = as_user(client, accountant)
    url = reverse("finance:amend_voucher", args=[voucher.pk])
    opened = page.get(url).context["form"]["version_token"].value()
    amend_voucher(voucher, by=accountant_of(fund), amount=Decimal(77))

    answer = page.post(url, {**INCOME, "version_token": opened})

    assert answer.status_code == 409
    assert ("77.00", "1234.50") in [
        (row.now, row.yours) for row in answer.context["conflicts"]
    ]
    assert Voucher.objects.get().amount == Decimal(77)


def test_the_accountant_reverses_and_cancels_with_a_reason(client, fund, accountant):
    wrong = posted(IncomeFactory(fund=fund))
    page = as_user(client, accountant)
    url = reverse("finance:reverse_voucher", args=[wrong.pk])
    entered = page.post(
        url, {"reason": "错记", "happened_on": "2026-06-12"}, follow=True
    )
    reversal = wrong.reversals.get()

    answer = page.post(
        reverse("finance:cancel_voucher", args=[reversal.pk]),
        {"reason": "选错"},
        follow=True,
    )

    reversal.refresh_from_db()
    assert (reversal.purpose, reversal.state) == ("错记", VoucherState.CANCELLED)
    assert list_messages(entered) == [
        translated("Entered. The reversal counts once it is reviewed and approved.")
    ]
    assert list_messages(answer) == [
        translated("Cancelled. The voucher stays on record.")
    ]


def test_a_voucher_without_a_reason_is_not_returned(client, fund, secretary):
    voucher = reviewed(IncomeFactory(fund=fund))
    url = reverse("finance:return_voucher", args=[voucher.pk])

    as_user(client, secretary).post(url, {"reason": " "})

    assert Voucher.objects.get().state == VoucherState.REVIEWED


def test_a_refusal_is_shown_on_the_asking_page(client, fund, east, accountant):
    wrong = posted(IncomeFactory(fund=fund))
    close_month(east, DAY.replace(day=1), by=None)
    url = reverse("finance:reverse_voucher", args=[wrong.pk])

    answer = as_user(client, accountant).post(
        url, {"reason": "错记", "happened_on": "2026-06-12"}
    )

    assert "2026年6月" in answer.context["form"].non_field_errors()[0]
    assert wrong.reversals.count() == 0


def test_the_ledger_shows_the_running_balance_latest_first(client, fund, secretary):
    filled(fund, "1234567.80")
    posted(ExpenditureFactory(fund=fund, amount=Decimal("0.80")))

    answer = as_user(client, secretary).get(reverse("finance:fund", args=[fund.pk]))

    balances = [row.get_cell("balance") for row in answer.context["table"].rows]
    assert balances == ["1,234,567.00", "1,234,567.80"]
    labels = [str(way.label) for way in answer.context["page_actions"]]
    assert labels == ["凭证", "打印明细账", "导出明细账（Excel）"]


def test_the_ledger_is_narrowed_by_day(client, fund, secretary):
    posted(IncomeFactory(fund=fund, happened_on=DAY.replace(day=1)))
    posted(IncomeFactory(fund=fund, happened_on=DAY))
    url = reverse("finance:fund", args=[fund.pk])

    answer = as_user(client, secretary).get(url, {"since": "2026-06-02"})

    days = [row.record.voucher.happened_on for row in answer.context["table"].rows]
    assert days == [DAY]


def test_vouchers_are_narrowed_to_a_fund_the_reader_may_see(
    client, fund, west, secretary
):
    own = IncomeFactory(fund=fund)
    IncomeFactory(fund=FundFactory(organization=fund.organization))
    IncomeFactory(fund=FundFactory(organization=west))
    page, url = as_user(client, secretary), reverse("finance:vouchers")

    everything = page.get(url).context
    narrowed = page.get(url, {"fund": fund.pk}).context

    assert len(everything["table"].rows) == 2
    assert len(everything["filter"].form.fields["fund"].queryset) == 2
    assert [row.record for row in narrowed["table"].rows] == [own]


def labels(client, voucher):
    """The ways that a voucher's page offers."""
    answer = client.get(voucher.get_absolute_url())
    return [str(way.label) for way in answer.context["page_actions"]]


def test_a_voucher_offers_each_hand_what_comes_next(
    client, fund, accountant, cashier, secretary
):
    filled(fund, "1000.00")
    voucher = ExpenditureFactory(fund=fund)
    books, back = ["打印", "更正凭证", "作废凭证"], "退回"

    def offered():
        people = (accountant, secretary, cashier)
        return [labels(as_user(client, person), voucher) for person in people]

    assert offered() == [[*books, back], ["打印"], ["打印"]]
    reviewed(voucher)
    assert offered() == [books, ["打印", back], ["打印"]]
    approve_voucher(voucher, by=secretary)
    assert offered() == [books, ["打印"], ["打印", back]]
    pay_voucher(voucher, by=cashier, paid_on=DAY)
    assert offered() == [["打印", "冲销"], ["打印"], ["打印"]]


def links(page, voucher):
    """What a voucher's page says of its state, where that leads to another page."""
    answer = page.get(voucher.get_absolute_url())
    return {str(f.value): f.url for f in answer.context["sections"][1].rows if f.url}


def test_what_is_reversed_is_not_offered_to_be_reversed_again(client, fund, accountant):
    voucher = posted(IncomeFactory(fund=fund))
    page = as_user(client, accountant)

    before = labels(page, voucher)
    reverse_voucher(voucher, by=accountant, reason="错记")

    assert (before, labels(page, voucher)) == (["打印", "冲销"], ["打印"])


def test_a_reversal_and_what_it_reverses_name_each_other(client, fund, accountant):
    filled(fund, "2000.00")
    wrong = posted(ExpenditureFactory(fund=fund, purpose="楼道照明改造"))
    back = posted(reverse_voucher(wrong, by=accountant, reason="重复付款"))
    page = as_user(client, accountant)

    ledger = page.get(reverse("finance:fund", args=[fund.pk])).content.decode()
    facts = [links(page, voucher) for voucher in (wrong, back)]

    reverses = translated(
        "Reverses voucher no. %(number)s: %(reason)s", number=2, reason="重复付款"
    )
    reversed_by = translated("Reversed by voucher no. %(number)s", number=3)
    assert reverses in ledger
    assert facts[0] == {reversed_by: back.get_absolute_url()}
    assert list(facts[1].values()) == [wrong.get_absolute_url()]
    assert [said.startswith("记字第 2 号") for said in facts[1]] == [True]


def test_the_printed_voucher_has_its_number_and_the_amount_in_capitals(
    client, fund, cashier
):
    filled(fund, "2000.00")
    voucher = posted(ExpenditureFactory(fund=fund, amount=Decimal("1409.50")))

    url = reverse("finance:print_voucher", args=[voucher.pk])
    paper = as_user(client, cashier).get(url).content.decode()

    said = [
        "记字第 2 号",
        "2026年6月10日",
        "壹仟肆佰零玖元伍角整",
        "1,409.50",
        "5001",
        "银行存款",
    ]
    assert [words for words in said if words not in paper] == []


@pytest.mark.parametrize(
    ("make", "party", "why"),
    [
        (IncomeFactory, "付款方：", "收入来源："),
        (ExpenditureFactory, "收款方：", "用途："),
    ],
)
def test_the_printed_voucher_says_from_or_to_whom_and_for_what(
    client, fund, cashier, make, party, why
):
    voucher = make(fund=fund, counterparty="东街五金店")

    url = reverse("finance:print_voucher", args=[voucher.pk])
    page = as_user(client, cashier).get(url).content.decode()

    text = re.sub(r"<[^>]+>|\s", "", page)
    named = f"{why}{voucher.use or voucher.get_source_display()}"
    assert [words for words in (f"{party}东街五金店", named) if words not in text] == []


def queries_for(browser, url):
    """How many queries a page costs, and how many rows it lists."""
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(url)
    return len(queries), len(answer.context["table"].rows)


@pytest.mark.parametrize("page", ["list", "vouchers", "fund"])
def test_lists_cost_the_same_for_three_rows_or_thirty(client, fund, secretary, page):
    hand = accountant_of(fund)
    url = reverse(f"finance:{page}", args=[fund.pk] if page == "fund" else [])
    browser, costs = as_user(client, secretary), []

    for more in (3, 27):
        for _row in range(more):
            posted(IncomeFactory(fund=fund, by=hand))
        FundFactory.create_batch(more, organization=fund.organization)
        costs.append(queries_for(browser, url))

    assert costs[0][0] == costs[1][0]
    assert costs[1][1] - costs[0][1] == 27
