"""One attempt at a page: may it be fetched, what does its site declare, and what is on it."""

from collections.abc import Sequence

from pantau.errors import RejectError
from pantau.extractor.html.page import PageText
from pantau.extractor.lanes import PageJob
from pantau.extractor.pages import PageSource, SiteRules
from pantau.extractor.tables import ExtractorTables
from pantau.net.courtesy import Courtesy
from pantau.ports import Clock
from pantau_schemas.base import Event
from pantau_schemas.events.site import Site
from pantau_schemas.ids import digest_id
from pantau_schemas.links.canonical import unwrap_link


class PageFetching:
    """Fetches the pages of articles within what each domain's courtesy and budget allow."""

    def __init__(
        self,
        pages: PageSource,
        tables: ExtractorTables,
        clock: Clock,
        courtesy: Courtesy,
        *,
        pages_per_hour: int,
    ) -> None:
        self.courtesy = courtesy
        self._pages = pages
        self._tables = tables
        self._clock = clock
        self._pages_per_hour = pages_per_hour
        self._declared: list[Event] = []

    async def fetch(self, job: PageJob) -> PageText:
        """Fetch the page of an article, or its next one where it has several.

        Raises RejectError where there is nothing to be had: disallowed, gone, no HTML, the domain's
        budget of the hour used up. Raises RetryError where a later attempt may succeed.
        """
        url = job.several.following or unwrap_link(job.article.url or "")
        now = self._clock.now().timestamp()
        if not self.courtesy.count_page(job.domain, now, self._pages_per_hour):
            raise RejectError("its site had its share of requests in this hour")
        self.courtesy.asked(job.domain, now)
        rules = await self._pages.rules(url)
        self._declare(rules)
        delay = rules.robots.delay_seconds
        if not rules.robots.allows(url):
            raise RejectError("robots.txt disallows its page")
        page = await self._pages.page(url, self._tables.feed(job.article), job.several)
        self.courtesy.asked(job.domain, now, delay)
        return page

    def declarations(self) -> Sequence[Event]:
        """Return what sites declared since the last call, to be written."""
        told, self._declared = self._declared, []
        return told

    def _declare(self, rules: SiteRules) -> None:
        """Keep what a site declares, if that is new."""
        if not rules.fresh:
            return
        host = rules.host if len(rules.host) <= 200 else digest_id(rules.host)
        known = self._tables.site(host)
        licenses, usage = rules.robots.licenses, rules.robots.content_usage
        before = ((), ()) if known is None else (known.licenses, known.content_usage)
        if (licenses, usage) == before:
            return
        looked = self._clock.now()
        self._declared.append(
            Site(
                schema_version=1,
                host=host,
                licenses=licenses,
                content_usage=usage,
                looked=looked,
            )
        )
