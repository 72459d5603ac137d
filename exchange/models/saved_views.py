"""How people see lists: chosen columns, and filters that they saved under a name."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exchange.querysets import SavedViewQuerySet
from organizations.models import Organization

LONGEST_NAME = 30
LONGEST_ADDRESS = 2000


class SavedView(models.Model):
    """A list as somebody keeps it: its filter, its order and its columns.

    `list_name` is the name of the list's address, `address` the whole of it. A row
    without a name is how its owner always sees the list: its address has the columns
    alone. A row with an `organization` is offered to the offices there and below.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name=_("saved by"),
    )
    list_name = models.CharField(_("list"), max_length=80, editable=False)
    name = models.CharField(
        _("name of the saved filter"), max_length=LONGEST_NAME, blank=True
    )
    address = models.CharField(_("address of the list"), max_length=LONGEST_ADDRESS)
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("shared with the offices of"),
    )
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ["list_name", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "list_name", "name"],
                name="savedview_name_once",
                violation_error_message=_(
                    "You have a saved filter of this name for this list already."
                    " Nothing was saved: choose another name."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(name="") | Q(organization=None),
                name="savedview_shared_has_name",
                violation_error_message=_("What is shared needs a name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.list_name

    def get_absolute_url(self) -> str:
        """Return the list as it was saved."""
        return self.address

    @property
    def path(self) -> str:
        """The path of the list, without what is asked of it."""
        return self.address.partition("?")[0]
