"""Passwords that the rules refuse, in the words of the page."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from organizations.roles import Role
from tests.factories.accounts import PASSWORD, holder

LATIN = re.compile("[A-Za-z]{2,}")
# One for each of the rules, and nothing else wrong with it.
REFUSED = {
    "UserAttributeSimilarityValidator": "wanghaifeng-7",
    "MinimumLengthValidator": "tall-green",
    "CommonPasswordValidator": "qwertyuiop123",
    "NumericPasswordValidator": "482915037264",
}


def refusals(answer, field):
    return answer.context["form"].errors[field]


@pytest.fixture
def person(east):
    return holder(Role.SECRETARY, east, name="wanghaifeng")


def test_each_rule_is_tried():
    rules = {
        rule["NAME"].rpartition(".")[2] for rule in settings.AUTH_PASSWORD_VALIDATORS
    }

    assert rules == set(REFUSED)


@pytest.mark.parametrize("password", REFUSED.values(), ids=REFUSED)
def test_the_first_sign_in_says_in_chinese_why_a_password_is_refused(
    client, db, password
):
    sent = {"code": "x", "name": "wanghaifeng", "proof": "1234"}
    both = {"password1": password, "password2": password}

    said = refusals(client.post(reverse("accounts:activate"), sent | both), "password1")

    assert [LATIN.findall(line) for line in said] == [[]]


@pytest.mark.parametrize("password", REFUSED.values(), ids=REFUSED)
def test_changing_it_says_in_chinese_why_a_password_is_refused(
    client, person, password
):
    client.force_login(person)
    sent = {"old_password": PASSWORD, "new_password1": password}

    answer = client.post(
        reverse("accounts:password"), sent | {"new_password2": password}
    )

    assert [LATIN.findall(line) for line in refusals(answer, "new_password2")] == [[]]
