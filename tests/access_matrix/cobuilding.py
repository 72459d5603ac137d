"""Who may open the pages of co-building: keepers write, liaisons sign their own."""

from tests.access_matrix.base import CANARY, Access, answers
from tests.factories.cobuilding import AgreementFactory, TargetFactory
from tests.factories.communities import ProjectFactory

LIST = answers(
    {200: "secretary clerk_elsewhere staff staff_elsewhere officer", 302: "nobody"},
    otherwise=403,
)
KEEP = answers(
    {200: "secretary clerk_elsewhere staff staff_elsewhere", 302: "nobody"},
    otherwise=403,
)
UNIT = answers({200: "liaison", 302: "nobody"}, otherwise=403)
LOOK = {
    "own": answers(
        {200: "liaison secretary staff officer", 302: "nobody"}, otherwise=404
    ),
    "foreign": answers(
        {200: "clerk_elsewhere staff_elsewhere officer", 302: "nobody"}, otherwise=404
    ),
}
FORM = {
    "own": answers(
        {200: "secretary staff", 302: "nobody", 403: "liaison officer"}, otherwise=404
    ),
    "foreign": answers(
        {200: "clerk_elsewhere staff_elsewhere", 302: "nobody", 403: "officer"},
        otherwise=404,
    ),
}
VERB = {
    "own": answers(
        {302: "nobody secretary staff", 403: "liaison officer"}, otherwise=404
    ),
    "foreign": answers(
        {302: "nobody clerk_elsewhere staff_elsewhere", 403: "officer"}, otherwise=404
    ),
}
SIGN_FOR_UNIT = {
    "own": answers(
        {200: "liaison", 302: "nobody", 403: "secretary staff officer"}, otherwise=404
    ),
    "foreign": answers(
        {302: "nobody", 403: "clerk_elsewhere staff_elsewhere officer"}, otherwise=404
    ),
}
SIGN_FOR_COMMUNITY = {
    "own": answers(
        {200: "secretary", 302: "nobody", 403: "liaison staff officer"}, otherwise=404
    ),
    "foreign": answers(
        {302: "nobody", 403: "clerk_elsewhere staff_elsewhere officer"}, otherwise=404
    ),
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


def idle_project_args(world):
    """Addresses over a project that nothing names."""
    units = world.unit, world.other_unit
    own, foreign = (ProjectFactory(organization=u.host, unit=u) for u in units)
    return [own.pk], [foreign.pk]


def reason(_world):
    """What a verb that asks why is sent."""
    return {"reason": "工作需要"}


def listed(world):
    """Fill the lists with what each street has; the addresses name nothing."""
    targets(world)
    ProjectFactory(organization=world.community)
    return [], []


ACCESS = {
    "cobuilding:unit": Access("get", UNIT, args=listed),
    "cobuilding:list": Access("get", LIST, args=listed),
    "communities:projects": Access("get", LIST, args=listed),
    "communities:start_project": Access("get", KEEP, args=listed),
    "cobuilding:draft_agreement": Access("get", KEEP, args=listed),
    "communities:project": Access("get", **LOOK, args=project_args),
    "communities:change_project": Access("get", **FORM, args=project_args),
    "communities:end_project": Access(
        "post", **VERB, args=idle_project_args, data=reason
    ),
    "communities:void_project": Access(
        "post", **VERB, args=idle_project_args, data=reason
    ),
    "cobuilding:agreement": Access("get", **LOOK, args=agreement_args),
    "cobuilding:change_agreement": Access("get", **FORM, args=agreement_args),
    "cobuilding:add_target": Access("get", **FORM, args=agreement_args),
    "cobuilding:sign_for_unit": Access("get", **SIGN_FOR_UNIT, args=agreement_args),
    "cobuilding:sign_for_community": Access(
        "get", **SIGN_FOR_COMMUNITY, args=agreement_args
    ),
    "cobuilding:end_agreement": Access(
        "post", **VERB, args=agreement_args, data=reason
    ),
    "cobuilding:target": Access("get", **LOOK, args=target_args),
    "cobuilding:target_rows": Access("get", **LOOK, args=month_args),
    "cobuilding:remove_target": Access("post", **VERB, args=target_args),
}
