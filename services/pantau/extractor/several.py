"""An article whose site spreads it over several pages: what is read of it so far. Pure."""

from dataclasses import dataclass, replace
from typing import Final

from pantau.extractor.html.page import PageText
from pantau_schemas.events.article import TEXT_LIMIT

_NO_PAGE: Final = PageText()


@dataclass(frozen=True, slots=True)
class Several:
    """The pages of an article that were read as one, and the address of the one to read next."""

    page: PageText = _NO_PAGE
    number: int = 0  # pages read
    following: str | None = None
    whole: bool = False  # the next one has the whole article

    def take(self, page: PageText, most: int) -> "Several":
        """Add a page; the result leads on while there are fewer than `most`.

        A page that adds nothing ends the article, and so does one that has the whole of it.
        """
        number = self.number + 1
        if number == 1:
            following = page.whole or page.following
            return self._on(page, number, following, most, whole=page.whole is not None)
        if self.whole and len(page.text) > len(self.page.text):
            return Several(replace(self.page, text=page.text), number)
        text = joined(self.page.text, page.text)
        grown = len(text) > len(self.page.text)
        following = self.page.following if self.whole else page.following if grown else None
        return self._on(replace(self.page, text=text), number, following, most, whole=False)

    def page_by_page(self) -> "Several":
        """Return the state after a page that cannot be fetched: without the whole, page by page."""
        return Several(self.page, self.number, self.page.following if self.whole else None)

    def _on(
        self, page: PageText, number: int, following: str | None, most: int, *, whole: bool
    ) -> "Several":
        if number >= most or page.stub or len(page.text) >= TEXT_LIMIT:
            return Several(page, number)
        return Several(page, number, following, whole and following is not None)


NOTHING: Final = Several()


def joined(text: str, following: str) -> str:
    """Return two pages' texts as one, without the lines that the first one has already.

    Pages of one article repeat their heading, their standfirst and their boilerplate.
    """
    known = {" ".join(line.split()).casefold() for line in text.split("\n")}
    lines = [
        line for line in following.split("\n") if " ".join(line.split()).casefold() not in known
    ]
    added = "\n".join(lines).strip()
    return f"{text}\n{added}"[:TEXT_LIMIT] if added else text
