"""Fills the ports of the ground floor with the tables of this one."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import idempotency, trail


class AccountsConfig(AppConfig):
    """The accounts app."""

    name = "accounts"
    verbose_name = _("Accounts and trail")

    def ready(self) -> None:
        from accounts.actions import keys, trail as entries  # noqa: I001, PLC0415 -- needs models

        trail.fill(entries.write_entries, entries.entries_about)
        idempotency.fill(keys.result_of, keys.remember_result)
