"""How long a refusal takes tells nothing about the name that was tried.

The processor's time is measured, which other work on the machine does not lengthen, and
the kinds of names take turns.
"""

import time
from statistics import median

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories.accounts import PASSWORD, UserFactory

ROUNDS = 40  # of each of five kinds of names: 200 tries (row 8)
MOST = 0.030  # seconds between the medians
WRONG = "wrong"


class SlowHasher(PBKDF2PasswordHasher):
    """Takes long enough to be seen where it is left out, and not much longer."""

    algorithm = "measured"
    iterations = 60_000


def seconds_of_a_comparison() -> float:
    began = time.process_time()
    SlowHasher().encode(PASSWORD, "salt")
    return time.process_time() - began


def accounts(kind: str, **columns) -> list[str]:
    """Two open accounts of a kind, which share its tries."""
    names = []
    for number in (1, 2):
        user = UserFactory(username=f"{kind}{number}")
        user.set_password(PASSWORD)
        User.objects.filter(pk=user.pk).update(**{"password": user.password, **columns})
        names.append(user.username)
    return names


@pytest.mark.slow
@pytest.mark.django_db
def test_a_refusal_takes_as_long_for_every_name(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.SlowHasher"]
    known = accounts("known")
    closed = accounts("closed", is_active=False)
    unopened = accounts("unopened", password="!")  # a slip that nobody has used
    names = {
        "known": lambda n: known[n % 2],
        "closed": lambda n: closed[n % 2],
        "without a password": lambda n: unopened[n % 2],
        "unknown": lambda n: f"nobody{n}",
        "a phone of nobody": lambda n: f"139{n:08d}",
    }
    taken = {kind: [] for kind in names}

    for number in range(ROUNDS):
        for place, (kind, name) in enumerate(names.items()):
            sent = {"username": name(number), "password": WRONG}
            address = f"203.0.{place}.{number + 1}"
            began = time.process_time()
            answer = Client().post(
                reverse("accounts:sign_in"), sent, REMOTE_ADDR=address
            )
            taken[kind].append(time.process_time() - began)
            assert answer.status_code == 200

    medians = {kind: median(times[1:]) for kind, times in taken.items()}
    apart = max(medians.values()) - min(medians.values())
    assert apart < min(MOST, seconds_of_a_comparison() / 2), medians
