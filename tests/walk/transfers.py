"""Steps of transfers by letter: the desks of two streets, and letters to outside."""

from typing import Any

from django.urls import reverse

from members.enums import RECEIVABLE, TransferKind, TransferState
from members.models import Member, Transfer
from organizations.models import Organization
from tests.walk.actions import Hands, Step
from tests.walk.people import Visitor


def page(name: str, row: Any) -> str:
    """A page over a member or a transfer."""
    return reverse(f"members:{name}", args=[row.pk])


class Transfers(Hands):
    """Members leave by letter, arrive, are refused, and come from outside."""

    def steps(self) -> list[Step]:
        """The steps, those that happen often named more than once."""
        often: list[Step] = [self.propose, self.issue, self.receive]
        rare: list[Step] = [self.record_receipt, self.refuse, self.take_back]
        return [*often, *often, *rare]

    def letter(self, *states: TransferState, **where: Any) -> Transfer:
        """A transfer in one of the states."""
        rows = Transfer.objects.filter(state__in=states, **where).order_by("pk")
        transfer: Transfer = self.one_of(rows.select_related("issuer", "addressee"))
        return transfer

    def street(self, organization: Organization | None) -> Visitor:
        """The staff of a street."""
        return self.world.streets[organization.pk if organization is not None else 0]

    def propose(self) -> None:
        """A keeper proposes that a member goes to the other street, or outside."""
        cast = self.cast()
        member = self.one_of(
            Member.objects.filter(organization__in=cast.branches).order_by("pk")
        )
        others = [key for key in self.world.streets if key != cast.community.parent_id]
        outside = self.chance.random() < 0.4
        to = (
            {"to_text": "省外某党委"} if outside else {"to": self.chance.choice(others)}
        )
        url = page("propose_transfer", member)
        keeper = self.keeper(cast)
        keeper.follow(member.get_absolute_url(), url, cause="family", **to)

    def issue(self) -> None:
        """The street issues a letter."""
        transfer = self.letter(TransferState.PROPOSED)
        staff = self.street(transfer.issuer)
        staff.follow(transfer.get_absolute_url(), page("issue_letter", transfer))

    def receive(self) -> None:
        """The other street receives a member, some days after the letter."""
        transfer = self.letter(*RECEIVABLE, kind=TransferKind.WITHIN)
        staff, street = self.street(transfer.addressee), transfer.addressee_id
        there = [
            branch.pk
            for cast in self.world.casts
            if cast.community.parent_id == street
            for branch in cast.branches
        ]
        url = page("receive_transfer", transfer)
        branch, day = self.chance.choice(there), self.recently(late=0)
        staff.follow(transfer.get_absolute_url(), url, branch=branch, on=day)

    def record_receipt(self) -> None:
        """The street records a receipt that came back from outside."""
        transfer = self.letter(*RECEIVABLE, kind=TransferKind.OUT)
        url, day = page("record_receipt", transfer), self.recently(late=0)
        self.street(transfer.issuer).follow(transfer.get_absolute_url(), url, on=day)

    def refuse(self) -> None:
        """The other street refuses."""
        transfer = self.letter(TransferState.ISSUED, kind=TransferKind.WITHIN)
        url = page("refuse_transfer", transfer)
        staff = self.street(transfer.addressee)
        staff.follow(transfer.get_absolute_url(), url, reason="地址有误")

    def take_back(self) -> None:
        """The street takes a letter back, or issues it again."""
        transfer = self.letter(TransferState.ISSUED, TransferState.EXPIRED)
        name = self.chance.choice(["void_transfer", "reissue_letter"])
        staff = self.street(transfer.issuer)
        staff.follow(transfer.get_absolute_url(), page(name, transfer), reason="遗失")
