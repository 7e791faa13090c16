"""Sign-in by a provider of OpenID Connect: to it, back from it, and out of it.

Links, and no forms: the policy `form-action 'self'` holds for where a form is led to as well.
"""

from collections.abc import Awaitable, Callable
from typing import Final

import anyio
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from pantau.console.asked import Asked
from pantau.console.identity import SIGN_IN
from pantau.console.show.links import local_back, own_path
from pantau.console.signing.forms import DONE, asked_of, refused, set_cookie, sign_in_page
from pantau.errors import PantauError
from pantau.operations.base.parts import Parts
from pantau.usecases.accounts.oidc.provider import RETURN
from pantau.usecases.accounts.oidc.signing import ProviderSignIn
from pantau.usecases.accounts.signing_in import SignInRefusedError

COOKIE: Final = "__Host-pantau-sign-in"
"""Keeps a sign-in that is under way, in the browser that began it."""
BEGIN: Final = "/sign-in/provider"
END: Final = "/sign-in/provider/end"
AT_ONCE: Final = 2
"""Sign-ins that ask the provider at a time."""

Step = Callable[[Asked, ProviderSignIn, Request], Response]


def provider_routes(parts: Parts) -> list[BaseRoute]:
    """Return the routes; none where nobody signs in by a provider."""
    if parts.provider is None or parts.accounts is None:
        return []
    provider = parts.provider
    limiter = anyio.CapacityLimiter(AT_ONCE)

    def endpoint(step: Step) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            made = await anyio.to_thread.run_sync(
                _answered, step, parts, provider, request, limiter=limiter
            )
            made.headers["Cache-Control"] = "no-store"
            return made

        return answer

    steps = ((BEGIN, _begin), (RETURN, _return), (END, _end))
    return [Route(path, endpoint(step), methods=["GET"]) for path, step in steps]


def _answered(step: Step, parts: Parts, provider: ProviderSignIn, request: Request) -> Response:
    asked = asked_of(parts, request)
    try:
        asked = asked_of(parts, request, request.url.query)
        return step(asked, provider, request)
    except SignInRefusedError as error:
        page = sign_in_page(asked, "", error.text(asked.lang), error.after_seconds)
        return refused(page, error)
    except PantauError as error:
        return sign_in_page(asked, "", error.text(asked.lang))


def _begin(asked: Asked, provider: ProviderSignIn, request: Request) -> Response:
    """Send the browser to the provider, with a cookie that its answer is compared with."""
    del request
    begun = provider.begin(local_back(asked.values.get("back")))
    made = RedirectResponse(begun.address, status_code=303)
    made.set_cookie(
        COOKIE, begun.cookie, max_age=begun.seconds, secure=True, httponly=True, samesite="lax"
    )
    return made


def _return(asked: Asked, provider: ProviderSignIn, request: Request) -> Response:
    """Start the session, and go on to the page that was asked for."""
    cookie = request.cookies.get(COOKIE, "")
    address = str(request.scope["state"].get("address", ""))
    signed_in = provider.finish(asked.values, cookie, address)
    # Another address, so that the code does not stay in the one of the page.
    made = RedirectResponse(own_path(DONE, back=local_back(signed_in.back)), status_code=303)
    if asked.parts.accounts is not None:
        set_cookie(made, signed_in.secret, asked.parts.accounts)
    made.delete_cookie(COOKIE, secure=True, httponly=True, samesite="lax")
    return made


def _end(asked: Asked, provider: ProviderSignIn, request: Request) -> Response:
    """Send the browser to where a person signs out of the provider."""
    del request
    base = asked.parts.settings.console.public_url or ""
    return RedirectResponse(provider.end_address(base + SIGN_IN) or SIGN_IN, status_code=303)
