"""Carry the counts of elections into ballots, and name the seats that they fill."""

from typing import Any

from django.db import migrations

COMMITTEE = {
    "community_committee": ("书记", "副书记"),
    "branch_committee": ("书记", "副书记", "组织委员", "宣传委员", "纪检委员"),
    "unit_branch_committee": ("书记", "组织委员", "宣传委员"),
    "broad_committee": ("书记", "副书记"),
}


def mark_officers(apps: Any, _schema_editor: Any) -> None:
    """Let committees of the Party elect their officers from among themselves."""
    kinds = apps.get_model("communities", "SeatKind").objects
    for code, names in COMMITTEE.items():
        rows = kinds.filter(body_kind__code=code, name__in=names)
        rows.update(by_committee=True)


def carry(apps: Any, _schema_editor: Any) -> None:
    """Give every election its seats, and every count its ballot."""

    def model(name: str) -> Any:
        return apps.get_model("communities", name).objects

    for election in model("Election").select_related("body__kind"):
        candidates = list(model("Candidate").filter(election=election))
        kinds = {one.kind_id for one in candidates if one.withdrawn_on is None}
        for kind in model("SeatKind").filter(pk__in=kinds).order_by("pk"):
            most = 1 if kind.leads else kind.most_seats
            seats = election.seats if most is None else min(most, election.seats)
            model("ElectionPost").create(
                election=election, kind=kind, seats=max(seats, 1)
            )
        if election.voters is not None:
            _carry_count(model, election, candidates)


def _carry_count(model: Any, election: Any, candidates: Any) -> None:
    ballot = model("Ballot").create(
        election=election,
        number=1,
        kind="first",
        held_on=election.held_on,
        quorum=election.body.kind.election_quorum,
        voters=election.voters,
        left_out=election.left_out,
        left_out_reason=election.left_out_reason,
        present=election.present,
        issued=election.present,
        valid_ballots=election.valid_ballots,
    )
    for one in candidates:
        if one.votes_for is not None:
            model("BallotVotes").create(
                ballot=ballot,
                candidate=one,
                present=election.present,
                valid_ballots=election.valid_ballots,
                votes_for=one.votes_for,
                votes_against=one.votes_against,
                abstentions=one.abstentions,
                is_elected=one.is_elected,
            )


class Migration(migrations.Migration):
    dependencies = [("communities", "0012_ballots")]

    operations = [
        migrations.RunPython(mark_officers, migrations.RunPython.noop),
        migrations.RunPython(carry, migrations.RunPython.noop),
    ]
