"""A stage over a broker that falls silent gives its start up in time."""

import subprocess
import sys
from pathlib import Path

from tests.support import SOON

ROOT = Path(__file__).parents[4]


def test_a_start_ends_in_time() -> None:
    program = [sys.executable, "-W", "ignore", "-m", "tests.silent_start", "greeting"]
    done = subprocess.run(
        program, cwd=ROOT, capture_output=True, text=True, check=False, timeout=SOON
    )
    assert done.stdout.startswith("Faust did not start:"), done.stderr
