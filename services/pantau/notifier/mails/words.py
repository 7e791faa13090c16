"""The fixed phrases of summaries and notices, in Indonesian and English."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class SummaryWords:
    """The phrases between the values."""

    lang: str
    thousands: str
    more_alerts: str
    why: str
    and_one: str
    and_several: str
    subscriptions: str
    sources: str
    among_them: str
    see_all: str
    and_more: str
    unknown: str
    suspended: str
    query: str
    stopped_at: str
    go_on: str

    def number(self, number: int) -> str:
        """Format a number."""
        return f"{number:,}".replace(",", self.thousands)

    def and_others(self, number: int) -> str:
        """Format that a subscription is not the only one."""
        text = self.and_one if number == 1 else self.and_several
        return text.format(count=self.number(number)) if number else ""


INDONESIAN: Final = SummaryWords(
    lang="id",
    thousands=".",
    more_alerts="{count} berita lain",
    why="Sejak {since} hingga {until} datang lebih banyak berita daripada batas saluran ini; "
    "semuanya diringkas di sini.",
    and_one=" dan {count} langganan lain",
    and_several=" dan {count} langganan lain",
    subscriptions="Langganan",
    sources="Sumber",
    among_them="Di antaranya",
    see_all="Lihat semuanya",
    and_more="dan {count} lainnya",
    unknown="tidak diketahui",
    suspended="Langganan ditangguhkan",
    query="Kueri",
    stopped_at="Berhenti pada berita",
    go_on="Lanjutkan setelah kueri diperbaiki",
)
ENGLISH: Final = SummaryWords(
    lang="en",
    thousands=",",
    more_alerts="{count} more alerts",
    why="From {since} to {until} more alerts came than this channel's limit allows; they are "
    "summed up here.",
    and_one=" and {count} other subscription",
    and_several=" and {count} other subscriptions",
    subscriptions="Subscriptions",
    sources="Sources",
    among_them="Among them",
    see_all="See all of them",
    and_more="and {count} more",
    unknown="unknown",
    suspended="Subscription suspended",
    query="Query",
    stopped_at="Stopped at the article",
    go_on="Resume it once the query is fixed",
)
