"""No function that takes external text can be forgotten."""

import importlib

from tests.growth.elsewhere import ELSEWHERE
from tests.growth.functions import functions
from tests.growth.given.entries import ENTRIES
from tests.growth.known import REPAIRED_SOON
from tests.growth.reach import reached
from tests.growth.subjects import subjects
from tests.growth.untested import UNTESTED, has_reason


def test_every_public_function_is_measured_or_reached_or_has_a_reason() -> None:
    measured = {subject.function for subject in subjects()}
    rest = [
        one
        for one in functions()
        if one.public and one.name not in measured and not has_reason(one.name)
    ]
    called = reached()

    forgotten = [one.name for one in rest if one.code not in called]

    assert not forgotten, (
        "these take text from outside, perhaps, and no growth test calls them; give what makes "
        "their arguments "
        "(tests/growth/given/arguments.py), an entry (entries.py) or a reason (untested.py):\n"
        + "\n".join(forgotten)
    )


def test_no_reason_is_left_for_what_is_gone() -> None:
    names = {one.name for one in functions()}

    assert set(UNTESTED) <= names | {name.rpartition(".")[0] for name in names}
    for module in ELSEWHERE:
        importlib.import_module(module)
    assert set(REPAIRED_SOON) <= {subject.name for subject in subjects()}


def test_much_is_measured() -> None:
    measured = {subject.function for subject in subjects()} - set(ENTRIES)

    assert len(measured) > 250
    assert len(ENTRIES) > 70
    for name in (
        "pantau.feeds.xml.repair.repair",
        "pantau.query.parsing.kql.parse",
        "pantau_schemas.links.canonical.normalise_link",
    ):
        assert name in measured
