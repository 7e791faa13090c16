"""Subjects of the measurement.

Each function, with one or all of its texts growing while the others are short.
"""

import inspect
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, Final

import h11

from pantau.errors import PantauError
from pantau.feeds.document import UnreadableFeedError
from pantau.ports import FetchError
from tests.growth.functions import Function, functions
from tests.growth.given.arguments import grows, is_place, make
from tests.growth.given.entries import ENTRIES, INSTANCES
from tests.growth.given.makers import CannotMakeError
from tests.growth.given.pieces import Kind
from tests.growth.given.shapes import ORDINARY, filled
from tests.growth.untested import has_reason

Call = Callable[[], object]
KNOWN_ERRORS: Final = (
    PantauError,
    FetchError,
    UnreadableFeedError,
    ValueError,
    h11.ProtocolError,
    OSError,
)
"""Errors that may be raised for input that cannot be used.

Anything else is a fault of the program.
"""
_ALL: Final = "*"
_MOST_YIELDED: Final = 2_000_000
_KINDS: Final[tuple[tuple[str, Kind], ...]] = (
    ("pantau.query", "query"),
    ("pantau.net.guard", "address"),
    ("pantau.net.domains", "address"),
    ("pantau.feeds.links", "address"),
    ("pantau.poller.decision.outcome", "address"),
    ("pantau.poller", "markup"),
    ("pantau.feeds.feedparser.reader", "markup"),
    ("pantau.feeds.encoding.charset_guess", "markup"),
    ("pantau.net.address", "address"),
    ("pantau.adapters.http", "address"),
    ("pantau.adapters.http.body", "address"),
    ("pantau.common.dates.reading", "address"),
    ("pantau.net.retry_after", "address"),
    ("pantau.notifier.mail.mail_address", "address"),
    ("pantau.common.files.jsonlines", "markup"),
    ("pantau.common.files.batch_articles", "markup"),
    ("pantau_schemas.codec", "markup"),
    ("pantau_schemas.links.canonical", "address"),
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A call with a text: `prepare` builds its arguments, the returned call is measured."""

    name: str
    kind: Kind
    prepare: Callable[[str], Call]
    function: str
    whole: bool = False
    """True for an entry from outside: a whole document, article or query.

    It gets every shape each time.
    """


@cache
def subjects() -> tuple[Subject, ...]:
    """Return everything that is measured: what the types of functions allow, and `ENTRIES`."""
    found = [subject for one in functions() if one.public for subject in _subjects_of(one)]
    return (
        *found,
        *(
            Subject(name, kind, prepare, name, whole=not name.startswith("article "))
            for name, (kind, prepare) in ENTRIES.items()
        ),
    )


def _subjects_of(one: Function) -> Iterator[Subject]:
    if has_reason(one.name) or inspect.iscoroutinefunction(inspect.unwrap(one.call)):
        return
    which = _foci(one)
    for focus in which:
        prepare = _preparation(one, focus)
        try:
            prepare(filled(ORDINARY, 200))()
        except KNOWN_ERRORS:
            pass
        except Exception:  # noqa: BLE001 - made arguments do not suit every function
            return
        label = one.name if len(which) == 1 else f"{one.name}[{focus}]"
        yield Subject(label, kind_of(one.name), prepare, one.name)


def _foci(one: Function) -> list[str]:
    """Return the parameters that grow one by one, and `_ALL` where they grow together."""
    growing = [name for name, hint in _given(one) if grows(hint, name)]
    alone = [name for name, hint in _given(one) if name in growing and not is_place(hint)]
    if not growing:
        return [_ALL] if _instance_grows(one) else []
    if not alone:
        return [_ALL]
    return [*alone, *([_ALL] if len(growing) > 1 else [])]


def _given(one: Function) -> Iterator[tuple[str, Any]]:
    for parameter in one.parameters:
        if parameter.kind is not parameter.VAR_KEYWORD:
            yield parameter.name, one.hints.get(parameter.name)


def kind_of(name: str) -> Kind:
    """Return the kind of text that a function reads."""
    return next((kind for start, kind in _KINDS if name.startswith(start)), "prose")


def _preparation(one: Function, focus: str) -> Callable[[str], Call]:
    def prepare(text: str) -> Call:
        positional: list[Any] = []
        named: dict[str, Any] = {}
        for parameter in one.parameters:
            if parameter.kind is parameter.VAR_KEYWORD:
                continue
            hint = one.hints.get(parameter.name)
            grown = focus in (_ALL, parameter.name) or (focus == "text" and is_place(hint))
            if not grown and parameter.default is not parameter.empty:
                continue
            argument = make(hint, parameter.name, text if grown else ORDINARY)
            if parameter.kind is parameter.VAR_POSITIONAL:
                positional.append(argument)
            elif parameter.kind is parameter.KEYWORD_ONLY:
                named[parameter.name] = argument
            else:
                positional.append(argument)
        function = one.call
        if one.owner is not None and not one.on_class:
            if one.name.endswith(".__init__"):
                function = one.owner
            else:
                positional.insert(
                    0, instance(one.owner, text if focus in (_ALL, "text") else ORDINARY)
                )
        return lambda: _used(function(*positional, **named))

    return prepare


def _used(result: Any) -> Any:
    """Return a result, an iterator's to its end."""
    return list(islice(result, _MOST_YIELDED)) if isinstance(result, Iterator) else result


def instance(owner: type, text: str) -> Any:
    """Return an instance of a class for a text. Raises CannotMakeError."""
    if owner in INSTANCES:
        return INSTANCES[owner](text)
    try:
        return make(owner, "", text)
    except CannotMakeError:
        pass
    init = owner.__init__  # type: ignore[misc]
    if not inspect.isfunction(init) or getattr(owner, "__dataclass_fields__", None) is not None:
        raise CannotMakeError(owner.__name__)
    try:
        hints = typing.get_type_hints(init)
    except (NameError, AttributeError) as error:
        raise CannotMakeError(owner.__name__) from error
    given = {
        name: make(hints.get(name), name, text)
        for name, parameter in list(inspect.signature(init).parameters.items())[1:]
        if parameter.default is parameter.empty
    }
    return owner(**given)


def _instance_grows(one: Function) -> bool:
    owner = one.owner
    if owner is None or one.on_class or one.name.endswith(".__init__"):
        return False
    try:
        instance(owner, ORDINARY)
    except CannotMakeError:
        return False
    return True
