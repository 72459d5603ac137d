"""Code lists, numbers of rules, working days, and units that leave."""

import csv
import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.urls import reverse

from accounts.models import AuditEntry
from core.errors import ConstraintViolated
from organizations.actions import (
    change_code_item,
    change_organization,
    change_unit,
    change_workday,
    end_organization,
    end_unit,
    save_code_item,
    set_threshold,
    set_workday,
)
from organizations.enums import ThresholdKey
from organizations.errors import (
    ChangedLater,
    OrganizationEnded,
    ThresholdRuns,
    UnitEnded,
    WrongCreditCode,
)
from organizations.models import CodeItem, RecountRequest, Threshold
from organizations.resources import GuardedCsv
from organizations.roles import Role
from tests.factories.accounts import holder
from tests.factories.organizations import UnitFactory

DAY = dt.date(2026, 3, 1)
IMPORT = "admin:organizations_codeitem_import"


@pytest.fixture
def admin_browser(client, db):
    admin = holder(Role.SYSTEM_ADMIN, name="系统管理员")
    client.force_login(admin, "accounts.backends.UsernameOrPhone")
    return client


def test_a_rule_gets_another_number_from_a_day_on(street):
    set_threshold(key=ThresholdKey.YOUNG_AGE, value=40, by=None, starts_on=DAY)

    values = [
        Threshold.objects.on(ThresholdKey.YOUNG_AGE, day)
        for day in (DAY - dt.timedelta(days=1), DAY)
    ]
    assert values == [35, 40]


def test_a_rule_s_number_marks_every_organization_s_figures(street, east):
    before = RecountRequest.objects.count()

    set_threshold(key=ThresholdKey.YOUNG_AGE, value=40, by=None, starts_on=DAY)

    assert RecountRequest.objects.count() - before == 3


def test_a_number_in_force_is_not_changed_backwards(db):
    set_threshold(key=ThresholdKey.YOUNG_AGE, value=40, by=None, starts_on=DAY)

    with pytest.raises(ThresholdRuns):
        set_threshold(key=ThresholdKey.YOUNG_AGE, value=45, by=None, starts_on=DAY)


def test_the_database_refuses_two_numbers_in_force(db):
    with pytest.raises(IntegrityError, match=r"threshold_one_open|threshold\.key"):
        Threshold.objects.create(key=ThresholdKey.YOUNG_AGE, value=1, starts_on=DAY)


def test_a_code_is_saved_once_with_one_entry(db):
    before = AuditEntry.objects.count()
    item = save_code_item(by=None, code_list="skills", code="tea", label="茶艺")

    save_code_item(by=None, code_list="skills", code="tea", label="茶艺")
    change_code_item(item, by=None, label="茶道")

    assert CodeItem.objects.get(code="tea").label == "茶道"
    assert AuditEntry.objects.count() - before == 2


def test_a_code_without_a_label_is_refused(db):
    with pytest.raises(ConstraintViolated):
        save_code_item(by=None, code_list="skills", code="tea", label="")


def test_a_working_day_is_set_once_and_corrected(db):
    row = set_workday(day=DAY, works=True, by=None, note="调休")

    change_workday(row, by=None, note="补班")

    row.refresh_from_db()
    assert (row.works, row.note) == (True, "补班")


def test_a_unit_leaves_the_register_once(east):
    unit = UnitFactory(host=east)

    end_unit(unit, by=None, reason="搬迁", on=DAY)

    with pytest.raises(UnitEnded):
        end_unit(unit, by=None, reason="再次", on=DAY)


def test_an_organization_s_past_is_not_rewritten(east):
    change_organization(east, by=None, name="东湖社区", on=DAY)

    with pytest.raises(ChangedLater):
        change_organization(
            east, by=None, name="东山社区", on=DAY - dt.timedelta(days=1)
        )


def test_an_ended_record_is_not_changed(east):
    end_organization(east, by=None, reason="撤销", on=DAY)

    with pytest.raises(OrganizationEnded):
        change_organization(east, by=None, name="东湖社区")
    with pytest.raises(OrganizationEnded):
        end_organization(east, by=None, reason="再次")


