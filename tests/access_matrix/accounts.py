"""Who may open the pages of signing in, of the desk and of sign-in slips."""

from accounts.models import Notice
from tests.access_matrix.base import Access, answers


def notices(world):
    """A notice of one's own secretary, and one of the other street's staff."""
    own = Notice.objects.create(user=world.people["secretary"], text="有一项待办")
    other = world.people["staff_elsewhere"]
    foreign = Notice.objects.create(user=other, text="另有待办")
    return [own.pk], [foreign.pk]


SIGNED_IN = answers({302: "nobody"}, otherwise=200)
AUDITORS = answers({200: "auditor", 302: "nobody"}, otherwise=403)
LOG_READERS = answers(
    {
        200: "staff staff_elsewhere system_admin security_admin auditor",
        302: "nobody",
    },
    otherwise=403,
)
#         nobody  unit clerk- staff  cash-  offi- system auditor
#           member secr. branch elsewhere ier   cer  security
ACCESS = {
    "accounts:home": Access("get", answers({}, otherwise=302)),
    "accounts:sign_in": Access("get", answers({200: "nobody"}, otherwise=302)),
    "accounts:sign_out": Access("post", answers({}, otherwise=302)),
    "accounts:activate": Access("get", answers({}, otherwise=200)),
    "accounts:password": Access("get", SIGNED_IN),
    "accounts:slips": Access(
        "get",
        answers(
            {200: "staff staff_elsewhere system_admin", 302: "nobody"}, otherwise=403
        ),
    ),
    "accounts:desk": Access("get", SIGNED_IN),
    "accounts:access_log": Access("get", LOG_READERS),
    "accounts:export_access_log": Access("get", LOG_READERS),
    "accounts:change_log": Access("get", LOG_READERS),
    "accounts:export_change_log": Access("get", LOG_READERS),
    "accounts:proof": Access("get", AUDITORS),
    "accounts:proof_paper": Access("get", AUDITORS),
    "accounts:notices": Access("get", SIGNED_IN),
    "accounts:read_notices": Access("post", answers({}, otherwise=302)),
    "accounts:read_notice": Access(
        "post",
        answers({302: "nobody secretary"}, otherwise=404),
        answers({302: "nobody staff_elsewhere"}, otherwise=404),
        args=notices,
    ),
}
