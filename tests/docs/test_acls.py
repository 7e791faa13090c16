"""The page of access rights grants each service what the topology says that it does."""

import pytest

from pantau.bootstrap.distributed import CONSOLE
from pantau.commands.programs.service import NAMES
from pantau.topology import EXTRACTOR, STAGES
from pantau_schemas.topics import DEAD_LETTERS, TOPICS
from scripts.reference.acls import COMMANDS, SETUP, group_rights, principals, topic_rights


def test_everybody_who_connects_is_listed() -> None:
    assert set(principals()) == {*NAMES, SETUP, COMMANDS}


@pytest.mark.parametrize("name", [EXTRACTOR.name, *(stage.name for stage in STAGES)])
def test_a_stage_may_do_what_it_does(name: str) -> None:
    (stage,) = [one for one in (EXTRACTOR, *STAGES) if one.name == name]
    rights = topic_rights(name)
    for topic in (stage.reads, *stage.follows):
        assert "Read" in rights[topic.name], topic.name
    for topic in stage.writes:
        assert "Write" in rights[topic.name], topic.name
    assert "Write" in rights[DEAD_LETTERS.name]
    assert "Read" in group_rights(name)[name]


@pytest.mark.parametrize("name", sorted({*NAMES} - {CONSOLE}))
def test_a_service_has_no_right_that_the_topic_table_does_not_give(name: str) -> None:
    for topic, operations in topic_rights(name).items():
        assert ("Write" in operations) == (name in TOPICS[topic].producers)
        assert ("Read" in operations) == (name in TOPICS[topic].consumers)
        assert set(operations) <= {"Read", "Write", "Describe"}


def test_only_the_setup_changes_topics_and_it_reads_none() -> None:
    rights = topic_rights(SETUP)
    assert rights.keys() == TOPICS.keys()
    for operations in rights.values():
        assert set(operations) == {"Create", "Describe", "DescribeConfigs", "AlterConfigs"}


def test_the_command_line_puts_dead_letters_back() -> None:
    rights = topic_rights(COMMANDS)
    for stage in (EXTRACTOR, *STAGES):
        assert "Write" in rights[stage.reads.name]
    assert all("Read" in operations for operations in rights.values())


def test_the_console_may_do_what_commands_may() -> None:
    assert topic_rights(CONSOLE) == topic_rights(COMMANDS)
    assert group_rights(CONSOLE) == group_rights(COMMANDS)


def test_the_notifier_is_two_groups_and_the_poller_looks_at_all() -> None:
    assert group_rights("notifier").keys() == {"notifier", "dispatcher"}
    looked_at = {name for name, some in group_rights("poller").items() if some == ("Describe",)}
    assert looked_at == {stage.name for stage in (EXTRACTOR, *STAGES)} | {"dispatcher"}
