"""Rooms, squares and points of service of a made-up city."""

from typing import Any

from communities.actions import record_facility
from communities.enums import WorksStage
from config.demo.names import People
from core.months import months_after
from organizations.models import Organization

FACILITIES: tuple[dict[str, Any], ...] = (
    {
        "kind": "party_room",
        "name": "党群活动室",
        "location": "社区办公楼一楼",
        "area": 80,
        "open_hours": "每天8:30—20:00",
        "works": "活动室屋面防水维修",
        "works_stage": WorksStage.UNDER_WAY,
    },
    {"kind": "service_hall", "name": "便民服务大厅", "area": 120},
    {"kind": "office", "name": "社区办公室", "area": 60, "lacks": "电话一部损坏"},
    {
        "kind": "culture_room",
        "name": "二楼综合活动室",
        "area": 100,
        "signs": "文体活动室\n市民学校\n四点半课堂",
        "real_use": "平时用于四点半课堂，周末开放",
        "shared_with": "社区老年协会",
    },
    {"kind": "square", "name": "健身广场", "area": 600},
    {"kind": "health_point", "name": "社区卫生服务站", "area": 150},
    {"kind": "legal_point", "name": "人民调解室", "area": 20},
)
"""What one community has; a police point is missing, and a room for the elderly."""
PLANNED: dict[str, Any] = {
    "kind": "elderly",
    "name": "老年活动中心（拟建）",
    "works": "新建老年活动中心",
    "works_stage": WorksStage.PLANNED,
}
"""What it is going to have."""


def make_facilities(shown: Organization, people: People) -> None:
    """Let one community have rooms and points of service."""
    for details in FACILITIES:
        record_facility(
            shown, starts_on=months_after(people.today, -10), by=None, **details
        )
    due = months_after(people.today, 7)
    record_facility(shown, works_due_on=due, by=None, **PLANNED)
