"""Pay of who holds seats: for the street and the person, beside the standard."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AuditEntry
from communities.actions import (
    end_reserve,
    set_standard,
    take_seat,
    vacate_seat,
    void_pay,
    void_standard,
)
from communities.enums import Filling, ReserveOutcome, VacatingReason
from communities.models import BodyKind, PayStandard, SeatHolding, SeatPay
from communities.pay import summarize_pay
from communities.staffing_errors import BeforeTheSeat, EntryVoided
from core.errors import ConstraintViolated
from core.months import today
from organizations.roles import Role
from tests.exports import body as body_of
from tests.exports import read_book
from tests.factories.accounts import holder
from tests.factories.communities import (
    BodyFactory,
    PayStandardFactory,
    ReserveFactory,
    SeatHoldingFactory,
    SeatPayFactory,
)
from tests.factories.members import MemberFactory, account_of

pytestmark = pytest.mark.django_db
SINCE, LATER = dt.date(2026, 3, 1), dt.date(2026, 6, 1)


def address(name, *args):
    return reverse(f"communities:{name}", args=args)


def deputy_of(place, member):
    """Let a member be deputy secretary of a community."""
    kind = BodyKind.objects.get(code="community_committee")
    body = BodyFactory(organization=place, kind=kind)
    seat = body.seats.get(kind__name="副书记")
    return take_seat(
        seat, by=None, member=member, channel=Filling.ELECTION, starts_on=SINCE
    )


@pytest.fixture
def deputy(east, li):
    """李明 is deputy secretary of the community."""
    return deputy_of(east, li)


def rows_of(page):
    return {row.record.holder_name: row for row in page.context["table"].rows}


def cells(row):
    return {column.name: str(value) for column, value in row.items()}


def summary_of(page):
    return {str(row.label): row.value for row in page.context["summary"].rows}


@pytest.mark.mission("S0-09")
def test_the_street_sees_from_where_deputies_are_paid_and_how_far_below_the_standard(
    enter, staff, street, deputy
):
    browser = enter(staff)
    browser.post(
        address("set_standard"),
        {
            "organization": street.pk,
            "seat_kind": deputy.seat.kind_id,
            "amount": "3200",
            "starts_on": "2026-01-01",
            "basis": "街道工作人员报酬标准",
        },
    )
    browser.post(
        address("record_pay", deputy.pk),
        {
            "starts_on": "2026-03-01",
            "amount": "2500.50",
            "payer": "东社区居委会",
            "source": "residents_committee",
        },
    )

    page = browser.get(address("pay"), {"pay": "below"})

    row = cells(rows_of(page)["李明"])
    assert {name: row[name] for name in ("amount", "payer", "source")} == {
        "amount": "2,500.50",
        "payer": "东社区居委会",
        "source": "居委会经费",
    }
    assert (row["standard"], row["difference"]) == ("3,200.00", "−699.50")
    assert summary_of(page)["低于标准"] == 1


@pytest.mark.mission("S0-08", "S1-40")
def test_the_street_sees_who_works_full_time_who_is_paid_and_who_works_for_nothing(
    enter, staff, east, branch
):
    kind = BodyKind.objects.get(code="party_workers")
    body = BodyFactory(organization=east, kind=kind)
    for number, (name, amount, full_time) in enumerate(
        (("韩雪", "3000", True), ("丁一", "0", False), ("李强", None, False))
    ):
        seat = body.seats.create(
            kind=kind.seat_kinds.get(), number=10 + number, starts_on=SINCE
        )
        holding = SeatHoldingFactory(
            seat=seat,
            member=MemberFactory(name=name, organization=branch),
            is_full_time=full_time,
        )
        if amount is not None:
            paid = {"payer": "街道", "source": "finance"} if amount != "0" else {}
            SeatPayFactory(holding=holding, amount=Decimal(amount), **paid)

    browser = enter(staff)
    page = browser.get(address("pay"))
    unpaid = browser.get(address("pay"), {"pay": "unpaid"})
    file = read_book(body_of(browser.get(address("pay"), {"export": "xlsx"})))

    assert cells(rows_of(page)["韩雪"])["working"] == "专职"
    assert {*rows_of(unpaid)} == {"丁一"}
    shown = summary_of(page)
    assert {
        key: shown[key] for key in ("已登记报酬", "没有报酬", "未登记报酬", "专职")
    } == {"已登记报酬": 2, "没有报酬": 1, "未登记报酬": 1, "专职": 1}
    assert shown["有报酬的平均每月（元）"] == "3,000.00"
    assert {row["姓名"]: row["每月（元）"] for row in file} == {
        "韩雪": 3000,
        "丁一": 0,
        "李强": "没有记录",
    }


@pytest.mark.mission("S2-32")
def test_beside_the_pay_the_street_sees_how_many_gave_up(enter, staff, deputy, east):
    SeatPayFactory(holding=deputy)
    for reason in (VacatingReason.RESIGNED, VacatingReason.RETIRED):
        gone = SeatHoldingFactory(
            seat=BodyFactory(organization=east).seats.earliest("pk")
        )
        vacate_seat(gone, by=None, reason=reason, on=LATER)

    page = enter(staff).get(address("pay"))

    assert summary_of(page)["已登记报酬"] == 1
    prospects = {str(r.label): r for r in page.context["prospects"].rows}
    assert prospects["近十二个月离任"].value == 2
    assert prospects["近十二个月辞职"].value == 1
    gave_up = enter(staff).get(prospects["近十二个月辞职"].url)
    [row] = gave_up.context["table"].rows
    assert row.record.end_reason == VacatingReason.RESIGNED


@pytest.mark.mission("S2-32")
def test_beside_the_pay_stands_who_could_go_further_and_who_did(enter, staff, east):
    ReserveFactory(organization=east)
    took = end_reserve(
        ReserveFactory(organization=east), outcome=ReserveOutcome.TOOK_OFFICE, by=None
    )

    page = enter(staff).get(address("pay"))

    prospects = {str(r.label): r for r in page.context["prospects"].rows}
    assert prospects["在后备人选名单上"].value == 1
    opened = enter(staff).get(prospects["后备人选中已任职"].url)
    assert [row.record for row in opened.context["table"].rows] == [took]


@pytest.mark.mission("S4-20")
def test_grade_and_years_of_a_community_worker_are_kept_and_listed(
    enter, staff, secretary, east, li
):
    kind = BodyKind.objects.get(code="social_workers")
    body = BodyFactory(organization=east, kind=kind)
    take = {
        "name": "李明",
        "which": f"member-{li.pk}",
        "starts_on": "2026-03-01",
        "channel": Filling.RECRUITMENT,
        "works_since": "2018-07-16",
    }
    enter(secretary).post(address("take_seat", body.seats.get().pk), take)
    holding = SeatHolding.objects.get()
    browser = enter(staff)
    paid = {"starts_on": "2026-03-01", "amount": "2800", "payer": "街道"}
    browser.post(
        address("record_pay", holding.pk),
        {**paid, "source": "finance", "grade": "middle"},
    )

    page = browser.get(
        address("pay"), {"grade": "middle", "columns": ["grade", "years"]}
    )

    row = cells(rows_of(page)["李明"])
    assert (row["grade"], row["years"]) == ("中级社区工作者", "7")


def test_pay_is_for_the_street_and_the_person_alone(
    client, enter, staff, secretary, deputy, li, branch
):
    SeatPayFactory(holding=deputy, amount=Decimal("2500.50"))
    others = (
        secretary,
        holder(Role.BRANCH_SECRETARY, branch, name="吴刚"),
        holder(Role.CITY_OFFICER, deputy.seat.body.organization.parent, name="周平"),
        account_of(MemberFactory(organization=branch)),
    )

    for person in others:
        browser = enter(person)
        assert not SeatPay.objects.visible_to(person).exists()
        assert browser.get(address("pay")).status_code == 403
        assert browser.get(address("seat_pay", deputy.pk)).status_code in (403, 404)
    own = enter(account_of(li))
    assert "2,500.50" in own.get(address("seat_pay", deputy.pk)).content.decode()
    assert "2,500.50" in own.get(reverse("members:me")).content.decode()
    assert own.get(address("record_pay", deputy.pk)).status_code == 403
    page = enter(staff).get(address("seat_pay", deputy.pk)).content.decode()
    assert "2,500.50" in page


def test_no_list_of_holders_and_no_body_tells_what_anybody_earns(
    enter, secretary, deputy
):
    SeatPayFactory(holding=deputy, amount=Decimal("2500.50"))
    browser = enter(secretary)

    body = deputy.seat.body
    for url in (address("holders"), body.get_absolute_url()):
        page = browser.get(url).content.decode()
        assert "李明" in page
        assert "2500.50" not in page
        assert "2,500.50" not in page


def test_the_log_says_that_pay_was_entered_and_not_how_much(staff, deputy):
    pay = SeatPayFactory(holding=deputy, amount=Decimal("2500.50"), payer="东社区")
    void_pay(pay, by=staff, reason="录错")

    entries = AuditEntry.objects.filter(subject_type="communities.SeatPay")

    assert [entry.action for entry in entries.order_by("pk")] == [
        "communities.record_pay",
        "communities.void_pay",
    ]
    for entry in entries:
        assert {*entry.before, *entry.after} <= {"holding", "starts_on", "voided_at"}


def test_new_pay_ends_the_former_and_its_voiding_lets_that_go_on(deputy):
    first = SeatPayFactory(holding=deputy)
    second = SeatPayFactory(holding=deputy, starts_on=LATER, amount=Decimal(3000))

    first.refresh_from_db()
    assert (first.ends_on, first.until) == (LATER, dt.date(2026, 5, 31))
    void_pay(second, by=None, reason="录错")
    first.refresh_from_db()
    assert first.ends_on is None
    with pytest.raises(EntryVoided):
        void_pay(second, by=None, reason="录错")


def test_nobody_is_paid_before_they_held_the_seat_or_twice(deputy):
    with pytest.raises(BeforeTheSeat):
        SeatPayFactory(holding=deputy, starts_on=dt.date(2026, 2, 1))
    SeatPayFactory(holding=deputy, starts_on=LATER)

    with pytest.raises(ConstraintViolated, match="更晚开始的报酬"):
        SeatPayFactory(holding=deputy)


def test_what_is_paid_has_a_payer_and_a_source(enter, staff, deputy):
    page = enter(staff).post(
        address("record_pay", deputy.pk), {"starts_on": "2026-03-01", "amount": "1"}
    )

    assert "由谁发放" in str(page.context["form"].errors)
    with transaction.atomic(), pytest.raises(IntegrityError, match="somebody_pays"):
        SeatPay.objects.create(holding=deputy, starts_on=SINCE, amount=Decimal(1))


def test_the_standard_of_the_nearest_area_counts_and_each_ends_with_the_next(
    enter, staff, street, east, deputy
):
    kind = deputy.seat.kind
    SeatPayFactory(holding=deputy, amount=Decimal(2500))
    PayStandardFactory(organization=street, seat_kind=kind, amount=Decimal(3200))
    near = PayStandardFactory(organization=east, seat_kind=kind, amount=Decimal(2500))
    browser = enter(staff)
    fits = rows_of(browser.get(address("pay"), {"pay": "below"}))
    raised = set_standard(
        east, seat_kind=kind, amount=Decimal(2600), starts_on=LATER, by=None
    )
    short = rows_of(browser.get(address("pay"), {"pay": "below"}))
    void_standard(raised, by=None, reason="录错")

    near.refresh_from_db()
    assert (len(fits), len(short), near.ends_on) == (0, 1, None)
    listed = browser.get(address("pay_standards")).context["table"].rows
    assert len(listed) == 2


@pytest.mark.parametrize(
    ("model", "make", "column", "value", "name"),
    [
        (SeatPay, SeatPayFactory, "amount", Decimal(-1), "seatpay_amount"),
        (SeatPay, SeatPayFactory, "ends_on", SINCE, "seatpay_ends_after_start"),
        (SeatPay, SeatPayFactory, "void_reason", "误", "seatpay_voided_says_why"),
        (PayStandard, PayStandardFactory, "amount", Decimal(0), "paystandard_amount"),
        (
            PayStandard,
            PayStandardFactory,
            "ends_on",
            dt.date(2025, 1, 1),
            "paystandard_ends_after_start",
        ),
        (
            PayStandard,
            PayStandardFactory,
            "void_reason",
            "误",
            "paystandard_voided_says_why",
        ),
    ],
)
def test_the_database_refuses_pay_that_makes_no_sense(model, make, column, value, name):
    row = make()

    with transaction.atomic(), pytest.raises(IntegrityError, match=name):
        model.objects.filter(pk=row.pk).update(**{column: value})


def test_years_of_work_are_full_years(deputy):
    deputy.works_since = dt.date(2018, 7, 15)
    on_the_day = deputy.years_of_work
    deputy.works_since = dt.date(2018, 7, 16)

    assert (on_the_day, deputy.years_of_work) == (8, 7)


def test_an_average_is_rounded_and_not_cut(branch):
    for amount in (3200, 2600, 2800):
        SeatPayFactory(amount=amount)

    rows = SeatHolding.objects.all()

    assert summarize_pay(rows, today()).average == Decimal("2866.67")
