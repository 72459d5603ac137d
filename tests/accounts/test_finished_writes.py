"""A finished write is believed only as the application remembered it."""

import importlib
import uuid

import pytest
from django.apps import apps
from django.urls import reverse

from accounts.finished_writes import find_unproved_writes
from accounts.models import IdempotencyRecord
from core.web.idempotency import KEY
from tests.client import Browser
from tests.factories.members import MemberFactory
from tests.html import read

pytestmark = pytest.mark.django_db
ELSEWHERE = "https://example.org/"


@pytest.fixture
def member(branch):
    return MemberFactory(organization=branch)


def sent_form(staff, member):
    """A browser, the address of a form, and what the browser sent there."""
    browser, url = Browser(), reverse("members:change", args=[member.pk])
    browser.force_login(staff)
    (form,) = [one for one in read(browser.get(url)).posting() if one.action == url]
    return browser, url, form.sent(remark="第一次")


def test_where_a_finished_write_leads_to_cannot_be_changed_unseen(staff, member):
    browser, url, sent = sent_form(staff, member)
    browser.post(url, sent)
    record = IdempotencyRecord.objects.get(key=sent[KEY][0])
    assert list(find_unproved_writes()) == []

    IdempotencyRecord.objects.filter(pk=record.pk).update(location=ELSEWHERE)
    again = browser.post(url, sent)

    assert list(find_unproved_writes()) == [
        f"finished write {record.pk} was changed or forged"
    ]
    assert again.status_code == 409
    assert ELSEWHERE not in again.content.decode()


def test_a_forged_finished_write_is_not_taken_for_done(staff, member):
    browser, url, sent = sent_form(staff, member)
    IdempotencyRecord.objects.create(user=staff, key=sent[KEY][0], location=url)

    answer = browser.post(url, sent)

    member.refresh_from_db()
    assert (answer.status_code, member.remark) == (409, "")
    assert "第一次" in answer.content.decode()
    assert len(list(find_unproved_writes())) == 1


def test_finished_writes_of_before_are_proved_by_the_migration(staff):
    for _time in range(3):
        IdempotencyRecord.objects.create(
            user=staff, key=uuid.uuid4().hex, location="/", digest="a"
        )
    name = "accounts.migrations.0015_proofs_of_finished_writes"

    importlib.import_module(name).prove(apps, None)

    assert list(find_unproved_writes()) == []
