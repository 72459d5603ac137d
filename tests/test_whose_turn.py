"""Whoever's turn it is hears of it: by a notice, or by a to-do on their desk.

Each row is a state of a handshake, how it is reached, and who has to act next.
"""

import pytest

from accounts.models import Notice
from cobuilding.actions import sign_agreement
from cobuilding.enums import Side
from core.months import today
from core.registries.todos import todos_for
from organizations.roles import Role
from reports.actions import return_for_correction
from tests.factories.accounts import holder
from tests.factories.cobuilding import AgreementFactory, TargetFactory
from tests.factories.members import TransferFactory
from tests.factories.organizations import BranchFactory, UnitFactory
from tests.factories.reports import MonthlyReturnFactory, submit
from tests.factories.volunteering import ServiceRecordFactory
from volunteering.actions import return_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(east, secretary, staff):
    school = UnitFactory(name="第一中学", host=east)
    return {
        "secretary": secretary,
        "staff": staff,
        "liaison": holder(Role.LIAISON, unit=school, name="孙丽"),
        "school": school,
    }


def agreement_of(east, people):
    draft = AgreementFactory(organization=east, unit=people["school"])
    TargetFactory(agreement=draft, project__unit=people["school"])
    return draft


def signed_by_unit(east, people):
    sign_agreement(agreement_of(east, people), Side.UNIT, by=people["liaison"])


def signed_by_community(east, people):
    draft = agreement_of(east, people)
    sign_agreement(draft, Side.COMMUNITY, by=people["secretary"])


def service_recorded(east, people):
    ServiceRecordFactory(claim__past=True, claim__shift__post__organization=east)


def service_returned(east, people):
    record = ServiceRecordFactory(
        claim__past=True,
        claim__shift__post__organization=east,
        by=people["secretary"],
    )
    return_service(record, by=people["staff"], reason="时长有误，请核对")


def return_submitted(east, people):
    submit(MonthlyReturnFactory(organization=east))


def return_sent_back(east, people):
    row = submit(MonthlyReturnFactory(organization=east))
    return_for_correction(row, by=people["staff"], reason="请核对转入人数")


def transfer_proposed(east, people):
    TransferFactory(member__organization=BranchFactory(parent=east))


TURNS = {
    return_submitted: "staff",
    return_sent_back: "secretary",
    transfer_proposed: "staff",
    signed_by_unit: "secretary",
    signed_by_community: "liaison",
    service_recorded: "secretary",
    service_returned: "secretary",
}


@pytest.mark.parametrize("reach", TURNS, ids=lambda reach: reach.__name__)
def test_whoever_has_to_act_next_hears_of_it(reach, east, people):
    turn = people[TURNS[reach]]
    before = told(turn)

    reach(east, people)

    assert told(turn) > before


def told(user):
    """Return how much waits for a person: unread notices, and to-dos with counts."""
    notices = Notice.objects.visible_to(user).unread().count()
    return notices + sum(todo.count or 1 for todo in todos_for(user, today()))
