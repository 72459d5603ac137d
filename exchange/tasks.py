"""What Celery calls: jobs by key, chores by key."""

from celery import shared_task


@shared_task(name="exchange.run_job")
def run_job(job_id: int) -> None:
    """Run one job, unless a worker has claimed it."""
    from exchange.actions.jobs import run_job as run  # noqa: PLC0415 -- leaf

    run(job_id)


@shared_task(name="exchange.run_chore")
def run_chore(key: str) -> None:
    """Do one chore."""
    from core.registries.chores import chores  # noqa: PLC0415 -- leaf

    chores.get(key).run()
