"""Selectors of a web page that is read as a feed."""

from pydantic import Field

from pantau_schemas.base import Model


class PageSelectors(Model):
    """CSS selectors that find articles on a page. Without any, links that look like headlines.

    `link`, `title`, `date` and `text` are looked for inside each element that matches `item`.
    """

    item: str | None = Field(default=None, max_length=500, description="One element an article.")
    link: str | None = Field(
        default=None, max_length=500, description="Its link; by default the first `a[href]`."
    )
    title: str | None = Field(
        default=None,
        max_length=500,
        description="Its title; by default the first heading, else the text of the link.",
    )
    date: str | None = Field(
        default=None, max_length=500, description="Its date; by default the first `time`."
    )
    text: str | None = Field(default=None, max_length=500, description="Its text; by default none.")
