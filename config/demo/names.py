"""People who do not exist: names, numbers, addresses, all from one seed.

Identity numbers use region codes that are not allocated, mobiles a segment that is not
in public use.
"""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from core.identity import check_character
from core.months import years_before
from members.enums import Category, Sex, Standing, StartReason

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
)
GIVEN = {
    Sex.MALE: "伟强磊军勇杰涛明超辉刚平建国华志文斌波鹏",
    Sex.FEMALE: "芳娜敏静丽艳娟霞秀英玲桂兰梅琳雪慧红燕珍",
}
GROUPS = ("汉族",) * 23 + ("回族", "土家族", "满族")
EDUCATION = ("21", "31", "41", "61", "71", "14")
STREETS = ("丹桂路", "银杏巷", "海棠街", "木槿里", "玉兰大道", "人民路", "光明巷")
AGES = ((18, 30, 12), (31, 35, 11), (36, 45, 20), (46, 60, 27), (61, 88, 30))


ADULT = 19
"""How old the made-up people are at least when they join, in years."""


class People:
    """A source of people: the same seed gives the same ones."""

    def __init__(self, seed: int, today: dt.date) -> None:
        self.random = random.Random(seed)  # noqa: S311 -- a demo, not a secret
        self.today = today
        self.made = 0

    def values(
        self, *, joined_by: dt.date | None = None, **overrides: Any
    ) -> dict[str, Any]:
        """Return what is known of one more person, who joined by a day if given."""
        sex = self.random.choices((Sex.MALE, Sex.FEMALE), (68, 32))[0]
        joined_by = joined_by or self.today
        born = min(self._birth_date(), years_before(joined_by, ADULT))
        joined = min(self._joined(born), joined_by)
        probationary = (self.today - joined).days < 365
        values = {
            "name": self._name(sex),
            "sex": sex,
            "birth_date": born,
            "id_number": self._number(born, sex),
            "phone": f"169{self.made:08d}",
            "ethnicity": self.random.choice(GROUPS),
            "education": self.random.choice(EDUCATION),
            "join_date": joined,
            "standing": Standing.PROBATIONARY if probationary else Standing.FULL,
            "full_member_date": None if probationary else _year_later(joined),
            "category": self._category(born),
            "address": f"{self.random.choice(STREETS)}{self.random.randint(1, 99)}号",
        }
        self.made += 1
        return {**values, **overrides}

    def arriving(self, day: dt.date, reason: StartReason) -> dict[str, Any]:
        """Return somebody who belongs here from a day on; the newly admitted join."""
        if reason != StartReason.DEVELOPED:
            return self.values(joined_by=day)
        standing = Standing.PROBATIONARY
        return self.values(join_date=day, standing=standing, full_member_date=None)

    def many(self, count: int, **overrides: Any) -> Iterator[dict[str, Any]]:
        """Return what is known of so many more people."""
        return (self.values(**overrides) for _ in range(count))

    def _name(self, sex: Sex) -> str:
        given = "".join(
            self.random.choice(GIVEN[sex]) for _ in range(self.random.choice((1, 2, 2)))
        )
        return self.random.choice(SURNAMES) + given

    def _birth_date(self) -> dt.date:
        low, high, _share = self.random.choices(AGES, [share for *_, share in AGES])[0]
        age = self.random.randint(low, high)
        return self.today - dt.timedelta(days=age * 365 + self.random.randint(10, 360))

    def _joined(self, born: dt.date) -> dt.date:
        adult = born + dt.timedelta(days=18 * 366 + 30)
        span = max((self.today - adult).days - 30, 1)
        return min(
            adult + dt.timedelta(days=self.random.randint(0, min(span, 9000))),
            self.today - dt.timedelta(days=20),
        )

    def _number(self, born: dt.date, sex: Sex) -> str:
        serial = (self.made % 500) * 2 + (1 if sex == Sex.MALE else 0)
        body = f"{429901 + self.made // 500:06d}{born:%Y%m%d}{serial:03d}"
        return body + check_character(body)

    def _category(self, born: dt.date) -> Category:
        if (self.today - born).days > 60 * 365 and self.random.random() < 0.8:
            return Category.RETIRED
        return Category.RESIDENT


def _year_later(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=366)
