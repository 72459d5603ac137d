"""What the forms of this app share."""

from typing import Any, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.models import User
from core.views import DeedFormView, M, OverRow


class RowForm(OverRow[M], DeedFormView):
    """A form over one row; permission is asked before it is shown."""

    row: M

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        self.row = self.found()
        return super().dispatch(request, *args, **kwargs)

    @property
    def by(self) -> User:
        """The signed-in person, as deeds want to know him."""
        return cast("User", self.request.user)
