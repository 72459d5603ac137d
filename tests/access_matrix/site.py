"""Doors that belong to the whole site."""

from tests.access_matrix.base import Access, answers

ACCESS = {
    "healthz": Access("get", answers({}, otherwise=200)),
    "readyz": Access("get", answers({}, otherwise=200)),
    "admin_login": Access("get", answers({200: "nobody"}, otherwise=302)),
    "set_language": Access(
        "post", answers({}, otherwise=302), data=lambda _world: {"language": "en"}
    ),
}
