"""Python's garbage collector, for a program that keeps much and makes much that soon goes.

Ten thousand subscriptions with their queries are a million objects, which the collector looks
through again and again for the sake of events, which hold no cycles and go by themselves. Measured
over 1,000 articles: 6 % of the alerter's time, 12 % of the indexer's; with these thresholds 0 and 2
%, in the same memory.
"""

import gc
from typing import Final

THRESHOLDS: Final = (20_000, 20, 100)
"""New objects before the young are looked through, and how many such rounds before the older are.

Python's own are 700, 10, 10.
"""


def ease_collector() -> None:
    """Let the collector look less often. For the beginning of a program that runs a stage."""
    gc.set_threshold(*THRESHOLDS)
