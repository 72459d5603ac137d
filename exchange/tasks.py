"""The Celery tasks: jobs by key, chores by key."""

from celery import shared_task

from core.registries.chores import chores
from exchange.actions import jobs
from exchange.actions import run_chore as run_if_due


@shared_task(name=jobs.RUN_JOB)
def run_job(job_id: int) -> None:
    """Run one job, if no worker has taken it yet."""
    jobs.run_job(job_id)


@shared_task(name="exchange.run_chore")
def run_chore(key: str) -> None:
    """Run one chore, if it is due."""
    run_if_due(chores.get(key))
