"""Activity certificates of mobile members (R-18, S2-43)."""

import datetime as dt

import pytest
from django.urls import reverse

from core.errors import ConstraintViolated
from core.months import month_of, months_after, today
from core.registries.timeline import timeline_of
from core.registries.todos import todo_sources
from figures.definitions import indicators
from members.actions import (
    end_mobile,
    issue_certificate,
    move_member,
    record_certificates,
    record_mobile,
    replace_certificate,
    return_certificate,
    void_certificate,
)
from members.enums import CertificateGround, MobileKind
from members.errors import (
    AbsenceTooLong,
    CertificateClosed,
    CertificateHeld,
    CertificateTooLong,
    CertificateVoided,
    IssuedBeforeAbsence,
    NoCertificateForThat,
    NotAway,
    OverBeforeAbsence,
)
from members.models import ActivityCertificate
from organizations.actions import Basis, merge_organization
from organizations.enums import ThresholdKey
from organizations.models import Threshold
from tests.factories.members import ActivityCertificateFactory, MemberFactory
from tests.factories.organizations import BranchFactory, CommunityFactory
from tests.messages import refusal_of, says

pytestmark = pytest.mark.django_db
G = CertificateGround


@pytest.fixture
def away(branch):
    """A member of the branch who has been away for two days."""
    member = MemberFactory(organization=branch)
    day = today() - dt.timedelta(days=2)
    record_mobile(
        member, kind=MobileKind.WORKING_AWAY, by=None, on=day, destination="深圳"
    )
    return member


def issue(member, **values):
    terms = {"number": "0001", "ground": G.NOT_YET, "by": None}
    return issue_certificate(
        member, **{**terms, "valid_until": months_after(today(), 12), **values}
    )


@pytest.mark.mission("S2-43")
def test_a_secretary_issues_a_certificate_to_a_member_who_is_away(
    client, secretary, away
):
    client.force_login(secretary)
    page = client.get(reverse("members:issue_certificate", args=[away.pk]))
    values = {
        "idempotency_key": page.context["form"]["idempotency_key"].value(),
        "ground": "short",
        "number": "０００７",
        "on": f"{today()}",
        "valid_until": f"{months_after(today(), 5)}",
        "destination": "深圳",
    }

    answer = client.post(page.wsgi_request.path, values)

    row = ActivityCertificate.objects.get()
    assert answer.url == row.get_absolute_url()
    assert (row.number, row.ground, row.destination) == ("0007", "short", "深圳")
    assert row.contact_due_on == today() + dt.timedelta(days=30)
    assert "0007" in client.get(away.get_absolute_url()).content.decode()
    paper = client.get(reverse("members:print_certificate", args=[row.pk]))
    assert away.name in paper.content.decode()


@pytest.mark.parametrize("ground", [G.BRIEF, G.SETTLED, G.RETURNS, G.TOGETHER])
def test_on_other_grounds_no_certificate_is_issued_and_it_is_said_what_is_done(
    away, ground
):
    with pytest.raises(NoCertificateForThat) as refusal:
        issue(away, ground=ground)

    assert str(ground.label) in str(refusal.value)
    assert not ActivityCertificate.objects.exists()


def test_a_certificate_for_a_short_absence_runs_for_six_months_at_most(away):
    latest = months_after(today() - dt.timedelta(days=2), 6)
    with pytest.raises(AbsenceTooLong):
        issue(away, ground=G.SHORT, valid_until=latest + dt.timedelta(days=1))

    assert issue(away, ground=G.SHORT, valid_until=latest).valid_until == latest


def test_a_certificate_runs_for_a_year_until_the_member_has_reported_again(away):
    latest = months_after(today(), 12)
    with pytest.raises(CertificateTooLong):
        issue(away, valid_until=latest + dt.timedelta(days=1))

    Threshold.objects.filter(key=ThresholdKey.CERTIFICATE_MONTHS).update(value=24)
    assert issue(away, valid_until=months_after(today(), 24)).is_held


@pytest.mark.parametrize(
    ("days", "months", "refusal"),
    [(32, 3, IssuedBeforeAbsence), (31, 3, None), (20, 0, OverBeforeAbsence)],
)
def test_a_certificate_is_collected_shortly_before_leaving(away, days, months, refusal):
    left = away.mobile_records.get().starts_on
    on = left - dt.timedelta(days=days)
    until = months_after(left, months) - dt.timedelta(days=1)

    if refusal is None:
        assert issue(away, on=on, valid_until=until).issued_on == on
        return
    with pytest.raises(refusal):
        issue(away, on=on, valid_until=until)


def test_who_is_not_away_gets_no_certificate(branch):
    with pytest.raises(NotAway):
        issue(MemberFactory(organization=branch))


def test_a_number_is_used_once_within_a_street_and_again_in_another(away, branch):
    issue(away)
    neighbour = MemberFactory(organization=BranchFactory(parent=branch.parent))
    stranger = MemberFactory(organization=BranchFactory(parent=CommunityFactory()))

    with pytest.raises(ConstraintViolated):
        ActivityCertificateFactory(member=neighbour, number="0001")
    ActivityCertificateFactory(member=stranger, number="0001")

    assert ActivityCertificate.objects.filter(number="0001").count() == 2


def test_a_member_has_one_certificate_at_a_time(away):
    issue(away)

    with pytest.raises(CertificateHeld):
        issue(away, number="0002")


