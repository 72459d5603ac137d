"""Members propose corrections of their own record; whoever keeps it decides."""

import pytest
from django.urls import reverse

from accounts.models import AccessEntry, AuditEntry, Notice, User
from core.months import today
from core.registries.invariants import invariants
from core.registries.timeline import timeline_of
from core.registries.todos import todos_for
from members.actions import (
    accept_correction,
    decline_correction,
    propose_corrections,
    withdraw_correction,
)
from members.enums import CorrectionState
from members.errors import (
    CorrectionDecided,
    NobodyToCorrect,
    NothingToCorrect,
    OwnMatter,
    UnitToChoose,
)
from members.models import Member, ProposedCorrection
from organizations.roles import Role
from tests.client import Browser
from tests.factories.accounts import holder
from tests.factories.corrections import ProposedCorrectionFactory
from tests.factories.members import (
    DuplicatePairFactory,
    MemberFactory,
    MemberMergeFactory,
    account_of,
)
from tests.factories.organizations import UnitFactory
from tests.html import read

OWN, NEW = reverse("members:own_corrections"), reverse("members:propose_own")
S = CorrectionState


@pytest.fixture
def member(branch):
    return MemberFactory(organization=branch, name="李明", address="老街一号")


def browser_of(person):
    browser = Browser()
    browser.force_login(person, "accounts.backends.UsernameOrPhone")
    return browser


def send(browser, url, **typed):
    """Fill in the form of a page and send it."""
    return browser.post(url, read(browser.get(url)).posting()[-1].sent(**typed))


def states():
    rows = ProposedCorrection.objects.order_by("pk")
    return [(row.field, row.value, row.state) for row in rows]


def page(row, name="correction"):
    return reverse(f"members:{name}", args=[row.pk])


def test_members_propose_several_values_at_once_and_nothing_changes(member):
    phone = browser_of(account_of(member))

    answer = send(
        phone, NEW, address="丹桂路9号", phone="１３８1234 5678", reason="已搬家"
    )

    assert answer.headers["Location"] == OWN
    assert states() == [
        ("phone", "13812345678", S.OPEN),
        ("address", "丹桂路9号", S.OPEN),
    ]
    member.refresh_from_db()
    assert member.address == "老街一号"
    body = phone.get(OWN).content.decode()
    assert ("丹桂路9号" in body, "138****5678" in body) == (True, True)
    assert "13812345678" not in body


def test_a_form_without_any_value_asks_for_one(member):
    answer = send(browser_of(account_of(member)), NEW, reason="已搬家")

    assert list(answer.context["form"].errors) == ["reason"]
    assert states() == []


def test_whoever_keeps_the_record_finds_it_on_the_desk_and_accepts_it(
    member, secretary
):
    row = ProposedCorrectionFactory(member=member, value="丹桂路9号")
    waiting = [t for t in todos_for(secretary, today()) if "corrections" in t.url]
    keeper = browser_of(secretary)

    body = keeper.get(page(row)).content.decode()
    send(keeper, page(row, "accept_correction"))

    assert [todo.count for todo in waiting] == [1]
    assert ("老街一号" in body, "丹桂路9号" in body) == (True, True)
    member.refresh_from_db()
    assert (member.address, states()) == (
        "丹桂路9号",
        [("address", "丹桂路9号", S.ACCEPTED)],
    )
    changed = AuditEntry.objects.get(action="members.change_members")
    assert (changed.actor, changed.after["address"]) == (secretary, "丹桂路9号")
    assert "corrections" not in [t.url for t in todos_for(secretary, today())]


def test_an_accepted_phone_opens_the_account(member, secretary):
    account = account_of(member)
    row = ProposedCorrectionFactory(member=member, field="phone", value="13812345678")

    accept_correction(row, by=secretary)

    member.refresh_from_db()
    account.refresh_from_db()
    assert member.phone == "13812345678"
    assert account.phone_index == member.phone_index


def test_a_unit_in_words_is_chosen_in_the_register(member, secretary, east):
    unit = UnitFactory(host=east, name="第一中学")
    row = ProposedCorrectionFactory(member=member, field="employer", value="一中")

    with pytest.raises(UnitToChoose):
        accept_correction(row, by=secretary)
    send(browser_of(secretary), page(row, "accept_correction"), employer=unit.pk)

    member.refresh_from_db()
    assert member.employer == unit