def sheet(*rows):
    text = io.StringIO()
    csv.writer(text).writerows([["代码表", "代码", "名称", "上级代码", "顺序"], *rows])
    body = text.getvalue().encode("utf-8-sig")
    return SimpleUploadedFile("codes.csv", body, "text/csv")


def send(browser, *rows):
    """Send a sheet and confirm the preview; return the preview page."""
    url = reverse(IMPORT)
    preview = browser.post(url, {"import_file": sheet(*rows), "format": "0"})
    form = preview.context.get("confirm_form")
    if form is not None:
        sent = {b.html_name: b.value() or "" for b in form}
        browser.post(reverse("admin:organizations_codeitem_process_import"), sent)
    return preview


def test_a_code_list_is_imported_from_a_sheet(admin_browser):
    before = AuditEntry.objects.count()
    items = CodeItem.objects.count()

    send(
        admin_browser,
        ["skills", "tea", "茶艺", "", "90"],
        ["skills", "law", "法律援助", "", "0"],
        ["skills", "health", "医疗健康", "", "1"],
    )

    assert CodeItem.objects.count() - items == 1
    assert CodeItem.objects.get(code_list="skills", code="law").label == "法律援助"
    entries = AuditEntry.objects.order_by("-pk")[: AuditEntry.objects.count() - before]
    assert {(e.action, e.actor_name) for e in entries} == {
        ("organizations.save_code_items", "系统管理员")
    }
    assert len(entries) == 2


def test_previewing_a_sheet_writes_nothing(admin_browser):
    before = CodeItem.objects.count(), AuditEntry.objects.count()

    admin_browser.post(
        reverse(IMPORT),
        {"import_file": sheet(["skills", "tea", "茶艺", "", "90"]), "format": "0"},
    )

    assert (CodeItem.objects.count(), AuditEntry.objects.count()) == before


def test_a_sheet_with_one_invalid_row_imports_nothing(admin_browser):
    before = CodeItem.objects.count()

    preview = send(
        admin_browser,
        ["skills", "tea", "茶艺", "", "90"],
        ["skills", "go", "", "", "91"],
    )

    assert "confirm_form" not in preview.context
    assert CodeItem.objects.count() == before


def test_cells_that_spreadsheets_would_run_are_guarded_and_unguarded(db):
    save_code_item(by=None, code_list="skills", code="x", label="=1+1")
    form = GuardedCsv()
    dataset = form.create_dataset("代码,名称\nx,'=1+1\ny,茶艺\n")

    again = form.export_data(form.create_dataset("代码,名称\nx,=1+1\n"))

    assert [row[1] for row in dataset] == ["=1+1", "茶艺"]
    assert again.splitlines()[1] == "x,'=1+1"


def test_facts_older_than_a_rule_are_compared_with_its_first_value(db):
    first = Threshold.objects.filter(key=ThresholdKey.YOUNG_AGE).earliest("starts_on")

    value = Threshold.objects.on(ThresholdKey.YOUNG_AGE, dt.date(1921, 7, 1))

    assert value == first.value


@pytest.mark.parametrize(
    "code", ["123", "91350100M000100Y44", "９１３５０１００Ｍ０００１００Ｙ４３x"]
)
def test_a_wrong_credit_code_is_refused(east, code):
    with pytest.raises(WrongCreditCode):
        UnitFactory(host=east, credit_code=code)


def test_a_credit_code_is_stored_normalized(east):
    unit = UnitFactory(host=east, credit_code=" ９１３５０１００ m000100y43 ")

    assert unit.credit_code == "91350100M000100Y43"


def test_a_corrected_credit_code_is_normalized_too(east):
    unit = UnitFactory(host=east)

    change_unit(unit, by=None, credit_code="９１３５０１００ m000100y43 ")

    unit.refresh_from_db()
    assert unit.credit_code == "91350100M000100Y43"


def test_a_rule_without_a_number_gets_its_first(db):
    Threshold.objects.filter(key=ThresholdKey.YOUNG_AGE).delete()

    set_threshold(key=ThresholdKey.YOUNG_AGE, value=40, by=None, starts_on=DAY)

    assert Threshold.objects.get(key=ThresholdKey.YOUNG_AGE).ends_on is None
