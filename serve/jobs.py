"""The worker: takes jobs from the queue and runs them; it only schedules, and decides nothing."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

import procrastinate
import structlog
from procrastinate import JobContext, PsycopgConnector, RetryStrategy
from procrastinate.exceptions import ConnectorException
from sqlalchemy.exc import SQLAlchemyError

from serve.life.judging import PassageJudge
from serve.life.queue import JUDGE, QUEUE
from serve.store.engine import libpq_url

MAX_ATTEMPTS = 5
"""After so many tries, by errors of storage or the death of a worker, a passage is referred."""

_log = structlog.get_logger("riac.worker")


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """How much at once, and when a worker counts as dead."""

    jobs: int
    timeout_s: float


def run_worker(database_url: str, *, judge: PassageJudge, limits: WorkerLimits) -> None:
    """Work until SIGTERM or SIGINT, then finish what is being done and return."""
    app = worker_app(database_url, judge=judge)
    asyncio.run(_work(app, judge, limits))


def worker_app(database_url: str, *, judge: PassageJudge) -> procrastinate.App:
    """Make the application that knows the tasks."""
    app = procrastinate.App(
        connector=PsycopgConnector(conninfo=libpq_url(database_url), min_size=1, max_size=4)
    )

    @app.task(
        name=JUDGE,
        queue=QUEUE,
        pass_context=True,
        # 2, 4, 8, 16, 32 s.
        retry=RetryStrategy(max_attempts=MAX_ATTEMPTS, exponential_wait=2),
    )
    def judge_passage(context: JobContext, passage_id: str) -> None:
        attempts = context.job.attempts
        if attempts >= MAX_ATTEMPTS:
            judge.give_up(UUID(passage_id), detail=f"it did not end in {attempts} tries")
        else:
            judge.judge(UUID(passage_id))

    return app


async def _work(app: procrastinate.App, judge: PassageJudge, limits: WorkerLimits) -> None:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(limits.jobs + 2, thread_name_prefix="job"))
    async with app.open_async():
        rescue = asyncio.create_task(_rescue(app, judge, limits.timeout_s))
        try:
            await app.run_worker_async(
                queues=[QUEUE],
                concurrency=limits.jobs,
                # NOTIFY wakes the worker; this is for what it misses, and for scheduled jobs.
                fetch_job_polling_interval=1.0,
                update_heartbeat_interval=limits.timeout_s / 5,
                stalled_worker_timeout=limits.timeout_s,
                delete_jobs="successful",
            )
        finally:
            rescue.cancel()
            with suppress(asyncio.CancelledError):
                await rescue


async def _rescue(app: procrastinate.App, judge: PassageJudge, timeout_s: float) -> None:
    """Put back into the queue what workers that fell silent had, and what has no job left."""
    while True:
        try:
            stalled = await app.job_manager.get_stalled_jobs(
                queue=QUEUE, seconds_since_heartbeat=timeout_s
            )
            for job in stalled:
                _log.warning("job_rescued", job=job.id, arguments=job.task_kwargs)
                await app.job_manager.retry_job(job)
            await asyncio.to_thread(judge.take_up_forgotten)
        except (ConnectorException, SQLAlchemyError) as error:
            # Another worker was faster, or the database is away for a moment.
            _log.warning("rescue_failed", error=repr(error.__cause__ or error))
        await asyncio.sleep(timeout_s / 3)