def test_a_lost_certificate_is_replaced_with_a_reason_and_returned_in_the_end(away):
    first = issue(away)
    second = replace_certificate(
        first,
        number="0002",
        ground=G.NOT_YET,
        valid_until=months_after(today(), 12),
        reason="遗失",
        by=None,
    )
    return_certificate(second, by=None)
    with pytest.raises(CertificateClosed):
        return_certificate(second, by=None)

    rows = ActivityCertificate.objects.order_by("pk")
    assert [row.outcome for row in rows] == ["replaced", "returned"]
    assert second.replaces == first


def test_a_voided_certificate_frees_its_number_and_counts_no_more(away, branch):
    row = issue(away)
    figure = indicators.get("members_certificates")
    month = month_of(today())
    assert figure.source.rows(month).count() == 1

    void_certificate(row, reason="登记错误", by=None)

    assert figure.source.rows(month).count() == 0
    assert issue(away).number == "0001"


def test_a_voided_certificate_stays_readable_with_the_reason(client, secretary, away):
    row = issue(away)
    client.force_login(secretary)
    path = reverse("members:void_certificate", args=[row.pk])
    key = client.get(path).context["form"]["idempotency_key"].value()

    answer = client.post(
        path, {"idempotency_key": key, "reason": "登记错误"}, follow=True
    )

    assert answer.status_code == 200
    assert "登记错误" in answer.content.decode()
    links = [link.url for link in answer.context["page_actions"]]
    assert links == [reverse("members:print_certificate", args=[row.pk])]
    page = client.get(reverse("members:certificates"), {"state": "voided"})
    assert list(page.context["table"].data) == [row]
    assert not client.get(reverse("members:certificates")).context["table"].data
    paper = client.get(links[0]).content.decode()
    assert row.get_ground_display() in paper
    assert "作废" in paper


def test_who_is_back_gets_no_new_certificate_in_place_of_the_old(
    client, secretary, away
):
    row = issue(away)
    end_mobile(away.mobile_records.get(), by=None)
    client.force_login(secretary)

    links = [
        link.url for link in client.get(row.get_absolute_url()).context["page_actions"]
    ]

    assert reverse("members:replace_certificate", args=[row.pk]) not in links
    with pytest.raises(NotAway):
        replace_certificate(
            row,
            number="0002",
            ground=G.NOT_YET,
            valid_until=months_after(today(), 3),
            reason="遗失",
            by=None,
        )


def test_a_certificate_is_collected_when_the_member_is_back(client, secretary, away):
    row = issue(away)
    source = todo_sources.get("members.certificates")
    assert list(source.find(secretary, today())) == []

    end_mobile(away.mobile_records.get(), by=None)

    (todo,) = source.find(secretary, today())
    assert todo.count == 1
    client.force_login(secretary)
    assert list(client.get(todo.url).context["table"].data) == [row]
    return_certificate(row, by=None)
    assert list(source.find(secretary, today())) == []


def test_a_certificate_whose_period_is_over_is_collected(secretary, away):
    issue(away)
    source = todo_sources.get("members.certificates")

    (todo,) = source.find(secretary, months_after(today(), 13))

    assert todo.count == 1


def test_the_certificate_stands_on_the_members_timeline(secretary, away):
    row = issue(away)
    return_certificate(row, by=None)

    lines = [str(event.label) for event in timeline_of(away, secretary)]

    assert sum("0001" in line for line in lines) == 2


def test_a_register_records_the_number_alone(away):
    (row,) = record_certificates([(away, "A-9")], by=None)

    assert (row.number, row.issued_on, row.month) == ("A-9", None, None)
    assert (
        indicators.get("members_certificates").source.rows(month_of(today())).count()
        == 0
    )


def test_the_certificate_follows_within_the_street_and_is_seen_at_both_places(
    away, branch, secretary
):
    row = issue(away)
    move_member(
        away,
        BranchFactory(parent=CommunityFactory(parent=away.organization.parent.parent)),
        by=None,
    )

    assert ActivityCertificate.objects.visible_to(secretary).get() == row
    row.refresh_from_db()
    assert row.is_held


def test_a_certificate_that_was_voided_says_so_to_whoever_voids_it_again(
    client, secretary, away
):
    row = issue(away)
    void_certificate(row, reason="登记错误", by=None)
    client.force_login(secretary)

    for name in ("void_certificate", "return_certificate", "replace_certificate"):
        path = reverse(f"members:{name}", args=[row.pk])
        answer = client.get(path, follow=True)
        assert answer.redirect_chain[-1][0] == row.get_absolute_url()
        assert says(answer.content.decode(), refusal_of(CertificateVoided))
        assert path not in answer.content.decode()
    with pytest.raises(CertificateVoided):
        void_certificate(row, reason="登记错误", by=None)
    with pytest.raises(CertificateVoided):
        return_certificate(row, by=None)


def test_a_certificate_of_a_dissolved_branch_names_its_successor(
    client, secretary, away, branch
):
    row = issue(away)
    successor = BranchFactory(parent=branch.parent, name="东社区第二支部")
    basis = Basis("关于调整党支部设置的批复")
    merge_organization(branch, target=successor, basis=basis, on=today(), by=None)
    client.force_login(secretary)

    for name, args in (
        ("print_certificate", [row.pk]),
        ("certificate", [row.pk]),
        ("certificates", []),
    ):
        page = client.get(reverse(f"members:{name}", args=args))
        assert f"东社区第二支部（原{branch.name}）" in page.text
