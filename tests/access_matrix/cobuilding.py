"""Doors of co-building: keepers write, liaisons read and sign their own."""

from tests.access_matrix.base import CANARY, Door
from tests.factories.cobuilding import AgreementFactory, TargetFactory
from tests.factories.communities import ProjectFactory

LIST = [302, 403, 403, 200, 200, 403, 200, 200, 403, 403, 200, 403, 403, 403]
KEEP = [302, 403, 403, 200, 200, 403, 200, 200, 403, 403, 403, 403, 403, 403]
UNIT = [302, 403, 200, *[403] * 11]
LOOK = {
    "own": [302, 404, 200, 200, 404, 404, 200, 404, 404, 404, 200, 404, 404, 404],
    "foreign": [302, 404, 404, 404, 200, 404, 404, 200, 404, 404, 200, 404, 404, 404],
}
FORM = {
    "own": [302, 404, 403, 200, 404, 404, 200, 404, 404, 404, 403, 404, 404, 404],
    "foreign": [302, 404, 404, 404, 200, 404, 404, 200, 404, 404, 403, 404, 404, 404],
}
VERB = {
    "own": [302, 404, 403, 302, 404, 404, 302, 404, 404, 404, 403, 404, 404, 404],
    "foreign": [302, 404, 404, 404, 302, 404, 404, 302, 404, 404, 403, 404, 404, 404],
}
SIGN_FOR_UNIT = {
    "own": [302, 404, 200, 403, 404, 404, 403, 404, 404, 404, 403, 404, 404, 404],
    "foreign": [302, 404, 404, 404, 403, 404, 404, 403, 404, 404, 403, 404, 404, 404],
}
SIGN_FOR_COMMUNITY = {
    "own": [302, 404, 403, 200, 404, 404, 403, 404, 404, 404, 403, 404, 404, 404],
    "foreign": [302, 404, 404, 404, 403, 404, 404, 403, 404, 404, 403, 404, 404, 404],
}


def targets(world):
    """A target of each street's draft, over a project of unit and community."""
    return world.once("targets", lambda: new_targets(world))


def new_targets(world):
    own = AgreementFactory(organization=world.community, unit=world.unit)
    other = AgreementFactory(
        organization=world.other_community,
        unit=world.other_unit,
        title=f"{CANARY}协议",
    )
    return (
        TargetFactory(agreement=own, project__unit=world.unit),
        TargetFactory(
            agreement=other,
            project__name=f"{CANARY}项目",
            project__unit=world.other_unit,
        ),
    )


def target_args(world):
    """Addresses over a target."""
    own, foreign = targets(world)
    return [own.pk], [foreign.pk]


def month_args(world):
    """Addresses over a target's month."""
    own, foreign = targets(world)
    return [own.pk, 2026, 3], [foreign.pk, 2026, 3]


def agreement_args(world):
    """Addresses over a draft with a target."""
    own, foreign = targets(world)
    return [own.agreement.pk], [foreign.agreement.pk]


def project_args(world):
    """Addresses over a project."""
    own, foreign = targets(world)
    return [own.project.pk], [foreign.project.pk]


def reason(_world):
    """What a verb that asks why is sent."""
    return {"reason": "工作需要"}


def listed(world):
    """Fill the lists with what each street has; the addresses name nothing."""
    targets(world)
    ProjectFactory(organization=world.community)
    return [], []


DOORS = {
    "cobuilding:unit": Door("get", UNIT, args=listed),
    "cobuilding:list": Door("get", LIST, args=listed),
    "communities:projects": Door("get", LIST, args=listed),
    "communities:start_project": Door("get", KEEP, args=listed),
    "cobuilding:draft_agreement": Door("get", KEEP, args=listed),
    "communities:project": Door("get", **LOOK, args=project_args),
    "communities:change_project": Door("get", **FORM, args=project_args),
    "communities:end_project": Door("post", **VERB, args=project_args, data=reason),
    "cobuilding:agreement": Door("get", **LOOK, args=agreement_args),
    "cobuilding:change_agreement": Door("get", **FORM, args=agreement_args),
    "cobuilding:add_target": Door("get", **FORM, args=agreement_args),
    "cobuilding:sign_for_unit": Door("get", **SIGN_FOR_UNIT, args=agreement_args),
    "cobuilding:sign_for_community": Door(
        "get", **SIGN_FOR_COMMUNITY, args=agreement_args
    ),
    "cobuilding:end_agreement": Door("post", **VERB, args=agreement_args, data=reason),
    "cobuilding:target": Door("get", **LOOK, args=target_args),
    "cobuilding:target_rows": Door("get", **LOOK, args=month_args),
    "cobuilding:remove_target": Door("post", **VERB, args=target_args),
}
