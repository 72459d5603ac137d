"""Steps of meetings, posts and service."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from communities.enums import MeetingKind
from communities.models import Meeting
from tests.walk.actions import Hands, Step
from volunteering.enums import ClaimState, PostState, RecordState
from volunteering.models import Claim, Post, ServiceRecord, Shift

KINDS = [MeetingKind.MEMBERS, MeetingKind.COMMITTEE, MeetingKind.LESSON]


class Meetings(Hands):
    """Meetings are held, their minutes corrected and voided."""

    def steps(self) -> list[Step]:
        """The steps, those that happen often named more than once."""
        often: list[Step] = [self.meet] * 5
        return [*often, self.correct_minutes, self.void_meeting]

    def meet(self) -> None:
        """A keeper records a meeting in its two steps, with who was there."""
        cast = self.cast()
        keeper, branch = self.keeper(cast), self.chance.choice(cast.branches)
        kind = self.chance.choice([*KINDS, MeetingKind.THEME_DAY])
        query = f"organization={branch.pk}&kind={kind}&held_on={self.recently()}"
        answer = keeper.get(f"{reverse('communities:record')}?{query}")
        url = answer.request["PATH_INFO"]
        form = keeper.page(url).form_to(url)
        assert form is not None
        people = [pk for pk in form.choices.get("chair", []) if pk]
        if not people:
            return self.one_of([])
        there = {name: self.chance.choice(people) for name in ("chair", "recorder")}
        values: dict[str, Any] = {"topic": f"议题{self.number()}", **there}
        listed = form.choices.get("absent", [])
        if "called" in form.choices:
            values["called"] = listed
        others = [pk for pk in listed if pk not in there.values()]
        absent = [pk for pk in others if self.chance.random() < 0.15]
        values |= {"absent": absent} | {f"reason_{pk}": "work" for pk in absent}
        keeper.send(form, **values)
        return None

    def _standing(self) -> tuple[Any, Meeting]:
        cast = self.cast()
        rows = Meeting.objects.filter(organization__in=cast.branches)
        return cast, self.one_of(rows.order_by("pk"))

    def correct_minutes(self) -> None:
        """A keeper corrects the day or the kind of a meeting."""
        cast, meeting = self._standing()
        values: dict[str, Any] = {"topic": f"更正{self.number()}"}
        if self.chance.random() < 0.5:
            values["held_on"] = self.recently()
        if self.chance.random() < 0.5:
            values["kind"] = self.chance.choice(KINDS)
        url = reverse("communities:change", args=[meeting.pk])
        self.keeper(cast).fill(url, **values)

    def void_meeting(self) -> None:
        """A keeper voids a meeting."""
        cast, meeting = self._standing()
        url = reverse("communities:void", args=[meeting.pk])
        self.keeper(cast).fill(url, reason="重复录入")


class Service(Hands):
    """Posts are offered, claimed, given back; hours recorded and confirmed."""

    def steps(self) -> list[Step]:
        """The steps, those that happen often named more than once."""
        often: list[Step] = [
            *[self.offer] * 2,
            *[self.claim] * 4,
            *[self.record_hours] * 3,
            *[self.confirm] * 3,
        ]
        rare: list[Step] = [
            self.publish,
            self.add_shift,
            self.change_shift,
            self.close_post,
            self.give_back,
            self.hand_back,
        ]
        return [*often, *rare]

    def _shift(self) -> dict[str, Any]:
        return {
            "day": self.soon(),
            "begins": "09:00",
            "ends": f"{self.chance.randint(10, 12)}:00",
            "meeting_point": "党群服务中心",
            "capacity": self.chance.randint(1, 3),
        }

    def _post(self, **narrowed: Any) -> tuple[Any, Post]:
        cast = self.cast()
        rows = Post.objects.filter(organization=cast.community, **narrowed)
        return cast, self.one_of(rows.order_by("pk"))

    def offer(self) -> None:
        """A keeper offers a post with its first shift, at once or as a draft."""
        cast = self.cast()
        values = {"title": f"岗位{self.number()}", "description": "在路口劝导"}
        values |= {"contact_name": "王芳", "contact_phone": "0571-8888666"}
        values["draft"] = self.chance.choice([None, None, "on"])
        category = {"category": "community_governance"}
        self.chance.choice([cast.secretary, cast.clerk]).fill(
            reverse("volunteering:offer"), **values, **category, **self._shift()
        )

    def publish(self) -> None:
        """A keeper opens a draft."""
        cast, post = self._post(state=PostState.DRAFT)
        button = reverse("volunteering:publish", args=[post.pk])
        self.keeper(cast).press(post.get_absolute_url(), button)

    def add_shift(self) -> None:
        """A keeper adds one more time."""
        cast, post = self._post(state=PostState.OPEN)
        url = reverse("volunteering:add_shift", args=[post.pk])
        self.keeper(cast).fill(url, **self._shift())

    def change_shift(self) -> None:
        """A keeper puts a coming shift off."""
        cast, post = self._post(state=PostState.OPEN)
        shift = self.one_of(post.shifts.filter(starts_at__gt=timezone.now()))
        url = reverse("volunteering:change_shift", args=[shift.pk])
        self.keeper(cast).fill(url, **self._shift())

    def close_post(self) -> None:
        """A keeper closes a post."""
        cast, post = self._post(state=PostState.OPEN)
        url = reverse("volunteering:close", args=[post.pk])
        self.keeper(cast).fill(url, reason="任务完成")

    def claim(self) -> None:
        """A member takes a place with the post's own button."""
        coming = Shift.objects.filter(
            post__state=PostState.OPEN, starts_at__gt=timezone.now()
        )
        shift, phone = self.one_of(coming.order_by("pk")), self.phone()
        button = reverse("volunteering:claim", args=[shift.pk])
        phone.press(shift.post.get_absolute_url(), button)

    def give_back(self) -> None:
        """A member gives a place back from the list of their service."""
        rows = Claim.objects.filter(
            state=ClaimState.ACTIVE, shift__starts_at__gt=timezone.now()
        )
        row = self.one_of(rows.order_by("pk"))
        button = reverse("volunteering:withdraw", args=[row.pk])
        mine = reverse("volunteering:mine")
        self.world.phones[row.member_id].press(mine, button)

    def record_hours(self) -> None:
        """The member, or a keeper for them, records how long they served."""
        rows = Claim.objects.unrecorded().order_by("pk")
        row = self.one_of(rows.select_related("shift__post"))
        keeper = self._cast_of(row.shift.post.organization_id).clerk
        visitor = self.chance.choice([self.world.phones[row.member_id], keeper])
        url = reverse("volunteering:record", args=[row.pk])
        visitor.fill(url, hours=f"{self.chance.randint(1, 8) / 2}")

    def _cast_of(self, pk: int) -> Any:
        return next(p for p in self.world.casts if p.community.pk == pk)

    def confirm(self) -> None:
        """A second person ticks what waits, and confirms it."""
        waiting = ServiceRecord.objects.filter(state=RecordState.SUBMITTED)
        row = self.one_of(waiting.order_by("pk"))
        cast = self._cast_of(row.community_id)
        visitor = self.chance.choice([cast.secretary, cast.clerk])
        page = visitor.page(reverse("volunteering:service"))
        form = page.form_to(reverse("volunteering:confirm"))
        if form is None:
            return self.one_of([])
        visitor.send(form, record=form.choices.get("record", []))
        return None

    def hand_back(self) -> None:
        """A keeper hands a record of hours back."""
        waiting = ServiceRecord.objects.filter(state=RecordState.SUBMITTED)
        row = self.one_of(waiting.order_by("pk"))
        url = reverse("volunteering:return", args=[row.pk])
        self._cast_of(row.community_id).secretary.fill(url, reason="请核对时长")
