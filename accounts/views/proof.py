"""Whether the records and their log are whole: the last verdict, and the head."""

import datetime as dt
from typing import Any

from django.contrib.auth.mixins import UserPassesTestMixin
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.chain_heads import are_heads_compared
from accounts.forms import HeadForm
from accounts.http import reader
from accounts.models import Seal, Verification
from accounts.permissions import can_read_proof
from core.dates import format_time
from core.months import today
from core.registries.invariants import invariants
from core.text import StrOrPromise
from core.web.components import DetailRow, Link, Section

PROVED_EVERY = dt.timedelta(days=2)
GROUP = 8  # characters of a digest that the eye compares at once
STATUS_LABELS = {"broken": _("does not hold"), "unproved": _("could not be proved")}


def group_digest(digest: str) -> str:
    """Return a digest in groups, as it is compared with a printed one."""
    return " ".join(digest[i : i + GROUP] for i in range(0, len(digest), GROUP))


def describe_verdict(last: Verification | None) -> str:
    """Return the verdict in one sentence."""
    if last is None:
        return gettext("The records have not been proved yet: have verify run daily.")
    if not last.holds:
        return gettext(
            "Something does not hold. Keep the database as it is, and have the system"
            " administrator find out what happened to the records named below."
        )
    if last.finished_at < timezone.now() - PROVED_EVERY:
        return gettext(
            "Everything held when it was last proved, but that is more than two days"
            " ago: have verify run daily."
        )
    return gettext("The records and their log are whole: everything holds.")


def describe_findings(last: Verification | None) -> list[DetailRow]:
    """Return what does not hold or could not be proved, by its statement."""
    findings: list[dict[str, Any]] = last.findings if last else []
    return [
        DetailRow(
            _label_of(finding["key"]),
            gettext("%(status)s (%(count)s)")
            % {
                "status": STATUS_LABELS.get(finding["status"], finding["status"]),
                "count": finding["count"],
            },
        )
        for finding in findings
    ]


def describe_comparison() -> str:
    """Return whether something outside the database would miss a cut-off end."""
    if are_heads_compared():
        return gettext("each time verify runs, with the file of heads")
    return gettext(
        "Nothing compares by itself: an end that was cut off goes unseen until somebody"
        " compares a printed or mailed head below. A file on another machine is"
        " compared each time (AUDIT_HEAD_TO=file:PATH)."
    )


def _label_of(key: str) -> StrOrPromise:
    return invariants.get(key).label if key in invariants else key


def verdict_sections(last: Verification | None, head: Seal | None) -> list[Section]:
    """Return when the records were proved, and the head of the log today."""
    proved = [
        DetailRow(_("Last proved"), format_time(last.finished_at) if last else None),
        DetailRow(_("Statements checked"), last.invariants if last else None),
        *describe_findings(last),
    ]
    log = [
        DetailRow(_("Number of the last seal"), head.number if head else None),
        DetailRow(_("Sealed at"), format_time(head.sealed_at) if head else None),
        DetailRow(_("Digest (head)"), group_digest(head.digest) if head else None),
        DetailRow(_("Compared with heads kept elsewhere"), describe_comparison()),
    ]
    return [Section(_("Proof"), proved), Section(_("Head of the log"), log)]


def compare_head(digest: str) -> str:
    """Say whether a digest kept on paper is that of a seal of today's chain."""
    seal = Seal.objects.filter(digest=digest).first()
    if seal is None:
        return gettext(
            "No seal has this digest. Check what was typed against the paper; if it is"
            " right, the log was rewritten or cut off after it was printed."
        )
    return gettext(
        "This is seal no. %(number)s of %(time)s. It is still in the log unchanged."
    ) % {"number": seal.number, "time": format_time(seal.sealed_at)}


class Proof(UserPassesTestMixin, TemplateView):
    """Is the log whole? The verdict, when it was proved, and the head to compare."""

    template_name = "accounts/proof.html"

    def test_func(self) -> bool:
        return can_read_proof(reader(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        last, head = Verification.objects.first(), Seal.objects.last()
        paper = reverse("accounts:proof_paper")
        form = HeadForm(self.request.GET or None)
        answer = compare_head(form.cleaned_data["digest"]) if form.is_valid() else ""
        return super().get_context_data(
            title=_("Is the log whole?"),
            verdict=describe_verdict(last),
            holds=last is not None and last.holds,
            sections=verdict_sections(last, head),
            form=form,
            answer=answer,
            page_actions=[
                Link(_("Log of accesses"), reverse("accounts:access_log")),
                Link(_("Print the head"), paper, "printer"),
            ],
            **kwargs,
        )


class ProofPaper(Proof):
    """The verdict and the head on paper, to be signed and kept elsewhere."""

    template_name = "accounts/proof_paper.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            back_url=reverse("accounts:proof"),
            printed_on=today(),
            compiled_by=str(self.request.user),
            **kwargs,
        )
