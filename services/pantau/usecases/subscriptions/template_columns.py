"""Templates of a subscription and of its channels as columns of a file. Pure.

`template` is an object with `subject`, `text` and `html`, or some of them; `channel_template` has
such an object for each channel with its own, by the channel's name. In CSV both are JSON.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from pantau.errors import UsageError
from pantau.messages.languages import Lang
from pantau.problems import problem
from pantau.usecases.channels.own_form import (
    find_channel,
    has_form,
    read_cell,
    read_template_fields,
    template_at,
    with_template,
)
from pantau_schemas.events.subscription import MessageTemplate, Subscription, describe_channel

TEMPLATE: Final = "template"
CHANNELS: Final = "channel_template"
COLUMNS: Final = (TEMPLATE, CHANNELS)
Check = Callable[[MessageTemplate, str, Lang], object]
"""Tries a template for a name in a language; raises UsageError if it fails."""


def template_columns(one: Subscription) -> dict[str, Any]:
    """Return the columns of a subscription's templates; None where there is none.

    A channel whose format was changed to one of programs keeps a template that is of no use there:
    an import would refuse it.
    """
    own = {
        describe_channel(each): template_at(one, each) for each in one.channels if has_form(each)
    }
    given = {name: _fields(each) for name, each in own.items() if each is not None}
    return {
        TEMPLATE: None if one.template is None else _fields(one.template),
        CHANNELS: given or None,
    }


def as_cell(value: object) -> str:
    """Return the cell of CSV for a value of `template_columns`."""
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def templates_of_row(row: Mapping[str, Any], one: Subscription, check: Check) -> Subscription:
    """Return a subscription with the templates of a row; what it does not name stays.

    A template that is new or changed is tried. Raises UsageError naming the column and the fault.
    """
    made = one
    if TEMPLATE in row:
        made = with_template(made, None, read_template_fields(row[TEMPLATE], TEMPLATE))
    if CHANNELS in row:
        for channel in one.channels:
            made = with_template(made, channel, None)
        for target, value in _objects(row[CHANNELS]).items():
            column = f"{CHANNELS} {target}"
            channel = find_channel(made, target)
            made = with_template(made, channel, read_template_fields(value, column))
    for template in _new(one, made):
        check(template, made.name, made.rules.language or "en")
    return made


def _objects(value: object) -> dict[str, Any]:
    found = read_cell(value, CHANNELS)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise UsageError(problem("template.no-json", column=CHANNELS))
    return found


def _new(before: Subscription, after: Subscription) -> list[MessageTemplate]:
    """Return the templates of a subscription that another version of it does not have."""
    known = _all(before)
    return [one for one in _all(after) if one not in known]


def _all(one: Subscription) -> list[MessageTemplate]:
    found = [one.template, *(template_at(one, each) for each in one.channels)]
    return [each for each in found if each is not None]


def _fields(template: MessageTemplate) -> dict[str, str]:
    return template.model_dump(exclude_none=True)
