"""How seats are filled by recruitment: the call, who applied, who was taken on."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from communities.actions import (
    add_applicant,
    announce_recruitment,
    change_recruitment,
    close_recruitment,
    decide_applicant,
    take_on,
    void_applicant,
    void_holding,
    void_recruitment,
)
from communities.enums import ApplicantResult, Eligibility, Filling
from communities.models import Applicant, BodyKind, Recruitment, SeatHolding
from communities.staffing_errors import (
    ApplicationDecided,
    AppliedTooEarly,
    DecidedTooEarly,
    NoVacantSeat,
    RecruitmentClosed,
    RecruitmentVoided,
    SomebodyTakenOn,
)
from core.errors import ConstraintViolated
from core.months import month_of, today
from core.registries.todos import todos_for
from figures.definitions import indicators
from members.actions import end_membership
from members.enums import EndReason
from tests.exports import body, read_book
from tests.factories.communities import (
    ApplicantFactory,
    BodyFactory,
    BodyKindFactory,
    RecruitmentFactory,
    SeatHoldingFactory,
)
from tests.factories.members import MemberFactory

pytestmark = pytest.mark.django_db
CONDITIONS = "45岁以下，大专以上，有群众工作经验"
CALL = {
    "seats": 1,
    "announced_on": "2026-04-01",
    "apply_until": "2026-04-20",
    "conditions": CONDITIONS,
    "basis": "关于公开招聘社区书记的通知",
}


def address(name, *args):
    return reverse(f"communities:{name}", args=args)


@pytest.fixture
def committee_of_east(east):
    """The Party committee of the community, all seats vacant."""
    kind = BodyKind.objects.get(code="community_committee")
    return BodyFactory(organization=east, kind=kind, name="东社区党委")


@pytest.mark.mission("S0-38", "S2-62")
def test_a_secretary_is_recruited_by_what_one_must_bring_and_counts_by_group(
    enter, secretary, staff, committee_of_east, li, han
):
    browser = enter(secretary)
    post = committee_of_east.kind.seat_kinds.get(leads=True)
    url = address("announce_recruitment", committee_of_east.pk)
    browser.post(url, {**CALL, "kind": post.pk})
    call = Recruitment.objects.get()
    for name, group in (("李明", "veteran"), ("韩雪", "graduate")):
        values = {"name": name, "recruited_from": group, "applied_on": "2026-04-10"}
        browser.post(address("add_applicant", call.pk), values)
    chosen, other = call.applicants.order_by("pk")

    browser.post(address("take_on", chosen.pk), {"starts_on": "2026-05-01"})
    browser.post(
        address("decide_applicant", other.pk),
        {"result": ApplicantResult.NOT_TAKEN, "on": "2026-05-01"},
    )

    page = browser.get(call.get_absolute_url()).content.decode()
    for shown in (
        CONDITIONS,
        "李明",
        "退役军人",
        "录用",
        "韩雪",
        "高校毕业生",
        "未录用",
    ):
        assert shown in page
    paper = browser.get(address("recruitment_paper", call.pk)).content.decode()
    assert CONDITIONS in paper
    assert "李明" not in paper
    holding = SeatHolding.objects.get()
    assert (holding.member, holding.channel) == (li, Filling.RECRUITMENT)
    held = browser.get(address("holders"), {"recruited_from": "veteran"})
    assert [row.record for row in held.context["table"].rows] == [holding]
    month = month_of(today())
    figure = indicators.get("seats_recruited")
    assert figure.rows(month).count() == 1
    by_group = next(b for b in figure.source.breakdowns if b.key == "from")
    for group, count in (("veteran", 1), ("graduate", 0)):
        rows = figure.rows(month).filter(by_group.matching(month, group))
        assert rows.count() == count


@pytest.mark.mission("S2-62")
def test_the_list_says_how_many_applied_and_leaves_as_a_file(
    enter, staff, committee_of_east, li
):
    call = RecruitmentFactory(body=committee_of_east)
    ApplicantFactory(recruitment=call, member=li)
    browser = enter(staff)

    page = browser.get(address("recruitments")).content.decode()
    file = read_book(body(browser.get(address("recruitments"), {"export": "xlsx"})))

    assert "东社区党委" in page
    assert "报名已截止、尚未招满" in page
    assert len(file) == 1
    assert {"东社区党委", 1} <= {*file[0].values()}


def test_somebody_in_no_party_applies_for_a_seat_that_is_open_to_anybody(
    enter, secretary, east
):
    call = RecruitmentFactory(body=BodyFactory(organization=east))
    values = {
        "name": "何静",
        "sex": "2",
        "birth_month": "1980-05",
        "recruited_from": "laid_off",
        "applied_on": "2026-04-10",
    }

    enter(secretary).post(address("add_applicant", call.pk), values)

    row = call.applicants.get()
    assert (row.member, row.name, row.recruited_from) == (None, "何静", "laid_off")


def test_a_group_must_be_named_of_whoever_applies(enter, secretary, east, li):
    call = RecruitmentFactory(body=BodyFactory(organization=east))

    page = enter(secretary).post(
        address("add_applicant", call.pk), {"name": "李明", "applied_on": "2026-04-10"}
    )

    assert page.context["form"].errors.keys() == {"recruited_from"}


def test_outsiders_do_not_apply_to_committees_of_the_party(east):
    kind = BodyKindFactory(open_to=Eligibility.MEMBERS)
    call = RecruitmentFactory(body=BodyFactory(organization=east, kind=kind))
    person = {"name": "何静", "sex": "2", "birth_month": dt.date(1980, 5, 1)}

    with pytest.raises(Exception, match="何静"):
        add_applicant(call, person=person, recruited_from="other", by=None)

    assert not Applicant.objects.exists()


def test_nobody_applies_before_the_announcement_or_twice(li):
    call = RecruitmentFactory()
    with pytest.raises(AppliedTooEarly):
        ApplicantFactory(recruitment=call, applied_on=dt.date(2026, 3, 31))
    ApplicantFactory(recruitment=call, member=li)

    with pytest.raises(ConstraintViolated, match="已经报名"):
        ApplicantFactory(recruitment=call, member=li)


def test_nobody_is_taken_on_where_no_seat_is_vacant():
    call = RecruitmentFactory()
    applicant = ApplicantFactory(recruitment=call)
    seat = call.body.seats.filter(kind=call.kind).get()
    SeatHoldingFactory(seat=seat)

    with pytest.raises(NoVacantSeat):
        take_on(applicant, by=None)


def test_nobody_is_taken_on_before_they_applied_or_decided_about_twice():
    applicant = ApplicantFactory()
    with pytest.raises(DecidedTooEarly):
        take_on(applicant, by=None, starts_on=dt.date(2026, 4, 2))
    take_on(applicant, by=None)

    with pytest.raises(ApplicationDecided):
        decide_applicant(applicant, result=ApplicantResult.WITHDREW, by=None)
    with pytest.raises(SomebodyTakenOn):
        void_applicant(applicant, by=None, reason="误录")
    with pytest.raises(SomebodyTakenOn):
        void_recruitment(applicant.recruitment, by=None, reason="误录")


def test_who_holds_the_seat_by_mistake_can_be_decided_about_again():
    applicant = ApplicantFactory()
    void_holding(take_on(applicant, by=None), by=None, reason="误录")

    decide_applicant(applicant, result=ApplicantResult.WITHDREW, by=None)

    applicant.refresh_from_db()
    assert (applicant.result, applicant.holding) == (ApplicantResult.WITHDREW, None)


def test_a_closed_call_takes_nobody_and_decides_about_whom_is_left():
    applicant = ApplicantFactory()
    call = applicant.recruitment

    close_recruitment(call, by=None, reason="没有合适人选")

    applicant.refresh_from_db()
    assert applicant.result == ApplicantResult.NOT_TAKEN
    with pytest.raises(RecruitmentClosed):
        ApplicantFactory(recruitment=call)


def test_a_voided_call_takes_its_applicants_along_and_is_changed_no_more():
    call = ApplicantFactory().recruitment

    void_recruitment(call, by=None, reason="误录")

    assert not Recruitment.objects.exists()
    assert not Applicant.objects.exists()
    with pytest.raises(RecruitmentVoided):
        change_recruitment(call, by=None, seats=2)


def test_a_call_is_not_announced_after_somebody_applied():
    call = ApplicantFactory().recruitment

    with pytest.raises(AppliedTooEarly):
        change_recruitment(call, by=None, announced_on=dt.date(2026, 4, 15))


def test_a_call_whose_day_has_passed_is_on_the_desk_until_it_is_filled(secretary, east):
    def desk():
        return [str(t.label) for t in todos_for(secretary, today())]

    call = RecruitmentFactory(body=BodyFactory(organization=east))
    before = desk()

    take_on(ApplicantFactory(recruitment=call), by=None)

    label = "报名已截止、尚未招满的招聘"
    assert label in before
    assert label not in desk()


def test_whoever_died_is_not_taken_on(li):
    applicant = ApplicantFactory(member=li)
    end_membership(li, reason=EndReason.DIED, by=None)

    with pytest.raises(Exception, match="李明"):
        take_on(applicant, by=None)

    assert not SeatHolding.objects.exists()


@pytest.mark.parametrize(
    ("column", "value", "name"),
    [
        ("apply_until", dt.date(2026, 3, 1), "recruitment_ends_after_it_was_announced"),
        ("conditions", "", "recruitment_says_what_one_must_bring"),
        ("seats", 0, "recruitment_seats"),
        ("closed_on", dt.date(1800, 1, 1), "recruitment_plausible_dates"),
        ("void_reason", "误录", "recruitment_voided_says_why"),
    ],
)
def test_the_database_refuses_calls_that_make_no_sense(column, value, name):
    call = RecruitmentFactory()

    with transaction.atomic(), pytest.raises(IntegrityError, match=name):
        Recruitment.objects.filter(pk=call.pk).update(**{column: value})
    setattr(call, column, value)
    with pytest.raises(ValidationError):
        call.validate_constraints()


@pytest.mark.parametrize(
    ("column", "value", "name"),
    [
        ("member", None, "applicant_is_one_person"),
        ("result", "not_taken", "applicant_decided_on_a_day"),
        ("applied_on", dt.date(1800, 1, 1), "applicant_plausible_dates"),
        ("void_reason", "误录", "applicant_voided_says_why"),
    ],
)
def test_the_database_refuses_applications_that_make_no_sense(column, value, name):
    row = ApplicantFactory()

    with transaction.atomic(), pytest.raises(IntegrityError, match=name):
        Applicant.objects.filter(pk=row.pk).update(**{column: value})


def test_the_database_refuses_people_taken_on_without_a_seat():
    row = ApplicantFactory()

    with transaction.atomic(), pytest.raises(IntegrityError, match="holds_a_seat"):
        Applicant.objects.filter(pk=row.pk).update(
            result=ApplicantResult.TAKEN, decided_on=today()
        )


def test_a_call_is_for_a_body_that_goes_on(east):
    body = BodyFactory(organization=east)
    type(body).objects.filter(pk=body.pk).update(ends_on=dt.date(2026, 5, 1))

    with pytest.raises(Exception, match="2026年5月1日"):
        announce_recruitment(
            body,
            kind=body.kind.seat_kinds.first(),
            seats=1,
            announced_on=today(),
            apply_until=today(),
            conditions=CONDITIONS,
            by=None,
        )


def test_members_of_one_name_are_told_apart(enter, secretary, east, branch, li):
    MemberFactory(name="李明", organization=branch)
    call = RecruitmentFactory(body=BodyFactory(organization=east))
    values = {"name": "李明", "recruited_from": "other", "applied_on": "2026-04-10"}

    page = enter(secretary).post(address("add_applicant", call.pk), values)

    assert len(page.context["form"].namesakes) == 3


def asked(answer):
    """What a form that was sent asks before it is carried out."""
    return bool(answer.context and answer.context["form"].asks)


def test_more_places_than_are_vacant_are_asked_about_once(
    enter, secretary, committee_of_east
):
    browser = enter(secretary)
    post = committee_of_east.kind.seat_kinds.get(leads=True)
    vacant = committee_of_east.seats.vacant(today()).filter(kind=post).count()
    url = address("announce_recruitment", committee_of_east.pk)
    values = {**CALL, "kind": post.pk, "seats": vacant + 1}

    assert asked(browser.post(url, values))
    assert not Recruitment.objects.exists()
    browser.post(url, {**values, "confirmed": "on"})
    assert Recruitment.objects.get().seats == vacant + 1


def test_taking_on_before_the_applications_end_is_asked_about_once(
    enter, secretary, east
):
    call = RecruitmentFactory(
        body=BodyFactory(organization=east),
        apply_until=today() + dt.timedelta(days=9),
    )
    applicant = ApplicantFactory(recruitment=call)
    browser, url = enter(secretary), address("take_on", applicant.pk)
    token = browser.get(url).context["form"]["version_token"].value()
    values = {"starts_on": str(today()), "version_token": token}

    assert asked(browser.post(url, values))
    applicant.refresh_from_db()
    assert applicant.holding is None
    browser.post(url, {**values, "confirmed": "on"})
    applicant.refresh_from_db()
    assert applicant.holding is not None


def test_the_list_leads_to_announcing_one(enter, secretary):
    page = enter(secretary).get(address("recruitments"))

    assert address("bodies") in [link.url for link in page.context["page_actions"]]
