"""What the people of the walk send is tried beforehand with fields no form shows.

The walk fills in forms that `tests/test_mass_assignment.py` cannot. Each form is tried
until it wrote something; what the tries wrote is rolled back.
"""

from typing import Any

import pytest

from tests.extra_fields import what_extras_change
from tests.html import Form
from tests.test_every_write import name_of
from tests.walk.people import Visitor

# What `tests/test_mass_assignment.py` does not fill in, and every walk does.
TRIED_IN_EVERY_WALK = {
    "admin:members_member_add",
    "cobuilding:sign_for_community",
    "cobuilding:sign_for_unit",
    "communities:record_for",
    "members:admit",
    "members:check_in",
    "members:move",
    "reports:accept",
    "volunteering:offer",
    "volunteering:record",
}


class ExtraFields:
    """Sends each form of the walk with extra fields before the walk sends it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.tried: set[str] = set()
        self.faults: list[str] = []
        self.send = Visitor.send

        def try_and_send(visitor: Visitor, form: Form, **values: Any) -> None:
            self.try_form(visitor, form, values)
            self.send(visitor, form, **values)

        monkeypatch.setattr(Visitor, "send", try_and_send)

    def try_form(self, visitor: Visitor, form: Form, values: dict[str, Any]) -> None:
        """Try a form unless it was tried and wrote something."""
        name = name_of(form.action)
        if name in self.tried:
            return
        wrote, wrong = what_extras_change(visitor.client, form, form.sent(**values))
        self.faults += wrong
        if wrote:
            self.tried.add(name)

    def list_faults(self) -> list[str]:
        """Return what extra fields changed, and which forms no step filled in."""
        untried = sorted(TRIED_IN_EVERY_WALK - self.tried)
        return [*self.faults, *(f"{name} was not tried" for name in untried)]
