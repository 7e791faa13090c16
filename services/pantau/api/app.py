"""The application of the REST interface, to be mounted at `routes.PREFIX`."""

import logging
from collections.abc import Awaitable, Callable
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

from pantau.api.language import accepted_language
from pantau.api.openapi import document
from pantau.api.problems import error_answer, problem_answer
from pantau.api.rate import RequestRate
from pantau.api.repeats import RepeatedRequests, digest_of, is_key
from pantau.api.requests import InvalidInputError, read_input
from pantau.api.routes import PREFIX, ROUTES, ApiRoute
from pantau.api.segments import WholeSegments, with_slashes
from pantau.common.text.safe_text import one_line
from pantau.errors import PantauError
from pantau.messages.languages import Lang
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
    routes = [
        Route(one.path, api.endpoint(one), methods=[one.method], name=one.operation.name)
        for one in ROUTES
    ]
    routes.append(Route("/openapi.json", api.document, methods=["GET"]))
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
            client = request.client.host if request.client is not None else ""
            wait = self.rate.wait_for(client, self.parts.clock.now())
            if wait:
                told = problem("api.too-many", most=self.rate.per_minute, seconds=wait)
                return problem_answer(429, told, lang, retry_after=wait)
            body = await request.body()
            return await anyio.to_thread.run_sync(
                self._answered, route, request, body, lang, limiter=self.limiter
            )

        return answer

    async def document(self, request: Request) -> Response:
        """Return the OpenAPI document."""
        del request
        return Response(document(), headers={"Cache-Control": "no-cache"}, media_type=JSON)

    async def no_route(self, request: Request, error: Exception) -> Response:
        """Return the answer to a request that no route has."""
        if not isinstance(error, HTTPException):
            raise error
        status = error.status_code
        method, path = request.method[:20], one_line(request.url.path, 200)
        code = "api.no-method" if status == 405 else "api.no-route"
        told = Problem(code, {"method": method, "path": path, "prefix": PREFIX})
        made = problem_answer(status, told, self._lang(request))
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
        known = self.repeats.begin(key, digest, self.parts.clock.now())
        if isinstance(known, Response):
            return known
        if known is not None:
            return problem_answer(
                409 if known == "api.in-progress" else 422, Problem(known), lang, retry_after=1
            )
        made = None
        try:
            made = self._called(route, request, body, lang)
        finally:
            is_final = made is not None and made.status_code < 500
            self.repeats.end(key, made if is_final else None)
        return made

    def _called(self, route: ApiRoute, request: Request, body: bytes, lang: Lang) -> Response:
        if_match = request.headers.get("if-match")
        try:
            named = with_slashes(request.path_params)
            given = read_input(route, named, request.url.query, if_match, body)
            made = route.operation.run(Call(self.parts, lang), given)
            return _response(route, made, lang)
        except InvalidInputError as error:
            told = error.problem or problem("api.invalid")
            return problem_answer(400, told, lang, errors=error.faults)
        except PantauError as error:
            return error_answer(error, lang)
        except Exception:
            log.exception("the API could not answer %s", one_line(request.url.path, 200))
            return problem_answer(500, problem("api.broken"), lang)


def _response(route: ApiRoute, made: BaseModel, lang: Lang) -> Response:
    """Return an answer as JSON, with the version of its resource for `If-Match`."""
    headers = {"Content-Language": lang, "Vary": "Accept-Language"}
    # An answer to a change may have the one secret.
    reads = route.operation.effect == "reads"
    headers["Cache-Control"] = "private, no-cache" if reads else "no-store"
    version = getattr(made, "version", None)
    if isinstance(version, str):
        headers["ETag"] = f'"{version}"'
    return Response(made.model_dump_json(), route.status, headers, JSON)
