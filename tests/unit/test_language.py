"""The linter of the language finds planted violations; `make language` checks the project."""

import pytest

from scripts.language.check import problems, repeated_classes


def found(source: str, path: str = "services/pantau/sample.py") -> list[str]:
    return [one.text for one in problems({path: source})]


@pytest.mark.parametrize(
    "source",
    [
        'def name() -> str:\n    """Give the name."""\n',
        'def name() -> str:\n    """Whether there is a name."""\n',
        'def name() -> str:\n    """The name."""\n',
        'async def name() -> str:\n    """Let it be."""\n',
        'class A:\n    def name(self) -> str:\n        """Tell the name."""\n',
        "def tell_name() -> str: ...\n",
        "class FeedBook: ...\n",
        "async def judge() -> None: ...\n",
        '"""What operators are told of a batch."""\n',
        'class A:\n    """Whether it is."""\n',
        'KINDS = ("a",)\n"""What there is."""\n',
        "# an error that nobody foresaw\n",
        "x = 1  # read anew\n",
    ],
)
def test_violations_are_found(source: str) -> None:
    assert found(source)


@pytest.mark.parametrize(
    "source",
    [
        'def name() -> str:\n    """Return the name."""\n',
        "def name() -> str: ...\n",
        'class A:\n    @property\n    def name(self) -> str:\n        """The name."""\n',
        'def test_name() -> None:\n    """Names stay."""\n',
        'class A:\n    """A thing with a name."""\n',
        "def notebook() -> None: ...\n",
        'x = "told of by somebody"\n',
    ],
)
def test_everything_else_passes(source: str) -> None:
    assert found(source) == []


def test_a_module_is_not_named_by_a_replaced_word() -> None:
    assert found("x = 1\n", "services/pantau/poller/telling.py")
    assert not found("x = 1\n", "services/pantau/poller/telemetry.py")


def test_two_classes_of_one_name_are_found() -> None:
    sources = {"a.py": "class Outcome: ...\n", "b.py": "class Outcome: ...\n", "c.py": "x = 1\n"}
    assert [one.path for one in repeated_classes(sources)] == ["b.py"]
