"""The street's and the community's pages about members."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry, SignInSlip
from core.months import today
from core.web.idempotency import KEY
from core.web.middleware import ANSWERED_FORMS
from members.actions import (
    change_member,
    check_in,
    end_check_in,
    end_membership,
    record_mobile,
)
from members.enums import Category, EndReason, MobileKind, Standing, StartReason
from members.errors import NotWhileAffiliated
from members.models import Member
from organizations.queries import labels_of_code_list
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.members import (
    KIND,
    CheckInFactory,
    MemberFactory,
    account_of,
    identity_number,
)
from tests.factories.organizations import BranchFactory, closed
from tests.messages import refusal_of, says


@pytest.fixture
def member(branch):
    return MemberFactory(organization=branch, name="李明")


def page(name, *args):
    return reverse(f"members:{name}", args=args)


def fill_in(browser, url, **changes):
    """Return the data a browser would submit from the form at the URL."""
    form = browser.get(url).context["form"]
    data = {b.html_name: "" if b.value() is None else b.value() for b in form}
    asked = KIND if url == page("admit") else {}
    return {**data, **asked, **changes}


def names(answer):
    return [str(row.record) for row in answer.context["table"].rows]


@pytest.mark.parametrize("text", ["李", "明", "liming", "LM", "li ming", "lim"])
def test_a_member_is_found_by_name_and_by_sound(browser, branch, member, text):
    MemberFactory(organization=branch, name="王芳")

    assert names(browser.get(page("list"), {"q": text})) == ["李明"]


def test_the_list_is_narrowed_by_place_standing_and_category(browser, branch, east):
    second = BranchFactory(parent=east)
    MemberFactory(organization=second, name="甲")
    MemberFactory(organization=branch, name="乙", standing=Standing.PROBATIONARY)
    MemberFactory(organization=branch, name="丙", category=Category.RETIRED)

    def filter_names(**query):
        return sorted(names(browser.get(page("list"), query)))

    assert filter_names(organization=second.pk) == ["甲"]
    assert filter_names(organization=east.pk) == ["丙", "乙", "甲"]
    assert filter_names(standing="probationary") == ["乙"]
    assert filter_names(category="retired") == ["丙"]


def test_the_filter_offers_only_the_reader_s_places(browser, member, foreign):
    answer = browser.get(page("list"), {"organization": foreign.pk})

    assert "柳岸社区" not in answer.content.decode()


@pytest.mark.parametrize("name", ["list", "slips"])
def test_a_list_costs_the_same_for_three_rows_and_thirty(browser, branch, name):
    def count_queries():
        with CaptureQueriesContext(connection) as queries:
            browser.get(page(name))
        return len(queries)

    MemberFactory.create_batch(3, organization=branch)
    few = count_queries()
    MemberFactory.create_batch(27, organization=branch)

    assert count_queries() == few


def test_a_member_is_entered_where_they_belong(browser, branch):
    number = identity_number(5, born=dt.date(1985, 7, 1), sex="2")
    url = page("admit")
    data = fill_in(browser, url, name="周敏", id_number=number, organization=branch.pk)

    answer = browser.post(url, {**data, "phone": "138 0013 8000"})

    entered = branch.members.get()
    assert answer.headers["Location"] == entered.get_absolute_url()
    assert (entered.birth_date, entered.sex) == (dt.date(1985, 7, 1), "2")
    assert (entered.phone, entered.affiliations.get().start_reason) == (
        "13800138000",
        StartReason.RECORDED,
    )


def in_service_data(browser, **changes):
    """Return form data of an in-service member without organization."""
    data = fill_in(browser, page("admit"), name="周敏", id_number=identity_number(6))
    return {**data, "category": Category.IN_SERVICE, **changes}


def test_an_in_service_member_is_entered_by_checking_them_in(browser, east):
    answer = browser.post(page("admit"), in_service_data(browser))

    member = Member.objects.get()
    here = member.check_ins.get()
    assert (member.organization, member.community, here.community) == (None, east, east)
    assert answer.headers["Location"] == member.get_absolute_url()
    assert browser.get(member.get_absolute_url()).context["member"] == member
    assert names(browser.get(page("list"), {"record": "guests"})) == ["周敏"]
    assert list(browser.get(page("slips")).context["page_obj"]) == [member]


def test_a_member_with_an_organization_is_not_checked_in_as_well(browser, branch):
    browser.post(page("admit"), in_service_data(browser, organization=branch.pk))

    member = Member.objects.get()
    assert (member.organization, member.check_ins.count()) == (branch, 0)


@pytest.mark.parametrize(
    "changes",
    [{"community": ""}, {"category": Category.RESIDENT}],
    ids=["no community", "a resident"],
)
def test_a_member_whom_nobody_would_find_is_refused(browser, changes):
    answer = browser.post(page("admit"), in_service_data(browser, **changes))

    [errors] = answer.context["form"].errors.values()
    assert [error.isascii() for error in errors] == [False]
    assert Member.objects.count() == 0


def test_checking_in_outside_the_reader_s_area_is_refused(browser, foreign):
    data = in_service_data(browser, community=foreign.pk)

    answer = browser.post(page("admit"), data)

    assert list(answer.context["form"].errors) == ["community"]


def test_a_keeper_ends_a_check_in_with_a_reason(browser, east):
    member = CheckInFactory(community=east).member
    leave = page("check_out", member.pk)
    offered = browser.get(member.get_absolute_url()).content.decode()

    asked = browser.get(leave)
    answer = browser.post(leave, fill_in(browser, leave, reason="died"), follow=True)

    row = member.check_ins.latest("starts_on")
    assert f'href="{leave}"' in offered
    assert "东社区" in str(asked.context["consequence"])
    assert (row.ends_on, row.end_reason) == (today(), "died")
    assert "退出东社区报到 · 去世" in [e.label for e in answer.context["events"]]
    assert f'href="{leave}"' not in answer.content.decode()


def test_former_guests_stay_visible_to_their_last_community(browser, east):
    row = CheckInFactory(community=east)
    end_check_in(row, by=None, on=today())

    assert names(browser.get(page("list"), {"record": "gone"})) == [row.member.name]
    assert Member.objects.managed_by(holder(Role.SECRETARY, east)).exists()


def test_a_guest_who_checks_in_elsewhere_is_visible_only_there(browser, east, west):
    row = CheckInFactory(community=east)
    end_check_in(row, by=None, on=today())
    check_in(row.member, west, by=None, on=today())

    assert names(browser.get(page("list"), {"record": ""})) == []


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("id_number", "42990119800101001"),
        ("id_number", "429901198001010010"),
        ("id_number", "4299O1198001010017"),
        ("phone", "12345"),
    ],
)
def test_a_mistyped_number_is_refused_in_words(browser, branch, field, text):
    url = page("admit")
    right = {"id_number": identity_number(5), "phone": ""}
    data = fill_in(browser, url, name="周敏", organization=branch.pk, **right)

    answer = browser.post(url, {**data, field: text})

    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert not errors[field][0].isascii()
    assert Member.objects.count() == 0


def test_a_place_outside_the_reader_s_area_is_refused(browser, foreign):
    other = BranchFactory(parent=foreign)
    url = page("admit")
    data = fill_in(browser, url, name="周敏", id_number=identity_number(5))

    answer = browser.post(url, {**data, "organization": other.pk})

    assert list(answer.context["form"].errors) == ["organization"]


def test_a_form_sent_twice_enters_one_member(browser, branch):
    url = page("admit")
    number = identity_number(5)
    data = fill_in(browser, url, name="周敏", id_number=number, organization=branch.pk)

    first, second = browser.post(url, data), browser.post(url, data)

    assert first.headers["Location"] == second.headers["Location"]
    assert Member.objects.count() == 1


def test_a_correction_leaves_one_entry_of_what_changed(browser, member):
    before = AuditEntry.objects.count()
    url = page("change", member.pk)

    browser.post(url, fill_in(browser, url, address="丹桂路1号"))

    entries = AuditEntry.objects.order_by("-pk")
    assert entries.count() - before == 1
    change = {"address": ""}, {"address": "丹桂路1号"}
    assert (entries[0].before, entries[0].after) == change


def test_empty_numbers_keep_those_on_record(browser, member):
    url = page("change", member.pk)

    browser.post(url, fill_in(browser, url, remark="已核对"))

    after = Member.objects.get(pk=member.pk)
    assert (after.remark, after.id_number, after.phone) == (
        "已核对",
        member.id_number,
        member.phone,
    )


def test_a_new_identity_number_brings_its_birth_date_and_sex(browser, member):
    number = identity_number(77, born=dt.date(1990, 2, 3), sex="2")
    url = page("change", member.pk)

    browser.post(url, fill_in(browser, url, id_number=number))

    member.refresh_from_db()
    assert (member.id_number, member.birth_date, member.sex) == (
        number,
        dt.date(1990, 2, 3),
        "2",
    )


def test_a_correction_gives_nobody_anothers_number(browser, member):
    elsewhere = MemberFactory()
    url = page("change", member.pk)

    answer = browser.post(url, fill_in(browser, url, id_number=elsewhere.id_number))

    assert len(answer.context["form"].non_field_errors()) == 1
    assert elsewhere.organization.name not in answer.content.decode()


def test_a_correction_over_anothers_is_a_conflict(client, staff, secretary, member):
    client.force_login(staff, "accounts.backends.UsernameOrPhone")
    url = page("change", member.pk)
    mine = fill_in(client, url, address="丹桂路1号")
    change_member(member, by=secretary, address="银杏巷2号")

    answer = client.post(url, mine)

    conflict = answer.context["conflicts"][0]
    assert answer.status_code == 409
    assert (conflict.yours, conflict.now) == ("丹桂路1号", "银杏巷2号")
    assert answer.context["changed_by"] == "王芳"
    assert mine[KEY] in answer.cookies[ANSWERED_FORMS].value  # no draft is offered


def test_a_correction_after_the_conflict_was_seen_is_saved(browser, staff, member):
    url = page("change", member.pk)
    mine = fill_in(browser, url, address="丹桂路1号")
    change_member(member, by=staff, address="银杏巷2号")
    shown = browser.post(url, mine).context["form"]

    again = {**mine, "version_token": shown["version_token"].value()}
    browser.post(url, again)

    member.refresh_from_db()
    assert member.address == "丹桂路1号"


def test_a_member_moves_inside_the_community(browser, member, east):
    second = BranchFactory(parent=east)
    url = page("move", member.pk)

    browser.post(url, fill_in(browser, url, organization=second.pk))

    member.refresh_from_db()
    assert member.organization == second


def test_a_community_moves_nobody_to_another(browser, member, west):
    second = BranchFactory(parent=west)
    url = page("move", member.pk)

    answer = browser.post(url, fill_in(browser, url, organization=second.pk))

    assert list(answer.context["form"].errors) == ["organization"]


def test_a_membership_ends_and_the_member_stays_on_record(browser, member):
    url = page("end", member.pk)
    data = fill_in(browser, url, reason=EndReason.DIED, note="家属来电")

    browser.post(url, data)

    member.refresh_from_db()
    assert member.organization is None
    assert names(browser.get(page("list"), {"record": "gone"})) == ["李明"]
    assert AuditEntry.objects.about(member)[0].reason == "家属来电"


def test_former_members_stay_visible_to_their_last_branch(member, secretary, west):
    second = BranchFactory(parent=west)
    keeper = holder(Role.SECRETARY, west)
    end_membership(member, reason=EndReason.TRANSFERRED_OUT, by=None, on=today())

    assert list(Member.objects.visible_to(secretary)) == [member]
    assert list(Member.objects.managed_by(secretary)) == [member]
    assert list(Member.objects.visible_to(keeper)) == []
    assert second.members.count() == 0


def test_a_member_who_belongs_nowhere_is_affiliated(browser, member, branch):
    yesterday = today() - dt.timedelta(days=1)
    end_membership(member, reason=EndReason.STRUCK_OFF, by=None, on=yesterday)
    url = page("affiliate", member.pk)

    browser.post(
        url,
        fill_in(browser, url, organization=branch.pk, reason=StartReason.RESTORED),
    )

    member.refresh_from_db()
    assert member.organization == branch
    assert member.affiliations.get(ends_on=None).start_reason == StartReason.RESTORED


def test_a_member_who_belongs_somewhere_is_not_affiliated_again(
    browser, member, branch
):
    url = page("affiliate", member.pk)

    answer = browser.post(url, fill_in(browser, url, organization=branch.pk))

    (error,) = answer.context["form"].non_field_errors()
    assert says(error, refusal_of(NotWhileAffiliated, name="李明"))


def test_a_fact_of_a_closed_month_is_counted_late(browser, branch, east):
    closed(east, dt.date(2020, 7, 1))
    url = page("admit")
    data = fill_in(
        browser, url, name="周敏", id_number=identity_number(5), organization=branch.pk
    )

    browser.post(url, {**data, "starts_on": "2020-07-09"})

    affiliation = branch.affiliations.get()
    assert (affiliation.start_month, affiliation.is_late) == (
        dt.date(2020, 8, 1),
        True,
    )


@pytest.mark.mission("S1-16")
def test_an_absence_is_recorded_and_ended(browser, member):
    away, back = page("away", member.pk), page("back", member.pk)
    data = fill_in(browser, away, kind=MobileKind.WORKING_AWAY, on="2026-03-01")

    browser.post(away, {**data, "destination": "武汉"})
    browser.post(back, fill_in(browser, back, on="2026-09-01"))

    row = member.mobile_records.get()
    assert (row.destination, row.ends_on) == ("武汉", dt.date(2026, 9, 1))


def test_a_return_before_the_departure_is_refused(browser, member):
    record_mobile(member, kind=MobileKind.TALENT, by=None, on=dt.date(2026, 5, 1))
    url = page("back", member.pk)

    answer = browser.post(url, fill_in(browser, url, on="2026-04-01"))

    assert len(answer.context["form"].non_field_errors()) == 1


def test_the_page_shows_the_timeline(browser, member):
    record_mobile(member, kind=MobileKind.WORKING_AWAY, by=None, on=dt.date(2026, 5, 1))

    events = browser.get(member.get_absolute_url()).context["events"]

    assert [(e.day, e.label) for e in events] == [
        (dt.date(2026, 5, 1), "外出流动：外出务工经商"),
        (dt.date(2020, 7, 1), "东社区第一支部 · 转入"),
    ]


def test_slips_are_printed_for_those_chosen(browser, branch):
    chosen = MemberFactory.create_batch(2, organization=branch)
    MemberFactory(organization=branch)
    url = page("slips")
    data = fill_in(browser, url, chosen=[m.pk for m in chosen])

    sheet = browser.post(url, data)
    again = browser.post(url, data)

    assert {s.name for s in sheet.context["slips"]} == {m.name for m in chosen}
    assert len(sheet.context["slips"]) == 2
    assert {s.organization for s in sheet.context["slips"]} == {"东社区第一支部"}
    assert again.status_code == 302
    assert SignInSlip.objects.count() == 2


def test_a_forgotten_password_gets_one_slip(browser, member):
    account_of(member)

    browser.post(page("slip", member.pk), {"idempotency_key": "k"})
    browser.post(page("slip", member.pk), {"idempotency_key": "k"})

    assert SignInSlip.objects.get().user == account_of(member)


def test_no_community_prints_slips_for_members_who_work_here(browser, member, street):
    user = account_of(member)
    holder_of_street = holder(Role.STREET_STAFF, street)
    user.role_assignments.create(
        role=Role.STREET_STAFF, organization=street, starts_on=dt.date(2020, 1, 1)
    )

    answer = browser.post(page("slip", member.pk), {"idempotency_key": "k"})
    listed = browser.post(page("slips"), {"chosen": [member.pk]})

    assert answer.status_code == 403
    assert list(listed.context["form"].errors) == ["chosen"]
    browser.force_login(holder_of_street, "accounts.backends.UsernameOrPhone")
    allowed = browser.post(page("slip", member.pk), {"idempotency_key": "k"})
    assert allowed.status_code == 200


def test_members_without_account_are_found_by_name(browser, branch):
    MemberFactory.create_batch(60, organization=branch)
    MemberFactory(name="欧阳修竹", organization=branch)

    first = browser.get(page("slips"), {"q": "欧阳"})
    second = browser.get(page("slips"), {"standing": "full"}).content.decode()

    assert [m.name for m in first.context["page_obj"]] == ["欧阳修竹"]
    assert "?standing=full&amp;page=2" in second


def test_a_member_s_page_shows_the_education_in_words(browser, branch):
    member = MemberFactory(organization=branch, education="31")

    body = browser.get(member.get_absolute_url()).content.decode()

    assert f"<dt>学历</dt><dd>{labels_of_code_list('education')('31')}</dd>" in body
