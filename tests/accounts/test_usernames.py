"""Usernames: one a person however it is typed, and corrected with a reason."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from accounts.actions import correct_username, create_account
from accounts.errors import UsernameIsPhone
from accounts.models import AuditEntry, User
from core.errors import ConstraintViolated
from organizations.roles import Role
from tests.factories.accounts import PASSWORD, UserFactory, holder

VARIANTS = ["ZhaoMin", "ｚｈａｏｍｉｎ", " zhao min", "ＺＨＡＯ－ＭＩＮ", "'zhaomin"]
REASON = "开户时姓名拼写有误"


@pytest.fixture
def person(db):
    return UserFactory(username="zhaomin")


@pytest.mark.parametrize("typed", VARIANTS)
def test_the_database_knows_a_username_however_it_is_typed(person, typed):
    with pytest.raises(IntegrityError):
        User.objects.bulk_create([User(username=typed, display_name="另一个人")])


@pytest.mark.parametrize("typed", VARIANTS)
def test_no_second_account_gets_a_username_typed_another_way(person, typed):
    with pytest.raises(ConstraintViolated, match="用户名"):
        create_account(typed, by=None, display_name="另一个人")

    assert User.objects.filter(username="zhaomin").count() == 1


def test_a_corrected_username_signs_in_and_the_person_is_told(client, person):
    admin = holder(Role.SYSTEM_ADMIN)

    correct_username(person, "ＺｈａｏＭｉｎｇ", by=admin, reason=REASON)

    client.post(
        reverse("accounts:sign_in"), {"username": "zhaoming", "password": PASSWORD}
    )
    entry = AuditEntry.objects.about(person).get(action="accounts.correct_username")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert (entry.before, entry.after, entry.reason, entry.actor) == (
        {"username": "zhaomin"},
        {"username": "zhaoming"},
        REASON,
        admin,
    )
    assert ["zhaoming" in notice.text for notice in person.notices.all()] == [True]


def test_a_username_is_not_corrected_to_somebody_else_s(person):
    other = UserFactory(username="qianjin")

    with pytest.raises(ConstraintViolated, match="用户名"):
        correct_username(other, "Zhao-Min", by=None, reason=REASON)

    assert User.objects.get(pk=other.pk).username == "qianjin"


@pytest.mark.parametrize("typed", ['"><img src=x>', "a b/c", "xi，tong", "甲;乙"])
def test_a_username_has_letters_and_digits_only(person, typed):
    with pytest.raises(ConstraintViolated, match="用户名"):
        correct_username(person, typed, by=None, reason=REASON)
    with pytest.raises(ConstraintViolated, match="用户名"):
        create_account(typed, by=None, display_name="另一个人")


def test_the_system_administrator_corrects_a_username_on_its_page(client, person):
    client.force_login(holder(Role.SYSTEM_ADMIN), "accounts.backends.UsernameOrPhone")
    page = reverse("admin:accounts_user_username", args=[person.pk])
    key = client.get(page).context["form"]["idempotency_key"].value()
    sent = {"username": "zhaoming", "reason": REASON, "idempotency_key": key}

    answer = client.post(page, sent)

    account = reverse("admin:accounts_user_change", args=[person.pk])
    assert answer.headers["Location"] == account
    assert User.objects.get(pk=person.pk).username == "zhaoming"


@pytest.mark.parametrize("role", [Role.SECURITY_ADMIN, Role.AUDITOR])
def test_other_administrators_correct_no_username(client, person, role):
    client.force_login(holder(role), "accounts.backends.UsernameOrPhone")
    page = reverse("admin:accounts_user_username", args=[person.pk])

    answer = client.post(page, {"username": "zhaoming", "reason": REASON})

    assert answer.status_code == 403
    assert User.objects.get(pk=person.pk).username == "zhaomin"


PHONES = ("13800138000", "138 0013 8000", "+86-13800138000", "008613800138000")


@pytest.mark.parametrize("typed", PHONES)
def test_no_username_reads_as_a_phone_number(person, typed):
    with pytest.raises(UsernameIsPhone):
        create_account(typed, by=None, display_name="李明")
    with pytest.raises(UsernameIsPhone):
        correct_username(person, typed, by=None, reason="写错了")

    person.refresh_from_db()
    assert person.username == "zhaomin"
