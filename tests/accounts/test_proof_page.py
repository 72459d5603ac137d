"""The auditor's page says whether the log is whole, and compares a printed head."""

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts.actions import record_verification, seal_entries
from accounts.models import AuditEntry, Seal, Verification
from core.db.triggers import suspend_triggers
from core.registries.invariants import Finding, invariants
from organizations.roles import Role
from tests.factories.accounts import holder

PAGE, PAPER = reverse("accounts:proof"), reverse("accounts:proof_paper")


@pytest.fixture
def browser(client, east):
    """An auditor's, over the sealed log of 东社区's founding."""
    client.force_login(holder(Role.AUDITOR), "accounts.backends.UsernameOrPhone")
    seal_entries()
    return client


def verify():
    """Run the whole proof as the daily command does."""
    try:
        call_command("verify")
    except CommandError as failure:
        return str(failure)
    return ""


def verdict_of(browser):
    answer = browser.get(PAGE)
    return answer.context["holds"], answer.context["verdict"]


def test_a_proof_that_holds_is_told_with_its_time_and_the_head(browser):
    assert verify() == ""

    page = browser.get(PAGE)

    head = Seal.objects.last()
    shown = page.content.decode()
    assert page.context["holds"]
    assert "记录和留痕完整" in shown
    assert head.digest in shown.replace(" ", "")


def test_what_is_broken_is_named_by_its_statement(browser):
    with suspend_triggers(AuditEntry):
        AuditEntry.objects.filter(pk=AuditEntry.objects.last().pk).update(reason="改")
    assert verify() != ""

    holds, verdict = verdict_of(browser)

    shown = browser.get(PAGE).content.decode()
    assert (holds, "核验发现问题" in verdict) == (False, True)
    assert str(invariants.get("accounts.chain").label) in shown


def test_a_log_never_proved_and_one_proved_long_ago_are_told_apart(browser):
    never = verdict_of(browser)
    finding = Finding("accounts.chain", "ok", [], 0.1)
    record_verification([finding], began_at=timezone.now())
    fresh = verdict_of(browser)
    stale = timezone.now() - dt.timedelta(days=3)
    row = Verification.objects.get()
    with suspend_triggers(Verification):
        Verification.objects.filter(pk=row.pk).update(finished_at=stale)

    old = verdict_of(browser)

    assert [holds for holds, _sentence in (never, fresh, old)] == [False, True, True]
    assert len({sentence for _holds, sentence in (never, fresh, old)}) == 3


def test_a_printed_head_is_found_again_and_one_of_another_chain_is_not(browser):
    printed = browser.get(PAPER).content.decode()
    digest = Seal.objects.last().digest
    typed = " ".join([digest[:8].upper(), digest[8:]])

    same = browser.get(PAGE, {"digest": typed}).context["answer"]
    with suspend_triggers(Seal):
        Seal.objects.filter(digest=digest).update(digest="0" * 64)
    rewritten = browser.get(PAGE, {"digest": typed}).context["answer"]

    assert digest in printed.replace(" ", "")
    assert "仍在留痕中" in same
    assert "没有封签" in rewritten


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("print", "不会自动比对"),
        ("mail:shenji@example.cn", "不会自动比对"),
        ("file:/mnt/heads/jiedao.txt", "每次验证时与留痕末端文件比对"),
    ],
)
def test_the_page_says_whether_a_cut_off_end_would_be_missed(
    browser, settings, kept, said
):
    settings.AUDIT_HEAD_TO = kept

    assert said in browser.get(PAGE).content.decode()
