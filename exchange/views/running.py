"""The page on how the installation runs: its date, its backups, `verify`."""

from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.models import Verification
from core.dates import format_day, format_time
from core.months import today
from core.registries.invariants import invariants
from core.web.components import ActionButton, DetailRow, Section
from core.web.views import ActionView
from exchange import permissions
from exchange.actions import confirm_today
from exchange.models import BackupRun, KnownDay

SHOWN = 14  # backups: two weeks of nights


class RunningPage(UserPassesTestMixin, TemplateView):
    """The page of system administrators: the date, the backups, `verify`."""

    template_name = "core/detail_page.html"

    def test_func(self) -> bool:
        return permissions.can_see_running(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = KnownDay.objects.first()
        in_doubt = KnownDay.objects.is_clock_in_doubt()
        return super().get_context_data(
            title=_("Running"),
            sections=[
                Section(_("Date"), describe_day(known)),
                Section(_("Backups"), describe_backups()),
                Section(_("Proof of the records"), describe_verifications()),
            ],
            buttons=[confirm_button(known)] if known and in_doubt else [],
            **kwargs,
        )


def confirm_button(known: KnownDay) -> ActionButton:
    """Return the button that confirms the server's date."""
    label = gettext("Today is %(day)s: go on") % {"day": format_day(today())}
    url = reverse("exchange:confirm_today", args=[known.pk])
    return ActionButton(label, url, primary=True)


def describe_day(known: KnownDay | None) -> list[DetailRow]:
    """Return the server's date and the last one that the installation knows."""
    rows = [DetailRow(_("Date of the server"), format_day(today()))]
    if known is not None:
        rows.append(DetailRow(_("Last known day"), format_day(known.day)))
    if KnownDay.objects.is_clock_in_doubt():
        rows.append(
            DetailRow(
                _("Note"),
                _(
                    "The two are far apart, so no month is opened or closed and no"
                    " daily chore runs. If the server's date is wrong, put its clock"
                    " right: work goes on by itself. If it is right, confirm it above."
                ),
            )
        )
    return rows


def describe_backups() -> list[DetailRow]:
    """Return the last backups with their results."""
    runs = BackupRun.objects.all()[:SHOWN]
    return [
        DetailRow(format_time(run.finished_at), describe_backup(run)) for run in runs
    ] or [DetailRow(_("Backups"), _("No backup has been made yet."))]


def describe_backup(run: BackupRun) -> str:
    """Return one backup's file and size, or why it failed."""
    if run.succeeded:
        return f"{run.file_name} · {filesizeformat(run.size)}"
    return gettext("Failed: %(reason)s") % {"reason": run.message}


def describe_verifications() -> list[DetailRow]:
    """Return the last runs of `verify` with their verdicts."""
    runs = Verification.objects.all()[:SHOWN]
    return [
        DetailRow(format_time(run.finished_at), describe_verification(run))
        for run in runs
    ] or [DetailRow(_("Proof of the records"), _("verify has not run yet."))]


def describe_verification(run: Verification) -> str:
    """Return how many statements were proved, or which do not hold.

    Which records are concerned is for the auditor's page and the service's journal.
    """
    if run.holds:
        return gettext("Everything holds: %(count)d statements") % {
            "count": run.invariants
        }
    labels = "；".join(label_of_finding(finding["key"]) for finding in run.findings)
    return gettext("Does not hold: %(statements)s") % {"statements": labels}


def label_of_finding(key: str) -> str:
    """Return the statement of a finding; the key if it is no longer declared."""
    return str(invariants.get(key).label) if key in invariants else key


class ConfirmToday(ActionView[KnownDay]):
    """Confirm the server's date, so that chores continue."""

    model = KnownDay
    success_message = _("Confirmed. The daily chores go on within a few minutes.")

    def has_permission(self, obj: KnownDay) -> bool:
        return KnownDay.objects.is_clock_in_doubt()

    def run_action(self, obj: KnownDay) -> None:
        confirm_today(obj, by=self.request.user)
