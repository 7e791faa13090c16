"""Times relative to now, and their units."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "time.never": Text(en="never", id="belum pernah"),
    "time.now": Text(en="now", id="sekarang"),
    "time.ago": Text(en="{span} ago", id="{span} lalu"),
    "time.in": Text(en="in {span}", id="{span} lagi"),
    "time.days": Text(en="{count} d", id="{count} hari"),
    "time.hours": Text(en="{count} h", id="{count} jam"),
    "time.minutes": Text(en="{count} min", id="{count} menit"),
    "time.seconds": Text(en="{count} s", id="{count} detik"),
}
