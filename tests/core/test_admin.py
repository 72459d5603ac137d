"""The admin over actions: what it offers, saves, refuses and never shows."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry
from core.errors import EditConflict
from core.months import today
from members.models import Member
from organizations.actions import change_unit, create_organization
from organizations.errors import ChangedLater
from organizations.models import Organization, OrganizationVersion, Unit
from tests.factories.members import KIND, MemberFactory, identity_number
from tests.factories.organizations import (
    BranchFactory,
    CommunityFactory,
    UnitFactory,
)
from tests.messages import refusal_of, rule_message, says


@pytest.fixture
def browser(client, staff):
    """赵敏, signed in."""
    client.force_login(staff, backend="accounts.backends.UsernameOrPhone")
    return client


def address(row, verb="change"):
    opts = row._meta
    name = f"admin:{opts.app_label}_{opts.model_name}_{verb}"
    return reverse(name, args=[row.pk])


def filled(browser, url, **changes):
    """Return what a browser would send from the form at the address."""
    form = browser.get(url).context["adminform"].form
    sent = {}
    for bound in form:
        value = bound.value()
        sent[bound.html_name] = "" if value is None else value
    return {**sent, **changes}


@pytest.mark.parametrize("kind", ["organization", "unit", "member"])
def test_an_edit_leaves_exactly_one_audit_entry(browser, staff, east, branch, kind):
    row = {
        "organization": east,
        "unit": UnitFactory(host=east),
        "member": MemberFactory(organization=branch),
    }[kind]
    before = AuditEntry.objects.count()

    sent = filled(browser, address(row), name="新名称")
    answer = browser.post(address(row), sent)

    assert answer.status_code == 302
    row.refresh_from_db()
    entries = AuditEntry.objects.order_by("-pk")
    assert (row.name, entries.count() - before) == ("新名称", 1)
    assert (entries[0].actor, entries[0].after["name"]) == (staff, "新名称")
    assert entries[0].channel == "admin"


@pytest.mark.parametrize("kind", ["organization", "unit", "member"])
def test_a_form_sent_unchanged_changes_nothing(browser, east, branch, kind):
    row = {
        "organization": east,
        "unit": UnitFactory(host=east),
        "member": MemberFactory(organization=branch),
    }[kind]
    before = AuditEntry.objects.count(), OrganizationVersion.objects.count()

    answer = browser.post(address(row), filled(browser, address(row)))

    after = AuditEntry.objects.count(), OrganizationVersion.objects.count()
    assert (answer.status_code, after) == (302, before)


def test_adding_calls_the_add_action(browser, staff, street):
    url = reverse("admin:organizations_organization_add")
    sent = filled(
        browser,
        url,
        code="new",
        name="新社区",
        full_name="中共新社区总支部委员会",
        kind="community",
        parent=street.pk,
    )

    browser.post(url, sent)

    founded = Organization.objects.get(code="new")
    assert founded.versions.get().starts_on == today()
    assert AuditEntry.objects.about(founded).get().actor == staff


def test_a_change_takes_effect_on_its_day(browser, east):
    yesterday = today() - dt.timedelta(days=1)

    sent = filled(browser, address(east), name="东湖社区", on=yesterday.isoformat())
    browser.post(address(east), sent)

    names = east.versions.order_by("starts_on").values_list("name", "starts_on")
    assert list(names)[1:] == [("东湖社区", yesterday)]


def test_a_refusal_is_shown_on_the_form_and_nothing_is_saved(browser, east):
    tomorrow = today() + dt.timedelta(days=1)
    before = AuditEntry.objects.count()

    sent = filled(browser, address(east), name="东湖社区", on=tomorrow.isoformat())
    answer = browser.post(address(east), sent)

    errors = answer.context["adminform"].form.non_field_errors()
    assert len(errors) == 1
    assert says(errors[0], refusal_of(ChangedLater, name="东社区"))
    east.refresh_from_db()
    assert (east.name, AuditEntry.objects.count()) == ("东社区", before)


def test_a_violated_constraint_shows_its_own_message(browser, east):
    UnitFactory(host=east, name="第一中学")
    unit = UnitFactory(host=east, name="第二中学")

    answer = browser.post(
        address(unit), filled(browser, address(unit), name="第一中学")
    )

    errors = answer.context["adminform"].form.non_field_errors()
    assert errors == [rule_message("unit_name_once_per_host")]


def test_a_form_opened_before_anothers_change_is_a_conflict(browser, stranger, east):
    unit = UnitFactory(host=east, name="第一中学", address="老街一号")
    mine = filled(browser, address(unit), name="第一高级中学")
    change_unit(unit, by=stranger, address="新街二号")

    answer = browser.post(address(unit), mine)

    form = answer.context["adminform"].form
    assert form.non_field_errors() == [str(EditConflict())]
    conflicts = {c.yours: c.now for c in form.conflicts()}
    assert conflicts == {"第一高级中学": "第一中学"}
    assert "新街二号" in answer.content.decode()
    unit.refresh_from_db()
    assert (unit.name, unit.address) == ("第一中学", "新街二号")


def test_a_conflict_may_be_saved_after_it_was_shown(browser, stranger, east):
    unit = UnitFactory(host=east, name="第一中学", address="老街一号")
    mine = filled(browser, address(unit), name="第一高级中学")
    change_unit(unit, by=stranger, address="新街二号")
    shown = browser.post(address(unit), mine).context["adminform"].form

    again = {
        **mine,
        "version_token": shown["version_token"].value(),
        "address": "新街二号",
    }
    browser.post(address(unit), again)

    unit.refresh_from_db()
    assert (unit.name, unit.address) == ("第一高级中学", "新街二号")


def test_creating_a_child_meanwhile_is_no_conflict(browser, east):
    mine = filled(browser, address(east), name="东湖社区")
    create_organization(
        by=None, code="b9", name="九支部", full_name="九", kind="branch", parent=east
    )

    browser.post(address(east), mine)

    east.refresh_from_db()
    assert east.name == "东湖社区"


def test_a_form_sent_twice_is_saved_once(browser, east):
    url = reverse("admin:organizations_unit_add")
    sent = filled(browser, url, **KIND, name="第一中学", host=east.pk)
    before = AuditEntry.objects.count()

    first, second = browser.post(url, sent), browser.post(url, sent)

    assert (first.status_code, second.status_code) == (302, 302)
    assert (Unit.objects.count(), AuditEntry.objects.count() - before) == (1, 1)


def test_an_organization_is_ended_with_a_reason(browser, staff, east):
    form = browser.get(address(east, "end")).context["form"]
    sent = {"idempotency_key": form["idempotency_key"].value(), "on": today()}

    refused = browser.post(address(east, "end"), sent)
    browser.post(address(east, "end"), {**sent, "reason": "并入西社区"})

    east.refresh_from_db()
    assert list(refused.context["form"].errors) == ["reason"]
    assert east.ended_on == today()
    assert AuditEntry.objects.about(east)[0].reason == "并入西社区"


def test_an_ended_record_is_not_ended_again(browser, east):
    form = browser.get(address(east, "end")).context["form"]
    sent = {
        "idempotency_key": form["idempotency_key"].value(),
        "on": today(),
        "reason": "撤销",
    }
    browser.post(address(east, "end"), sent)

    assert browser.get(address(east, "end")).status_code == 403
    assert browser.get(address(east)).context["end_label"] == ""


def test_a_refused_end_says_why(browser, east, branch):
    form = browser.get(address(east, "end")).context["form"]
    sent = {
        "idempotency_key": form["idempotency_key"].value(),
        "on": today(),
        "reason": "撤销",
    }

    answer = browser.post(address(east, "end"), sent)

    assert len(answer.context["form"].non_field_errors()) == 1
    east.refresh_from_db()
    assert east.ended_on is None


def test_history_comes_from_the_audit_log(browser, staff, east):
    browser.post(address(east), filled(browser, address(east), name="东湖社区"))

    entries = list(browser.get(address(east, "history")).context["entries"])

    assert [entry.action for entry in entries] == ["变更党组织", "成立党组织"]
    assert [(line.before, line.after) for line in entries[0].lines] == [
        ("东社区", "东湖社区")
    ]


@pytest.mark.parametrize("verb", ["change", "end", "history"])
def test_an_invisible_record_is_not_found(browser, foreign, verb):
    assert browser.get(address(foreign, verb)).status_code == 404


@pytest.mark.parametrize("pk", ["0", "abc", "1_2F", "99999999999999999999"])
def test_a_made_up_address_is_not_found(browser, pk):
    url = f"/admin/organizations/organization/{pk}/change/"

    assert browser.get(url).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_is_ever_deleted(browser, east, method):
    url = f"/admin/organizations/organization/{east.pk}/delete/"

    answer = getattr(browser, method)(url, {"post": "yes"}, follow=True)

    assert answer.status_code == 404
    assert Organization.objects.filter(pk=east.pk).exists()


def test_no_action_runs_over_many_rows(browser, east):
    url = reverse("admin:organizations_organization_changelist")
    sent = {"action": "delete_selected", "_selected_action": [east.pk], "post": "yes"}

    browser.post(url, {**sent, "select_across": "1"})

    assert Organization.objects.filter(pk=east.pk).exists()


def test_a_choice_of_another_street_is_refused(browser, east, foreign):
    unit = UnitFactory(host=east)

    answer = browser.post(
        address(unit), filled(browser, address(unit), host=foreign.pk)
    )

    assert list(answer.context["adminform"].form.errors) == ["host"]
    unit.refresh_from_db()
    assert unit.host == east


@pytest.mark.parametrize("key", ["NaN", "a\x00b", "9" * 20, "-1"])
@pytest.mark.parametrize(("model", "column"), [("unit", "host"), ("member", "home")])
def test_an_invalid_key_is_refused_on_the_form(browser, east, model, column, key):
    app = "members" if model == "member" else "organizations"
    url = reverse(f"admin:{app}_{model}_add")

    answer = browser.post(url, filled(browser, url, **{column: key}))

    assert answer.status_code == 200
    assert column in answer.context["adminform"].form.errors


def offered(browser, app, model, column, term=""):
    url = reverse("admin:autocomplete")
    query = {"app_label": app, "model_name": model, "field_name": column, "term": term}
    answer = browser.get(url, query)
    if answer.status_code != 200:
        return answer.status_code
    return [row["text"] for row in answer.json()["results"]]


def test_autocomplete_finds_what_the_form_accepts(browser, street, east, foreign):
    names = offered(browser, "organizations", "unit", "host")

    assert names == ["长安街道", "东社区"]


def test_an_ended_organization_is_not_offered(browser, street, east, west):
    browser.post(
        address(west, "end"), {"on": today(), "reason": "撤销", "idempotency_key": "k"}
    )

    assert offered(browser, "organizations", "unit", "host") == ["长安街道", "东社区"]


def test_autocomplete_is_refused_to_those_who_may_not_use_the_form(
    client, officer, browser
):
    client.force_login(officer, backend="accounts.backends.UsernameOrPhone")

    assert offered(client, "organizations", "unit", "host") == 403


def test_autocomplete_over_a_column_without_a_form_is_refused(browser):
    assert offered(browser, "accounts", "auditentry", "actor") == 403


def test_a_filter_shows_no_name_of_another_street(browser, east, foreign):
    UnitFactory(host=east)
    UnitFactory(host=foreign)

    body = browser.get(reverse("admin:organizations_unit_changelist")).content.decode()

    assert "东社区" in body
    assert "柳岸社区" not in body


@pytest.mark.parametrize(
    "query",
    ["host__name__startswith=柳", "credit_code__startswith=9", "host__parent__id=1"],
)
def test_only_the_named_filters_are_allowed(browser, query):
    url = reverse("admin:organizations_unit_changelist")

    assert browser.get(f"{url}?{query}").status_code == 400


def test_the_named_filter_narrows_the_list(browser, east, west):
    unit = UnitFactory(host=east)
    UnitFactory(host=west)

    url = reverse("admin:organizations_unit_changelist")
    answer = browser.get(f"{url}?host__id__exact={east.pk}")

    assert list(answer.context["cl"].queryset) == [unit]


@pytest.mark.parametrize("send", ["get", "post"])
def test_no_record_is_created_in_a_popup(browser, east, send):
    url = reverse("admin:organizations_unit_add")

    answer = getattr(browser, send)(f"{url}?_popup=1", {"_popup": "1"})

    assert answer.status_code == 400


def test_fields_a_person_may_not_change_keep_their_values(browser, street, city):
    sent = filled(browser, address(street), name="长安路街道")

    browser.post(address(street), sent)

    street.refresh_from_db()
    assert (street.name, street.parent) == ("长安路街道", city)


@pytest.mark.parametrize(
    "name",
    ["organizations_organization", "organizations_unit", "members_member"],
)
def test_a_list_costs_the_same_for_three_rows_and_thirty(browser, street, name):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            browser.get(reverse(f"admin:{name}_changelist"))
        return len(queries)

    def grow(count):
        for _n in range(count):
            community = CommunityFactory(parent=street)
            UnitFactory(host=community)
            MemberFactory(organization=BranchFactory(parent=community))

    grow(3)
    few = cost()
    grow(27)

    assert cost() == few


def test_a_member_is_entered_once_with_one_entry(browser, branch):
    url = reverse("admin:members_member_add")
    number = identity_number(7)
    sent = filled(
        browser, url, **KIND, name="李明", new_id_number=number, home=branch.pk
    )
    before = AuditEntry.objects.count()

    browser.post(url, sent)

    member = branch.members.get()
    assert (member.name, member.id_number, member.sex) == ("李明", number, "1")
    assert AuditEntry.objects.count() - before == 1


def test_an_in_service_member_is_entered_with_the_community_preset(browser, east):
    url = reverse("admin:members_member_add")
    sent = filled(browser, url, **KIND, name="周敏", new_id_number=identity_number(7))

    browser.post(url, {**sent, "category": "in_service"})

    member = east.checked_in_members.get()
    assert (member.name, member.organization) == ("周敏", None)
    assert browser.get(address(member)).context["original"] == member


def test_a_member_without_a_branch_or_community_is_refused(browser, east, west):
    url = reverse("admin:members_member_add")
    sent = filled(browser, url, **KIND, name="周敏", new_id_number=identity_number(7))

    answer = browser.post(url, {**sent, "category": "in_service"})

    form = answer.context["adminform"].form
    assert len(form.non_field_errors()) == 1
    assert not Member.objects.exists()


def test_an_empty_number_keeps_the_one_on_record(browser, branch):
    member = MemberFactory(organization=branch)

    browser.post(address(member), filled(browser, address(member), remark="已核对"))

    after = type(member).objects.get(pk=member.pk)
    assert after.remark == "已核对"
    assert (after.id_number, after.phone) == (member.id_number, member.phone)


def test_street_staff_cannot_create_a_second_city(browser, street):
    url = reverse("admin:organizations_organization_add")
    sent = {"code": "x", "name": "伪城", "full_name": "伪城市", "kind": "city"}

    browser.post(url, {**sent, "parent": "", "starts_on": f"{today()}"})

    assert not Organization.objects.filter(code="x").exists()


def test_street_staff_cannot_move_their_street_out_of_the_city(browser, street, city):
    url = reverse("admin:organizations_organization_change", args=[street.pk])
    form = browser.get(url).context["adminform"].form
    sent = {b.html_name: b.value() or "" for b in form}

    browser.post(url, {**sent, "kind": "city", "parent": ""})

    street.refresh_from_db()
    assert (street.kind, street.parent) == ("street", city)


def test_the_query_string_does_not_fill_in_a_new_record(browser, branch):
    url = reverse("admin:members_member_add")

    answer = browser.get(url, {"name": "李明", "home": "x", "employer": "9" * 25})

    assert answer.status_code == 200
    assert "李明" not in answer.content.decode()
