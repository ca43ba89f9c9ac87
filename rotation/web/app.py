"""The application: ``/feeds/SECRET.ics`` and ``/health``. What it logs holds no secret."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from rotation.store.feeds import Feed
from rotation.web.attempts import Attempts
from rotation.web.board import Board
from rotation.web.rendered import Rendered

ACCESS = logging.getLogger("rotation.access")
REFRESH_S = 1.0
LONGEST_SECRET = 64
HEADERS = {
    "content-type": "text/calendar; charset=utf-8",
    "cache-control": "private, no-cache",
    "vary": "accept-encoding",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
    "referrer-policy": "no-referrer",
    "content-disposition": 'inline; filename="rotation.ics"',
}


def application(board: Board, attempts: Attempts, refresh_s: float = REFRESH_S) -> Starlette:
    """The ASGI application.

    Args:
        board: what feeds show.
        attempts: counts wrong secrets.
        refresh_s: how often the store is looked at, seconds.
    """

    async def feed(request: Request) -> Response:
        address = request.client.host if request.client else ""
        secret = request.path_params["secret"]
        found = board.feed(secret) if len(secret) <= LONGEST_SECRET else None
        if found is None:
            response, number = _refused(attempts.wrong(address)), 0
        else:
            response, number = _answer(request, *found), found[0].number
        ACCESS.info("%s %s feed %s %d", address, request.method, number or "unknown", response.status_code)
        return response

    async def health(_: Request) -> Response:
        return PlainTextResponse("ok\n")

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await run_in_threadpool(board.refresh)
        task = asyncio.create_task(_keep_fresh(board, refresh_s))
        yield
        task.cancel()

    routes = [Route("/feeds/{secret}.ics", feed, methods=["GET"]), Route("/health", health, methods=["GET"])]
    return Starlette(routes=routes, lifespan=lifespan)


async def _keep_fresh(board: Board, refresh_s: float) -> None:
    while True:
        await asyncio.sleep(refresh_s)
        await run_in_threadpool(board.refresh)


def _refused(pause_s: int) -> Response:
    if pause_s:
        return PlainTextResponse("too many unknown addresses\n", 429, {"retry-after": str(pause_s)})
    return PlainTextResponse("no such calendar\n", 404)


def _answer(request: Request, _feed: Feed, found: Rendered) -> Response:
    zipped = bool(found.compressed) and _takes_gzip(request.headers.get("accept-encoding", ""))
    headers = {**HEADERS, "last-modified": found.last_modified, "etag": found.compressed_etag if zipped else found.etag}
    if found.is_known(request.headers.get("if-none-match"), request.headers.get("if-modified-since")):
        del headers["content-type"], headers["content-disposition"]
        return Response(status_code=304, headers=headers)
    if zipped:
        headers["content-encoding"] = "gzip"
    return Response(found.compressed if zipped else found.content, headers=headers)


def _takes_gzip(accepted: str) -> bool:
    """Whether Accept-Encoding names gzip, or everything, with a weight above zero."""
    weights = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        weights[name.strip()] = weight.replace(" ", "").removeprefix("q=") or "1"
    found = weights.get("gzip", weights.get("*", "0"))
    try:
        return float(found) > 0
    except ValueError:
        return False
