"""Spikes: why an hour is one, and the days of the week in it."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "spikes.found": Text(
        en="{number:n} in an hour; usual for {day} {start:clock} to {end:clock} is "
        "{low:n} to {high:n}",
        id="{number:n} dalam satu jam; biasanya {low:n} sampai {high:n} pada {day} "
        "pukul {start:clock} sampai {end:clock}",
    ),
    "spikes.found-early": Text(
        en="{number:n} in an hour; usual in the last 7 days is {low:n} to {high:n}",
        id="{number:n} dalam satu jam; biasanya {low:n} sampai {high:n} dalam 7 hari terakhir",
    ),
    "spikes.monday": Text(en="Monday", id="Senin"),
    "spikes.tuesday": Text(en="Tuesday", id="Selasa"),
    "spikes.wednesday": Text(en="Wednesday", id="Rabu"),
    "spikes.thursday": Text(en="Thursday", id="Kamis"),
    "spikes.friday": Text(en="Friday", id="Jumat"),
    "spikes.saturday": Text(en="Saturday", id="Sabtu"),
    "spikes.sunday": Text(en="Sunday", id="Minggu"),
}
