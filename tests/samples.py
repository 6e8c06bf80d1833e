"""The sample files that other people wrote: read where they lie, never copied; without them a test is skipped."""

import os
from pathlib import Path

import pytest

SAMPLES = Path(os.environ.get("QUIZAPP_SAMPLES") or Path(__file__).parents[1] / "../shared/samples").resolve()


def files(*patterns: str) -> list:
    """Return test parameters, one a file that matches; a skipped one where the samples are missing."""
    found = sorted(path for pattern in patterns for path in SAMPLES.glob(pattern))
    if not found:
        reason = f"no sample files {' '.join(patterns)} in {SAMPLES}"
        return [pytest.param(None, marks=pytest.mark.skip(reason=reason), id="missing")]
    return [pytest.param(path, id=path.name) for path in found]
