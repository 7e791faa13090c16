"""The limit of a channel that several members serve: parts, and tokens that move with them."""

from collections import Counter
from datetime import timedelta

import pytest

from pantau.adapters.memory.store import MemoryStore
from pantau.notifier.floods.allowance import Allowance, Allowances, MessageLimits
from pantau.notifier.floods.shares import ChannelShares
from pantau.notifier.plan import id_of
from pantau.ports import Record, Share, Store, Table
from pantau.settings import NotifySettings
from pantau_schemas.events.subscription import Subscription
from pantau_schemas.topics import SUBSCRIPTIONS
from tests.support import START, FixedClock
from tests.unit.notifier.support import Board, to_files

COUNT = 12


def partition_of(key: str) -> int:
    return int(key.removeprefix("s")) % COUNT


def share(*partitions: int) -> Share:
    return Share(frozenset(partitions), COUNT, partition_of)


def named(number: int, *channels: str) -> Subscription:
    made = to_files("banjir", *channels)
    return made.model_copy(update={"subscription_id": f"s{number}"})


@pytest.fixture
def board() -> Board:
    return Board(MemoryStore(FixedClock()))


def table(store: Store) -> Table:
    return store.log.table(SUBSCRIPTIONS.name)


def channel(one: Subscription, number: int = 0) -> str:
    return id_of(one.channels[number])


THREE = share(0, 1, 2, 3), share(4, 5, 6, 7), share(8, 9, 10, 11)


class TestParts:
    def test_of_all_members_they_are_one(self, board: Board) -> None:
        for number in range(0, 30, 7):
            board.save(named(number, "shared", f"own{number}"))
        shared = channel(named(0, "shared"))
        members = [ChannelShares() for _ in THREE]
        for one, its in zip(members, THREE, strict=True):
            one.follow(table(board.store), its)
        assert sum(one.part(shared) for one in members) == pytest.approx(1.0)
        for number in range(0, 30, 7):
            own = channel(named(number, "shared", f"own{number}"), 1)
            parts = [one.part(own) for one in members]
            assert sorted(parts) == [0.0, 0.0, 1.0], "a channel of one subscription is not divided"
            assert parts[partition_of(f"s{number}") // 4] == 1.0

    @pytest.mark.parametrize("alone", [None, share(*range(COUNT))])
    def test_a_member_alone_has_all_and_reads_nothing(self, alone: Share | None) -> None:
        shares = ChannelShares()
        shares.follow(None, alone)  # type: ignore[arg-type] # nothing may be asked
        shares.refresh(None)  # type: ignore[arg-type] # as above
        assert shares.part("c") == 1.0

    def test_subscriptions_come_change_and_go(self, board: Board) -> None:
        shares, subscriptions = ChannelShares(), table(board.store)
        one = channel(named(0, "a"))
        board.save(named(0, "a"))
        shares.follow(subscriptions, share(0))
        assert shares.part(one) == 1.0
        board.save(named(1, "a"))
        shares.refresh(subscriptions)
        assert shares.part(one) == 0.5
        board.save(named(13, "a"))  # in the same partition
        shares.refresh(subscriptions)
        assert shares.part(one) == 0.5
        board.save(named(1, "b"))
        board.save(named(13, "b"))
        shares.refresh(subscriptions)
        assert shares.part(one) == 1.0
        assert shares.part(channel(named(1, "b"))) == 0.0
        shares.follow(subscriptions, share(0, 1))
        assert shares.part(channel(named(1, "b"))) == 1.0
        shares.follow(subscriptions, None)
        assert shares.part(one) == 1.0

    def test_an_unreadable_subscription_counts_for_nothing(self, board: Board) -> None:
        board.save(named(0, "a"))
        board.log.append([Record(SUBSCRIPTIONS.name, "s1", b"{}")])
        shares = ChannelShares()
        shares.follow(table(board.store), share(0))
        assert shares.part(channel(named(0, "a"))) == 1.0


class TestLimit:
    SETTINGS = NotifySettings(burst=60, per_hour=3_600)  # one a second

    def test_members_together_send_what_one_would(self, board: Board) -> None:
        for number in range(COUNT):
            board.save(named(number, "shared"))
        shared = channel(named(0, "shared"))
        members = []
        for its in THREE:
            shares = ChannelShares()
            shares.follow(table(board.store), its)
            members.append(Allowances(self.SETTINGS, shares.part))
        admitted: Counter[int] = Counter()
        for second in range(120):
            for feed in range(30):
                moment = START + timedelta(seconds=second)
                member = members[feed % 3]
                admitted[second] += member.admit(shared, "webhook", f"f{second}-{feed}", moment)
        assert admitted.total() <= 60 + 120
        assert admitted.total() >= 0.5 * 120, "and not much less than the refill"

    def test_moving_a_part_to_and_fro_makes_no_tokens(self) -> None:
        # Without a count of what was sent of late, at most what moves is used twice: once.
        whole = MessageLimits(60.0, 0.0)
        members = [Allowance(whole.part(0.5)), Allowance(whole.part(0.5))]
        sent = 0
        for turn in range(200):
            part = (0.25, 0.5, 0.75, 0.5)[turn % 4]
            members[0].resize(whole.part(part))
            members[1].resize(whole.part(1 - part))
            sent += sum(one.admit(f"f{turn}", START + timedelta(seconds=turn)) for one in members)
        assert sent <= 60 + 30

    def test_a_small_part_is_a_message_at_least(self) -> None:
        limits = MessageLimits(3.0, 1.0).part(1 / 12)
        assert limits.burst == 1.0
        assert limits.per_second == pytest.approx(1 / 12)
        assert Allowance(limits).admit("f", START)
