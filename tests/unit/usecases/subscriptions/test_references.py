"""Subscriptions by name or start of an id: as a look at all of them finds them, without one."""

from collections.abc import Iterator, Mapping

from hypothesis import given
from hypothesis import strategies as st

from pantau.usecases.subscriptions.references import References
from pantau_schemas.events.subscription import Subscription
from tests.support import subscription

WORDS = st.text("ab\uffff", min_size=1, max_size=4)


class Counted(str):
    """An id that counts how often it is compared with a start."""

    __slots__ = ()
    compared = 0

    def startswith(self, *start: object) -> bool:
        Counted.compared += 1
        return super().startswith(*start)  # type: ignore[arg-type]  # as given


def known(names: Mapping[str, str]) -> dict[str, Subscription]:
    return {
        one: subscription(one, "banjir").model_copy(update={"name": name})
        for one, name in names.items()
    }


@given(names=st.dictionaries(WORDS, WORDS, max_size=12), reference=WORDS)
def test_it_finds_what_a_look_at_all_finds(names: dict[str, str], reference: str) -> None:
    found = [one for one, name in names.items() if name == reference] or [
        one for one in names if one.startswith(reference)
    ]
    wanted = found[0] if len(found) == 1 else None
    one = References(known(names)).find(reference)
    assert (None if one is None else one.subscription_id) == wanted


def test_it_does_not_look_at_all_of_them() -> None:
    ids = [Counted(f"id{number:04}") for number in range(1_000)]
    references = References({one: subscription(str(one), "banjir") for one in ids})
    Counted.compared = 0
    for reference in asked():
        references.find(reference)
    assert Counted.compared <= 2 * len([*asked()])


def asked() -> Iterator[str]:
    yield from ("id0", "id0500", "zz", "a", "id", "id0999")
