"""Subscriptions by their tags: listed, and changed all at once."""

import pytest

from pantau.errors import UsageError
from pantau.ports import Store
from pantau.problems import Problem
from pantau.settings import Settings
from pantau.usecases.subscriptions.editing import SubscriptionChanges, edit
from pantau.usecases.subscriptions.lists import chosen
from pantau.usecases.subscriptions.repository import SubscriptionRepository
from pantau.usecases.subscriptions.tagged import Selection, chosen_references, edit_tagged
from pantau_schemas.events.subscription import WebhookChannel
from tests.support import FixedClock, subscription

DONE = "subscriptions.will-pause"
HOOK = "webhook:https://hook.example/in"


@pytest.fixture
def repository(store: Store, clock: FixedClock) -> SubscriptionRepository:
    made = SubscriptionRepository(store.log, clock)
    for name, tags in (("a", ("Bencana",)), ("b", ("bencana", "air")), ("c", ("olahraga",))):
        made.save(subscription(name, f"banjir {name}").model_copy(update={"tags": tags}))
    return made


def yes(_: object) -> bool:
    return True


def no(_: object) -> bool:
    return False


def test_a_list_has_those_with_one_of_the_tags(repository: SubscriptionRepository) -> None:
    found = chosen(repository.listed(), tags=("BENCANA",))
    assert [one.subscription.subscription_id for one in found] == ["a", "b"]
    found = chosen(repository.listed(), tags=("air, olahraga",))
    assert [one.subscription.subscription_id for one in found] == ["b", "c"]


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        (("air+BENCANA",), ["b"]),
        (("bencana + air",), ["b"]),
        (("air+olahraga",), []),
        (("air+olahraga", "olahraga"), ["c"]),
        (("air+",), []),
        (("c++",), ["d"]),
    ],
)
def test_tags_joined_by_a_plus_are_all_asked_for(
    repository: SubscriptionRepository, tags: tuple[str, ...], found: list[str]
) -> None:
    repository.save(subscription("d", "banjir d").model_copy(update={"tags": ("C++",)}))
    listed = chosen(repository.listed(), tags=tags)
    assert [one.subscription.subscription_id for one in listed] == found


def test_those_of_a_tag_are_asked_about_once(repository: SubscriptionRepository) -> None:
    asked: list[Problem] = []

    def agree(doubt: Problem) -> bool:
        asked.append(doubt)
        return True

    wanted = Selection(tags=("bencana",))
    assert chosen_references(wanted, repository, DONE, agree) == ("a", "b")
    assert [one.params["count"] for one in asked] == [2]
    assert "will be paused" in str(asked[0])
    assert "akan dijeda" in asked[0].text("id")
    assert chosen_references(Selection(("a", "c")), repository, DONE, no) == ("a", "c")
    with pytest.raises(UsageError, match="2 subscriptions"):
        chosen_references(wanted, repository, DONE, no)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Selection(), "subscriptions.name-or-tag"),
        (Selection(("a",), ("bencana",)), "subscriptions.name-or-tag"),
        (Selection(tags=("politik",)), "subscriptions.no-tag"),
    ],
)
def test_a_selection_names_something(
    repository: SubscriptionRepository, wanted: Selection, code: str
) -> None:
    with pytest.raises(UsageError) as caught:
        chosen_references(wanted, repository, DONE, yes)
    assert caught.value.problem is not None
    assert caught.value.problem.code == code


def test_all_of_a_tag_are_changed_and_share_a_new_secret(
    repository: SubscriptionRepository, settings: Settings, store: Store
) -> None:
    changes = SubscriptionChanges(added=(HOOK,), added_tags=("darurat",), removed_tags=("BENCANA",))
    done = edit_tagged(("a", "b"), changes, repository, settings, store.log, no)
    after = {one.subscription_id: one for one in repository.all()}
    assert [after[name].tags for name in "abc"] == [("darurat",), ("air", "darurat"), ("olahraga",)]
    secrets = {
        channel.secret.get_secret_value()
        for name in "ab"
        for channel in after[name].channels
        if isinstance(channel, WebhookChannel)
    }
    assert secrets == {one.new_secret for one in done}
    again = SubscriptionChanges(removed=(HOOK,), added=("terminal",))
    edit_tagged(("a", "b", "c"), again, repository, settings, store.log, no)
    assert all([one.kind for one in after.channels] == ["terminal"] for after in repository.all())


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        (SubscriptionChanges(), "subscriptions.no-change"),
        (SubscriptionChanges(query="gempa"), "subscriptions.one-alone"),
        (SubscriptionChanges(name="Gempa"), "subscriptions.one-alone"),
        (SubscriptionChanges(removed=("terminal",)), "subscriptions.no-such-channel"),
        (SubscriptionChanges(added_tags=("x" * 41,)), "subscriptions.invalid"),
        (SubscriptionChanges(time_zone="Mars/Olympus"), "query.no-time-zone"),
    ],
)
def test_what_cannot_be_changes_none(
    repository: SubscriptionRepository,
    settings: Settings,
    store: Store,
    changes: SubscriptionChanges,
    code: str,
) -> None:
    before = repository.all()
    with pytest.raises(UsageError) as caught:
        edit_tagged(("a", "b"), changes, repository, settings, store.log, yes)
    assert caught.value.problem is not None
    assert caught.value.problem.code == code
    assert repository.all() == before


def test_tags_of_one_are_added_and_removed_beside_being_replaced(
    repository: SubscriptionRepository, settings: Settings, store: Store
) -> None:
    for changes, tags in (
        (SubscriptionChanges(added_tags=("baru", "Bencana")), ("Bencana", "baru")),
        (SubscriptionChanges(tags=("x", "y"), removed_tags=("X",)), ("y",)),
        (SubscriptionChanges(tags=(), added_tags=("z",)), ("z",)),
    ):
        done = edit("a", changes, repository, settings, store.log, no)
        assert done.subscription.tags == tags
