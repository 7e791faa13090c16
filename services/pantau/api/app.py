"""The application of the REST interface, to be mounted at `mount.PREFIX`."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

import anyio
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pantau.api.conditional import etag_of, fresh_only
from pantau.api.identity import parts_of, repeat_key
from pantau.api.language import accepted_language
from pantau.api.mount import no_route_answer
from pantau.api.openapi import document
from pantau.api.problems import error_answer, problem_answer
from pantau.api.rate import RequestRate
from pantau.api.repeats import RepeatedRequests, digest_of, is_key
from pantau.api.requests import InvalidInputError, read_input
from pantau.api.routes import ROUTES, ApiRoute
from pantau.api.segments import WholeSegments, with_slashes
from pantau.common.text.safe_text import one_line
from pantau.errors import PantauError
from pantau.messages.languages import Lang
from pantau.messages.options import speaking_to
from pantau.operations.base.operation import Call
from pantau.operations.base.parts import Parts
from pantau.problems import Problem, problem

log = logging.getLogger(__name__)

JSON: Final = "application/json"
Endpoint = Callable[[Request], Awaitable[Response]]


def build_api(parts: Parts, limiter: anyio.CapacityLimiter) -> Starlette:
    """Build the application. Opens nothing.

    Operations run in threads, as many at a time as the limiter has.
    """
    api = _Api(parts, limiter, RequestRate(parts.settings.console.requests_per_minute))
    paths: dict[str, dict[str, Endpoint]] = {"/openapi.json": {"GET": api.document}}
    for one in ROUTES:
        paths.setdefault(one.path, {})[one.method] = api.endpoint(one)
    # One route for each path, so that a 405 names all its methods; fixed paths come first.
    routes = [
        Route(path, _by_method(endpoints), methods=list(endpoints))
        for path, endpoints in sorted(paths.items(), key=lambda pair: pair[0].count("{"))
    ]
    return Starlette(
        routes=routes,
        middleware=[Middleware(WholeSegments)],
        exception_handlers={HTTPException: api.no_route},
    )


@dataclass(slots=True)
class _Api:
    parts: Parts
    limiter: anyio.CapacityLimiter
    rate: RequestRate
    repeats: RepeatedRequests = field(default_factory=RepeatedRequests)

    def endpoint(self, route: ApiRoute) -> Endpoint:
        async def answer(request: Request) -> Response:
            lang = self._lang(request)
            refused = self._too_many(request, lang)
            if refused is not None:
                return refused
            body = await request.body()
            return await anyio.to_thread.run_sync(
                self._answered, route, request, body, lang, limiter=self.limiter
            )

        return answer

    async def document(self, request: Request) -> Response:
        """Return the OpenAPI document."""
        refused = self._too_many(request, self._lang(request))
        if refused is not None:
            return refused
        # The first request makes it, which takes longer than others should wait for.
        content = (await anyio.to_thread.run_sync(document, limiter=self.limiter)).encode()
        headers = {"Cache-Control": "no-cache", "ETag": etag_of(content, None)}
        return fresh_only(Response(content, 200, headers, JSON), request.headers)

    def _too_many(self, request: Request, lang: Lang) -> Response | None:
        """Return the refusal of a client that asks too often; None for any other."""
        peer = request.client.host if request.client is not None else ""
        client = str(request.scope.get("state", {}).get("address", peer))
        wait = self.rate.wait_for(client, self.parts.clock.now())
        if not wait:
            return None
        told = problem("api.too-many", most=self.rate.per_minute, seconds=wait)
        return problem_answer(429, told, lang, retry_after=wait)

    async def no_route(self, request: Request, error: Exception) -> Response:
        """Return the answer to a request that no route has."""
        if not isinstance(error, HTTPException):
            raise error
        made = no_route_answer(error.status_code, request, self._lang(request))
        for name, value in (error.headers or {}).items():
            made.headers[name] = value
        return made

    def _lang(self, request: Request) -> Lang:
        return accepted_language(request.headers.get("accept-language"), self.parts.settings.lang)

    def _answered(self, route: ApiRoute, request: Request, body: bytes, lang: Lang) -> Response:
        """Return the response of an operation, whatever goes wrong in it. Runs in a thread."""
        key = request.headers.get("idempotency-key")
        if key is None or not route.takes_key:
            return self._called(route, request, body, lang)
        if not is_key(key):
            return problem_answer(400, problem("api.no-key"), lang)
        digest = digest_of(request.method, request.url.path, body)
        key = repeat_key(request, key)
        known = self.repeats.begin(key, digest, self.parts.clock.now())
        if isinstance(known, Response):
            return known
        if known is not None:
            if known == "api.in-progress":
                return problem_answer(409, Problem(known), lang, retry_after=1)
            return problem_answer(422, Problem(known), lang)  # no later attempt helps
        made = None
        try:
            made = self._called(route, request, body, lang)
        finally:
            # What failed on our side can be tried again under the same key.
            is_final = made is not None and made.status_code < 500
            self.repeats.end(key, made if is_final else None)
        return made

    def _called(self, route: ApiRoute, request: Request, body: bytes, lang: Lang) -> Response:
        with speaking_to("programs"):
            return self._run(route, request, body, lang)

    def _run(self, route: ApiRoute, request: Request, body: bytes, lang: Lang) -> Response:
        if_match = request.headers.get("if-match")
        try:
            named = with_slashes(request.path_params)
            given = read_input(route, named, request.url.query, if_match, body)
            made = route.operation.run(Call(parts_of(request, self.parts), lang), given)
            return _response(route, made, lang, request.headers)
        except InvalidInputError as error:
            told = error.problem or problem("api.invalid")
            return problem_answer(400, told, lang, errors=error.faults)
        except PantauError as error:
            return error_answer(error, lang)
        except Exception:
            log.exception("the API could not answer %s", one_line(request.url.path, 200))
            return problem_answer(500, problem("api.broken"), lang)


def _by_method(endpoints: Mapping[str, Endpoint]) -> Endpoint:
    async def answer(request: Request) -> Response:
        return await endpoints["GET" if request.method == "HEAD" else request.method](request)

    return answer


def _response(route: ApiRoute, made: BaseModel, lang: Lang, asked: Mapping[str, str]) -> Response:
    """Return an answer as JSON with its ETag: `If-Match` and `If-None-Match` depend on it."""
    headers = {"Content-Language": lang, "Vary": "Accept-Language"}
    # An answer to a change may have the one secret.
    reads = route.operation.effect == "reads"
    headers["Cache-Control"] = "private, no-cache" if reads else "no-store"
    content = made.model_dump_json().encode()
    given = getattr(made, "version", None)
    version = given if isinstance(given, str) else None
    if route.method == "GET":
        headers["ETag"] = etag_of(content, version)
    elif version is not None:
        headers["ETag"] = f'"{version}"'
    answer = Response(content, route.status, headers, JSON)
    return fresh_only(answer, asked) if route.method == "GET" else answer
