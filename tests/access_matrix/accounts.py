"""Doors of signing in, of the desk and of sign-in slips."""

from accounts.models import Notice
from tests.access_matrix.base import Door


def notices(world):
    """A notice of one's own secretary, and one of the other street's staff."""
    own = Notice.objects.create(user=world.people["secretary"], text="有一项待办")
    other = world.people["staff_elsewhere"]
    foreign = Notice.objects.create(user=other, text="另有待办")
    return [own.pk], [foreign.pk]


SIGNED_IN = [302] + [200] * 13
#         nobody  unit clerk- staff  cash-  offi- system auditor
#           member secr. branch elsewhere ier   cer  security
DOORS = {
    "accounts:home": Door("get", [302] * 14),
    "accounts:sign_in": Door("get", [200] + [302] * 13),
    "accounts:sign_out": Door("post", [302] * 14),
    "accounts:activate": Door("get", [200] * 14),
    "accounts:password": Door("get", SIGNED_IN),
    "accounts:slips": Door(
        "get",
        [302, 403, 403, 403, 403, 403, 200, 200, 403, 403, 403, 200, 403, 403],
    ),
    "accounts:desk": Door("get", SIGNED_IN),
    "accounts:notices": Door("get", SIGNED_IN),
    "accounts:read_notices": Door("post", [302] * 14),
    "accounts:read_notice": Door(
        "post",
        [302, 404, 404, 302, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404],
        [302, 404, 404, 404, 404, 404, 404, 302, 404, 404, 404, 404, 404, 404],
        args=notices,
    ),
}
