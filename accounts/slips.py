"""What a printed sign-in slip shows, and the sheet they are cut from."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.models import SignInSlip


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """One slip as it lies on the sheet; the code exists on this paper alone."""

    name: str
    place: str
    username: str
    by_member: bool
    code: str
    runs_out_at: dt.datetime
    address: str
    picture: str


def grouped(code: str) -> str:
    """Return a code in groups of four, as people copy it."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


def slip_sheet(
    request: HttpRequest,
    issued: Iterable[tuple[SignInSlip, str]],
    *,
    back_url: str,
    places: dict[int, str] | None = None,
) -> HttpResponse:
    """Show the slips just issued; `places` names each account's organization."""
    door = request.build_absolute_uri(reverse("accounts:activate"))
    slips = [_printed(slip, code, door, places or {}) for slip, code in issued]
    context: dict[str, Any] = {"slips": slips, "back_url": back_url}
    return render(request, "accounts/slip_sheet.html", context)


def _printed(
    slip: SignInSlip, code: str, door: str, places: dict[int, str]
) -> PrintedSlip:
    user = slip.user
    address = f"{door}#{code}"
    return PrintedSlip(
        name=str(user),
        place=places.get(user.pk, ""),
        username=user.username,
        by_member=getattr(user, "member", None) is not None,
        code=grouped(code),
        runs_out_at=slip.runs_out_at,
        address=door,
        picture=segno.make(address, error="m").svg_data_uri(scale=3),
    )
