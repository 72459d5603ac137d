"""The places of a county-level city as in the third field study (F19, F20)."""

import random
from collections.abc import Iterator
from typing import Any

from organizations.enums import OrganizationKind

K = OrganizationKind
STREETS = (
    ("NC", "南城街道", K.STREET, 9),
    ("BC", "北城街道", K.STREET, 10),
    ("HC", "环城街道", K.STREET, 7),
    ("KF", "枣阳经济开发区", K.ZONE, 5),
)
COMMUNITIES = (
    "丹桂 银杏 海棠 木槿 玉兰 柳岸 朝阳 前进 建设 光武 白水 沙河 "
    "南园 惠湾 书院 顺城 民主 大东 新华 中兴 襄阳路 车站 人民 "
    "霍庄 张庄 鲍岗 宋湾 靳庄 东园 西园 茶棚"
).split()
NUMERALS = "一二三四五六七八九十"
BRANCHES, MEMBERS = 380, 17_000
CROWDED = (52, 54, 55, 56, 58, 60)
LARGEST, SMALLEST = 50, 36


def numeral(number: int) -> str:
    """Write a number up to nineteen as branches do: 一 … 十九."""
    if number <= 10:
        return NUMERALS[number - 1]
    return f"十{NUMERALS[number - 11]}"


def tree() -> Iterator[dict[str, Any]]:
    """Yield one city, three streets and a zone, 31 communities, 380 branches."""
    yield {
        "code": "ZY",
        "name": "枣阳市",
        "full_name": "中共枣阳市委员会",
        "kind": K.CITY,
        "parent": None,
    }
    names = iter(COMMUNITIES)
    extra = BRANCHES - 12 * len(COMMUNITIES)
    number = 0
    for code, street, kind, count in STREETS:
        full = f"中共枣阳市{street}工作委员会"
        yield {
            "code": code,
            "name": street,
            "full_name": full,
            "kind": kind,
            "parent": "ZY",
        }
        for place in range(1, count + 1):
            number += 1
            name = f"{next(names)}社区"
            yield from _community(
                f"{code}{place:02d}", name, code, 13 if number <= extra else 12
            )


def _community(
    code: str, name: str, parent: str, branches: int
) -> Iterator[dict[str, Any]]:
    yield {
        "code": code,
        "name": name,
        "full_name": f"中共{name}委员会",
        "kind": K.COMMUNITY,
        "parent": parent,
    }
    for number in range(1, branches + 1):
        branch = f"{name}第{numeral(number)}党支部"
        yield {
            "code": f"{code}{number:02d}",
            "name": branch,
            "full_name": f"中共{name}第{numeral(number)}支部委员会",
            "kind": K.BRANCH,
            "parent": code,
            "aliases": [f"{name.removesuffix('社区')}{numeral(number)}支部"],
            "aliases_within": {code: [f"第{numeral(number)}党支部"]},
        }


def sizes(seed: int) -> list[int]:
    """Return the sizes of the 380 branches: 17,000 members, six branches over 50."""
    chance = random.Random(seed)  # noqa: S311 -- a demo, not a secret
    ordinary = BRANCHES - len(CROWDED)
    base, rest = divmod(MEMBERS - sum(CROWDED), ordinary)
    spread = [base + (place < rest) for place in range(ordinary)]
    for _ in range(2000):
        giver, taker = chance.randrange(ordinary), chance.randrange(ordinary)
        if spread[giver] > SMALLEST and spread[taker] < LARGEST and giver != taker:
            spread[giver] -= 1
            spread[taker] += 1
    every = [*spread, *CROWDED]
    chance.shuffle(every)
    return every
