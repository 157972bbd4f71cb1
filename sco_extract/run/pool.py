"""Many jobs over a few workers, any of which a file may bring down."""

from __future__ import annotations

import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass

from sco_extract.model.diagnostics import ReadError
from sco_extract.run.worker import Job, Outcome, failed, prepare, process

# Files a task: sending one costs about 0.1 ms, so that many small files go together while all workers stay busy.
MAX_CHUNK = 16
CHUNKS_PER_WORKER = 8
# Tasks handed out beyond those in work; few, because results wait in memory and all are suspects when a worker dies.
QUEUED_PER_WORKER = 2


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` files; ``current`` is the path of the file that has been in work longest."""

    done: int
    total: int
    current: str


def process_pool(workers: int) -> Executor:
    """A pool whose processes are copies of a clean one that has loaded the program; none shares a thread with this one."""
    context = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
    if sys.platform != "win32":
        context.set_forkserver_preload(["sco_extract.run.worker"])
    return ProcessPoolExecutor(workers, mp_context=context, initializer=prepare)


class Pool:
    """Runs jobs through executors of ``make_executor(workers)``.

    When a worker dies, the jobs that were handed out are run again one at a time: the one with which a worker dies again
    fails, the others are done.
    """

    def __init__(self, jobs: Sequence[Job], workers: int, make_executor: Callable[[int], Executor]) -> None:
        self._jobs = jobs
        self._workers = max(1, min(workers, len(jobs)))
        self._make_executor = make_executor
        self._done = 0

    def run(self, on_progress: Callable[[Progress], None]) -> Iterator[tuple[int, Outcome]]:
        """Number and outcome of each job, in the order in which they are done."""
        size = max(1, min(MAX_CHUNK, len(self._jobs) // (self._workers * CHUNKS_PER_WORKER)))
        numbers = range(len(self._jobs))
        waiting = deque(tuple(numbers[start : start + size]) for start in range(0, len(numbers), size))
        while waiting:
            suspects: list[int] = []
            with _ended(_started(self._make_executor, self._workers)) as executor:
                for chunk, outcomes in self._run_chunks(executor, waiting, on_progress):
                    if outcomes is None:
                        suspects.extend(chunk)
                    else:
                        self._done += len(chunk)
                        yield from zip(chunk, outcomes, strict=True)
            for number in sorted(suspects):
                on_progress(self._progress(number))
                yield number, self._run_alone(self._jobs[number])
                self._done += 1
        on_progress(Progress(self._done, len(self._jobs), ""))

    def _run_chunks(
        self, executor: Executor, waiting: deque[tuple[int, ...]], on_progress: Callable[[Progress], None]
    ) -> Iterator[tuple[tuple[int, ...], tuple[Outcome, ...] | None]]:
        """Each chunk with its outcomes, or None for the chunks at hand when a worker died; the rest stays waiting."""
        running: dict[Future[tuple[Outcome, ...]], tuple[int, ...]] = {}
        broken = False
        while running or (waiting and not broken):
            while waiting and not broken and len(running) < self._workers * QUEUED_PER_WORKER:
                chunk = waiting.popleft()
                try:
                    running[_submit(executor, tuple(self._jobs[number] for number in chunk))] = chunk
                except BrokenExecutor:
                    waiting.appendleft(chunk)
                    broken = True
            if not running:
                break
            on_progress(self._progress(next(iter(running.values()))[0]))
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                chunk = running.pop(future)
                broken = broken or isinstance(future.exception(), BrokenExecutor)
                yield chunk, None if isinstance(future.exception(), BrokenExecutor) else future.result()

    def _run_alone(self, job: Job) -> Outcome:
        with _ended(_started(self._make_executor, 1)) as executor:
            try:
                return _submit(executor, (job,)).result()[0]
            except BrokenExecutor:
                message = "brought its process down (crash, memory or time); convert it to .docx or .txt"
                return failed(job, "RUN007", message)

    def _progress(self, number: int) -> Progress:
        return Progress(self._done, len(self._jobs), self._jobs[number].input.relative)


def _started(make_executor: Callable[[int], Executor], workers: int) -> Executor:
    try:
        return make_executor(workers)
    except (OSError, RuntimeError) as error:
        raise _no_workers(error) from error


def _submit(executor: Executor, jobs: tuple[Job, ...]) -> Future[tuple[Outcome, ...]]:
    """Hand the jobs over, which starts processes; ``ReadError`` ``RUN009`` where none can be started."""
    try:
        return executor.submit(process, jobs)
    except BrokenExecutor:
        raise
    except (OSError, EOFError, RuntimeError) as error:  # EOFError: the process that makes copies of itself could not
        raise _no_workers(error) from error


def _no_workers(error: Exception) -> ReadError:
    why = str(error) or type(error).__name__
    return ReadError(
        "RUN009", f"no process to read files with could be started ({why}); free some memory or use --jobs 1"
    )


@contextmanager
def _ended(executor: Executor) -> Iterator[Executor]:
    """The executor, shut down at the end; after an exception (Ctrl-C) without waiting for the files in work."""
    others = set(multiprocessing.active_children())
    try:
        yield executor
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        for worker in set(multiprocessing.active_children()) - others:
            worker.terminate()
        raise
    executor.shutdown()
