"""Steps about members: on the community's pages, in the admin, and on a phone."""

from typing import Any

from django.urls import reverse

from members.enums import Category, EndReason, MobileKind
from members.fields import ENTERING
from members.forms import CHECKING_OUT, LEAVING
from members.models import CheckIn, Member, MobileRecord
from tests.factories.members import NUMERALS, identity_number
from tests.walk.actions import Hands, Step
from tests.walk.people import CommunityCast


def page(name: str, member: Member) -> str:
    """A page over one member."""
    return reverse(f"members:{name}", args=[member.pk])


class Membership(Hands):
    """Members come, move, go away, come back and leave."""

    def steps(self) -> list[Step]:
        """The steps, those that happen often named more than once."""
        often: list[Step] = [self.admit, self.admit_in_the_admin, self.move]
        phone: list[Step] = [self.check_in, self.check_in, self.leave]
        rare: list[Step] = [
            self.end,
            self.end_in_the_admin,
            self.affiliate,
            self.void,
            self.correct,
            self.go_away,
            self.come_back,
            self.check_out,
        ]
        return [*often, *often, *rare, *phone]

    def member_of(self, cast: CommunityCast) -> Member:
        """Somebody on the community's rolls."""
        return self.one_of(
            Member.objects.filter(organization__in=cast.branches).order_by("pk")
        )

    def _particulars(self) -> dict[str, Any]:
        number = identity_number(self.number(), sex=self.chance.choice("12"))
        reason = self.chance.choice([value for value, _label in ENTERING])
        day = self.recently()
        return {
            "name": "新人" + f"{self.serial}".translate(NUMERALS),
            "starts_on": day,
            "approved_on": day,
            "confirmed": "on",
            "standing": "full",
            "category": "resident",
            "reason": reason,
            "number": number,
        }

    def admit(self) -> None:
        """A keeper enters a member on the page."""
        cast, values = self.cast(), self._particulars()
        values["id_number"] = values.pop("number")
        home = self.chance.choice(cast.branches).pk
        self.keeper(cast).fill(reverse("members:admit"), organization=home, **values)

    def admit_in_the_admin(self) -> None:
        """The street's staff enter a member in the admin."""
        cast, values = self.cast(), self._particulars()
        values["new_id_number"] = values.pop("number")
        home = self.chance.choice(cast.branches).pk
        url = reverse("admin:members_member_add")
        cast.staff.fill(url, home=home, **values)

    def move(self) -> None:
        """The staff let a member belong to another branch of the street."""
        cast = self.cast()
        street = cast.community.parent_id
        there = [
            branch.pk
            for other in self.world.casts
            if other.community.parent_id == street
            for branch in other.branches
        ]
        to, day = self.chance.choice(there), self.recently()
        cast.staff.fill(page("move", self.member_of(cast)), organization=to, on=day)

    def end(self) -> None:
        """A keeper ends a membership."""
        cast = self.cast()
        reason = self.chance.choice([value for value, _label in LEAVING])
        url = page("end", self.member_of(cast))
        self.keeper(cast).fill(url, reason=reason, on=self.recently())

    def end_in_the_admin(self) -> None:
        """The staff end a membership in the admin."""
        cast = self.cast()
        reason = self.chance.choice([value for value, _label in LEAVING])
        url = reverse("admin:members_member_end", args=[self.member_of(cast).pk])
        cast.staff.fill(url, reason=reason, on=self.recently())

    def affiliate(self) -> None:
        """The staff take somebody back who had left."""
        cast = self.cast()
        ids = [branch.pk for branch in cast.branches]
        gone = Member.objects.filter(organization=None, affiliations__isnull=False)
        alive = gone.exclude(end_reason=EndReason.DIED)
        here = alive.filter(affiliations__organization__in=ids).distinct()
        here = here.managed_by(cast.staff.user)
        url = page("affiliate", self.one_of(here.order_by("pk")))
        offered = cast.staff.get(url).context["form"].fields["reason"].choices
        reason = self.chance.choice([key for key, _label in offered if key])
        values = {"organization": self.chance.choice(ids), "reason": reason}
        cast.staff.fill(url, on=self.recently(), **values)

    def void(self) -> None:
        """A keeper voids an entry of a member's record."""
        cast = self.cast()
        url, keeper = page("void", self.member_of(cast)), self.keeper(cast)
        offered = keeper.get(url).context["form"].fields["entry"].choices
        entries = [key for key, _label in offered]
        keeper.fill(url, entry=self.chance.choice(entries), reason="录入错误")

    def correct(self) -> None:
        """A keeper corrects a number, and with it the sex, or a remark."""
        cast = self.cast()
        values: dict[str, Any] = {"remark": f"备注{self.number()}"}
        if self.chance.random() < 0.5:
            sex = self.chance.choice("12")
            values["id_number"] = identity_number(self.number(), sex=sex)
        self.keeper(cast).fill(page("change", self.member_of(cast)), **values)

    def go_away(self) -> None:
        """A keeper notes that a member is away."""
        cast = self.cast()
        url, day = page("away", self.member_of(cast)), self.recently()
        kind = self.chance.choice(MobileKind.values)
        self.keeper(cast).fill(url, destination="外省", kind=kind, on=day)

    def come_back(self) -> None:
        """A keeper notes that a member is back."""
        cast = self.cast()
        away = MobileRecord.objects.filter(ends_on=None)
        here = away.filter(member__organization__in=cast.branches)
        url = page("back", self.one_of(here.order_by("pk")).member)
        self.keeper(cast).fill(url, on=self.recently(late=0.1))

    def check_in(self) -> None:
        """A member with a phone checks in with a community."""
        community, phone = self.cast().community, self._in_service()
        form = phone.page(reverse("members:check_in")).form_to("/me/check-in/")
        assert form is not None
        phone.send(form, community=community.pk)

    def _in_service(self) -> Any:
        open_accounts = Member.objects.current().filter(user__is_active=True)
        serving = open_accounts.filter(category=Category.IN_SERVICE)
        return self.world.phones[self.one_of(serving.order_by("pk")).pk]

    def leave(self) -> None:
        """A member with a phone leaves the community again."""
        here = CheckIn.objects.filter(ends_on=None).order_by("pk")
        phone = self.world.phones[self.one_of(here).member_id]
        phone.press(reverse("members:me"), reverse("members:leave"))

    def check_out(self) -> None:
        """A keeper ends a check-in for somebody who has moved away."""
        row = self.one_of(CheckIn.objects.filter(ends_on=None).order_by("pk"))
        cast = next(p for p in self.world.casts if p.community == row.community)
        page_of = page("detail", row.member)
        link, why = (
            page("check_out", row.member),
            self.chance.choice([value for value, _label in CHECKING_OUT]),
        )
        self.keeper(cast).follow(page_of, link, reason=why)
