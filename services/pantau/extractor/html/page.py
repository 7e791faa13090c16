"""The result of reading a page."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PageText:
    """An article as its page has it; what the page lacks is empty or None."""

    text: str = ""
    canonical: str | None = None
    author: str | None = None
    published: datetime | None = None
    image: str | None = None
    stub: bool = False  # it shows the beginning and asks for a subscription
    following: str | None = None  # address of the article's next page
    whole: str | None = None  # address of the whole article on one page
    address: str | None = None  # where the page was found, after redirects
