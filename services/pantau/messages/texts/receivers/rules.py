"""Why a message of a subscription's rules was sent."""

from collections.abc import Mapping
from typing import Final

from pantau.messages.text import Text

TEXTS: Final[Mapping[str, Text]] = {
    "rules.count-alerts": Text(
        en="{number:n} articles within {span}",
        id="{number:n} berita dalam {span}",
    ),
    "rules.count-stories": Text(
        en="{number:n} stories within {span}",
        id="{number:n} cerita dalam {span}",
    ),
    "rules.silence": Text(
        en="nothing has matched for {span}",
        id="tidak ada yang cocok selama {span}",
    ),
    "rules.expired": Text(
        en="the subscription has expired: it sends no more messages",
        id="langganan ini sudah berakhir: tidak ada lagi pesan yang dikirim",
    ),
}
