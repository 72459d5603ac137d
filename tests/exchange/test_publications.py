"""Publications: drafted, approved by somebody else, shown, replaced, withdrawn."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import ConstraintViolated
from core.months import today
from core.registries.todos import todo_sources
from exchange.actions import (
    approve_publication,
    change_draft,
    draft_publication,
    withdraw_publication,
)
from exchange.enums import PublicationState
from exchange.errors import NoDraft, OwnDraft, ReplacedTooEarly
from exchange.models import Publication
from members.enums import Category
from organizations.roles import Role
from tests.client import Browser
from tests.factories.accounts import holder
from tests.factories.documents import (
    DocumentFactory,
    DraftFactory,
    PublicationFactory,
)
from tests.factories.members import MemberFactory, account_of
from tests.factories.organizations import BranchFactory, CommunityFactory

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Browser()
    client.force_login(user, backend="accounts.backends.UsernameOrPhone")
    return client


def public_text(place):
    answer = Browser().get(reverse("exchange:public_page", args=[place.code]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_draft_is_shown_once_somebody_else_has_approved_it():
    place = CommunityFactory()
    clerk = holder(Role.CLERK, organization=place)
    secretary = holder(Role.SECRETARY, organization=place)
    signed_in(clerk).post(
        reverse("exchange:draft_publication"),
        {
            "organization": place.pk,
            "kind": "notice",
            "title": "端午节活动",
            "text": "活动室上午九点开门。",
            "audience": "public",
            "starts_on": f"{today()}",
        },
    )
    draft = Publication.objects.get()
    approve = reverse("exchange:approve_publication", args=[draft.pk])

    assert "端午节活动" not in public_text(place)
    assert signed_in(clerk).post(approve, {"checked": "on"}).status_code == 403
    unread = signed_in(secretary).post(approve, {})
    assert unread.status_code == 200
    assert "端午节活动" not in public_text(place)
    signed_in(secretary).post(approve, {"checked": "on"})

    draft.refresh_from_db()
    assert draft.state == PublicationState.SHOWN
    assert (draft.drafted_by, draft.approved_by) == (clerk, secretary)
    assert "端午节活动" in public_text(place)


def test_nobody_approves_their_own_draft_on_any_way():
    secretary = holder(Role.SECRETARY, organization=CommunityFactory())
    draft = DraftFactory(by=secretary)

    with pytest.raises(OwnDraft):
        approve_publication(draft, by=secretary)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter(pk=draft.pk).update(
            approved_by=secretary, approved_at=draft.drafted_at
        )


def test_whoever_changed_a_draft_last_does_not_approve_it():
    place = CommunityFactory()
    clerk, secretary = (
        holder(role, organization=place) for role in (Role.CLERK, Role.SECRETARY)
    )
    draft = DraftFactory(organization=place, by=clerk)

    change_draft(draft, by=secretary, text="改过的正文。")

    with pytest.raises(OwnDraft):
        approve_publication(draft, by=secretary)


def test_a_second_approval_is_refused():
    shown = PublicationFactory()

    with pytest.raises(NoDraft):
        approve_publication(shown, by=None)
    with pytest.raises(NoDraft):
        change_draft(shown, by=None, text="改")


def test_drafts_wait_on_the_desk_of_those_who_may_approve_them():
    place = CommunityFactory()
    clerk, secretary = (
        holder(role, organization=place) for role in (Role.CLERK, Role.SECRETARY)
    )
    DraftFactory(organization=place, by=clerk)
    DraftFactory(organization=place, by=secretary)

    ask = todo_sources.get("exchange.drafts").find
    counts = {
        user: sum(todo.count for todo in ask(user, today()))
        for user in (clerk, secretary)
    }

    assert counts == {clerk: 0, secretary: 1}


def test_the_public_page_has_no_name_number_or_phone_of_any_person():
    place = CommunityFactory()
    member = MemberFactory(organization=BranchFactory(parent=place), name="欧阳若兰")
    document = DocumentFactory(organization=place, title="关于欧阳若兰同志的决定")
    PublicationFactory(
        organization=place,
        title="表扬欧阳若兰",
        document=document,
        text=(
            f"欧阳若兰（{member.id_number}，{member.phone}，139 1234 5678）助人为乐。"
        ),
    )

    text = public_text(place)

    assert "欧某某" in text
    ends = (member.id_number[-4:], member.phone[-4:], "5678")
    for secret in ("欧阳若兰", "若兰", member.id_number, member.phone, *ends):
        assert secret not in text


def test_whoever_approves_reads_what_strangers_will_read():
    place = CommunityFactory()
    MemberFactory(organization=BranchFactory(parent=place), name="欧阳若兰")
    draft = DraftFactory(organization=place, title="表扬欧阳若兰")
    client = signed_in(holder(Role.SECRETARY, organization=place))

    page = client.get(reverse("exchange:approve_publication", args=[draft.pk]))

    assert "表扬欧某某" in page.content.decode()


def test_only_what_is_for_everybody_and_of_today_is_on_the_public_page():
    place = CommunityFactory()
    tomorrow = today() + dt.timedelta(days=1)
    for title, more in (
        ("甲事项", {}),
        ("乙事项", {"audience": "members"}),
        ("丙事项", {"starts_on": tomorrow}),
        ("丁事项", {"ends_on": today()}),
    ):
        PublicationFactory(organization=place, title=title, **more)
    withdrawn = PublicationFactory(organization=place, title="戊事项")
    withdraw_publication(withdrawn, by=None, reason="登错了")

    text = public_text(place)

    shown = [word for word in ("甲", "乙", "丙", "丁", "戊") if f"{word}事项" in text]
    assert shown == ["甲"]


def test_the_public_page_of_a_branch_or_of_no_place_is_not_there():
    for code in (BranchFactory().code, "nowhere"):
        url = reverse("exchange:public_page", args=[code])
        assert Browser().get(url).status_code == 404


def test_an_approved_successor_ends_what_it_replaces():
    former = PublicationFactory(starts_on=dt.date(2026, 1, 1))
    place = former.organization
    draft = DraftFactory(
        organization=place, replaces=former, starts_on=dt.date(2026, 2, 1)
    )
    former.refresh_from_db()
    assert former.ends_on is None

    approve_publication(draft, by=None)

    former.refresh_from_db()
    assert former.ends_on == dt.date(2026, 2, 1)
    assert former.state == PublicationState.OVER
    early = DraftFactory(
        organization=place, replaces=draft, starts_on=dt.date(2026, 2, 1)
    )
    with pytest.raises(ReplacedTooEarly):
        approve_publication(early, by=None)


@pytest.mark.mission("S1-12")
def test_the_page_for_the_wall_prints_the_rules_that_are_meant_for_it():
    place = CommunityFactory()
    MemberFactory(organization=BranchFactory(parent=place), name="欧阳若兰")
    PublicationFactory(
        organization=place,
        kind="rule",
        title="支部职责",
        text="由欧阳若兰落实。",
        on_wall=True,
    )
    PublicationFactory(organization=place, title="不上墙的通知")
    client = signed_in(holder(Role.CLERK, organization=place))

    page = client.get(reverse("exchange:wall", args=[place.code])).content.decode()

    assert "支部职责" in page
    assert "由欧某某落实。" in page
    assert "不上墙的通知" not in page
    assert place.full_name in page


@pytest.mark.mission("S3-18")
def test_news_for_one_group_of_members_reaches_nobody_else():
    place = CommunityFactory()
    branch = BranchFactory(parent=place)
    retired = MemberFactory(organization=branch, category=Category.RETIRED)
    resident = MemberFactory(organization=branch, category=Category.RESIDENT)
    elsewhere = MemberFactory(category=Category.RETIRED)
    for title, audience in (("体检通知", "retired"), ("招募通知", "resident")):
        PublicationFactory(
            organization=place, title=title, audience=f"members.{audience}"
        )

    read = {}
    for member in (retired, resident, elsewhere):
        page = signed_in(account_of(member)).get(reverse("members:me"))
        text = page.content.decode()
        read[member] = [t for t in ("体检通知", "招募通知") if t in text]

    assert read == {retired: ["体检通知"], resident: ["招募通知"], elsewhere: []}


def test_a_publication_is_shown_for_a_day_at_least():
    with pytest.raises(ConstraintViolated, match="公开内容至少公开一天"):
        draft_publication(
            CommunityFactory(),
            kind="notice",
            title="通知",
            text="正文",
            audience="public",
            starts_on=today(),
            ends_on=today(),
            by=None,
        )


def test_strangers_may_keep_a_public_page_for_a_minute():
    place = CommunityFactory()
    answer = Browser().get(reverse("exchange:public_page", args=[place.code]))

    assert "max-age=60" in answer["Cache-Control"]
