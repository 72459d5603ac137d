"""Connects the ports of `core` to the tables of this app."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _

from core import audit
from core.db.digests import digest_store, digests_begun
from core.web import failures, idempotency


class AccountsConfig(AppConfig):
    """The accounts app."""

    name = "accounts"
    verbose_name = _("Accounts and audit log")

    def ready(self) -> None:
        from accounts import sessions  # noqa: PLC0415 -- needs models
        from accounts.actions import audit as entries  # noqa: PLC0415 -- needs models
        from accounts.actions import digests as row_digests  # noqa: PLC0415 -- needs models
        from accounts.actions import idempotency as keys  # noqa: PLC0415 -- needs models
        from accounts.drafts import keeping, offering  # noqa: PLC0415 -- needs models

        digest_store.connect(row_digests.store_digests)
        digests_begun.connect(row_digests.have_digests_begun)
        audit.audit_log.connect(
            audit.AuditLog(
                entries.write_entries, entries.entries_about, entries.was_last_by
            )
        )
        failures.failed_forms.connect(keeping.keep_failed_form)
        # The action that records a sign-in stamps it: one moment, one transaction.
        user_logged_in.disconnect(dispatch_uid="update_last_login")
        user_logged_in.connect(sessions.note_sign_in)
        user_logged_in.connect(offering.forget_drafts_at_sign_in)
        idempotency.finished_writes.connect(
            idempotency.FinishedWrites(
                keys.find_finished_write, keys.remember_finished_write
            )
        )
