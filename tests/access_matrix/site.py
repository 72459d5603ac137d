"""Doors that belong to the whole site."""

from tests.access_matrix.base import Door

DOORS = {
    "admin_login": Door("get", [200] + [302] * 13),
    "set_language": Door("post", [302] * 14, data=lambda _world: {"language": "en"}),
}