def test_a_declined_correction_says_why_and_the_member_is_told(member, secretary):
    account = account_of(member)
    row = ProposedCorrectionFactory(member=member)

    send(
        browser_of(secretary), page(row, "decline_correction"), reason="以身份证为准。"
    )

    member.refresh_from_db()
    assert member.address == "老街一号"
    assert [n.text for n in Notice.objects.filter(user=account)] == [
        "您提出的更正未被同意：家庭住址。以身份证为准。"
    ]
    assert "以身份证为准。" in browser_of(account).get(OWN).content.decode()


def test_members_withdraw_what_nobody_has_decided(member, secretary):
    row = ProposedCorrectionFactory(member=member)

    send(browser_of(account_of(member)), page(row, "withdraw_correction"))

    assert states() == [("address", row.value, S.WITHDRAWN)]
    with pytest.raises(CorrectionDecided):
        accept_correction(row, by=secretary)


def test_a_decided_correction_is_neither_withdrawn_nor_decided_again(member, secretary):
    row = ProposedCorrectionFactory(member=member)
    accept_correction(row, by=secretary)

    for again in (
        lambda: withdraw_correction(row, by=None),
        lambda: decline_correction(row, reason="不", by=secretary),
    ):
        with pytest.raises(CorrectionDecided):
            again()


def test_what_waits_is_not_proposed_a_second_time(member):
    ProposedCorrectionFactory(member=member, value="丹桂路9号")

    answer = send(browser_of(account_of(member)), NEW, address="他处", reason="又搬")

    assert "先撤回" in answer.content.decode()
    assert len(states()) == 1


def test_what_is_on_record_is_not_proposed(member):
    with pytest.raises(NothingToCorrect):
        propose_corrections(member, {"address": "老街一号"}, reason="核对", by=None)

    assert states() == []


def test_who_belongs_nowhere_proposes_nothing(db):
    guest = MemberFactory(in_service=True)

    with pytest.raises(NobodyToCorrect):
        ProposedCorrectionFactory(member=guest)


def test_keepers_decide_nothing_about_themselves(member, east):
    keeper = holder(Role.SECRETARY, east)
    Member.objects.filter(pk=member.pk).update(user=keeper)
    row = ProposedCorrectionFactory(member=Member.objects.get(pk=member.pk))
    oneself = User.objects.get(pk=keeper.pk)

    assert browser_of(oneself).get(page(row, "accept_correction")).status_code == 403
    with pytest.raises(OwnMatter):
        accept_correction(row, by=oneself)
    assert "corrections" not in [t.url for t in todos_for(oneself, today())]
    ProposedCorrection.objects.filter(pk=row.pk).update(
        state=S.DECLINED, note="不", decided_on=today()
    )
    AuditEntry.objects.filter(subject_id=str(row.pk))
    assert list(invariants.get("members.own_matters").broken()) == []


def test_the_timeline_tells_what_was_proposed_but_no_value(member, secretary, officer):
    row = ProposedCorrectionFactory(member=member, value="丹桂路9号")
    accept_correction(row, by=secretary)

    told = [str(e.label) for e in timeline_of(member, secretary)]

    assert "提出更正：家庭住址" in told
    assert "提出更正家庭住址：已同意并登记" in told
    assert "丹桂路9号" not in "".join(told)
    assert [e for e in timeline_of(member, officer) if "更正" in str(e.label)] == []


def test_who_opens_a_correction_is_recorded(member, secretary):
    row = ProposedCorrectionFactory(member=member)

    browser_of(secretary).get(page(row))
    browser_of(secretary).get(page(row, "accept_correction"))
    browser_of(account_of(member)).get(page(row))

    looks = AccessEntry.objects.filter(subject_id=str(member.pk))
    assert [look.actor for look in looks] == [secretary, secretary]


def test_the_page_leads_back_to_the_reader_s_own_list(member, secretary):
    row = ProposedCorrectionFactory(member=member)

    leads = [
        browser_of(person).get(page(row)).context["breadcrumbs"][0].url
        for person in (account_of(member), secretary)
    ]

    assert leads == [OWN, reverse("members:corrections")]


def test_a_correction_of_a_merged_record_follows_the_person(member, secretary):
    pair = DuplicatePairFactory(member=member)
    row = ProposedCorrectionFactory(member=pair.second, value="丹桂路9号")
    MemberMergeFactory(pair=pair)

    accept_correction(ProposedCorrection.objects.get(pk=row.pk), by=secretary)

    member.refresh_from_db()
    assert member.address == "丹桂路9号"


def test_the_list_shows_no_values(member, secretary):
    ProposedCorrectionFactory(member=member, value="丹桂路9号")

    body = browser_of(secretary).get(reverse("members:corrections")).content.decode()

    assert ("李明" in body, "丹桂路9号" in body) == (True, False)
