"""Whether work grows with its input or faster: processor times of two sizes compared, which other programs do not move."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

FACTOR = 4
# Linear work takes 4 times as long at 4 times the size, quadratic work 16 times; 10 leaves room for caches and memory.
LIMIT = 10.0
# Seconds of processor time below which growth is noise, and no harm either.
NEGLIGIBLE = 0.5


def assert_linear(work: Callable[[int], object], size: int) -> None:
    """``work(size)`` takes less than ten times the processor time of ``work(size // 4)``; the best of three decides."""
    work(max(1, size // 100))  # compiles patterns, loads modules
    ratios = []
    for _ in range(3):
        small, large = _seconds(work, size // FACTOR), _seconds(work, size)
        if large < max(NEGLIGIBLE, LIMIT * small):
            return
        ratios.append(round(large / max(small, 0.001), 1))
    raise AssertionError(f"{FACTOR} times the size took {ratios} times as long")


def _seconds(work: Callable[[int], object], size: int) -> float:
    start = process_time()
    work(size)
    return process_time() - start
