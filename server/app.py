"""All the wiring on one page: settings → database → schema → one ASGI app."""

import math
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import HTTPConnection
from starlette.routing import Route
from tortoise import Tortoise
from tortoise.connection import get_connection

from schema import build_schema
from schema.compiled import CompiledReads
from schema.context import DEVICE_COOKIE, SESSION_COOKIE, Context
from schema.documents import TrustedDocuments
from schema.execution import Engine
from schema.http import GraphQLEndpoint
from schema.limits import Limits
from schema.socket_line import SocketRules
from server import db
from server.edge.access import AccessLog
from server.edge.admission import Admission, places
from server.edge.bodies import BodyBounds
from server.edge.client_files import ClientFiles
from server.edge.headers import SecurityHeaders
from server.edge.health import health_routes
from server.edge.logs import configure_logs
from server.edge.metrics import Metrics
from server.edge.origin import OriginCheck
from server.edge.throttle import SignInThrottle, TooManyAttempts
from server.kernel import replica, unavailable, work
from server.kernel.clock import Clock, system_clock
from server.kernel.refused import Refused
from server.people import sessions, tries
from server.settings import Settings, read_settings
from server.sync.housekeeping import Housekeeper
from server.sync.poke import REST, AcrossProcesses, Newsroom

DRAIN_SECONDS = 8.0


@dataclass
class Edge:
    """What the resolvers of one process share."""

    admission: Admission
    newsroom: Newsroom
    throttle: SignInThrottle = field(default_factory=lambda: SignInThrottle(clock=time.monotonic))
    endpoint: GraphQLEndpoint | None = None
    counts_together: bool = False
    """Tries to sign in are counted in the database, for all processes."""

    async def throttle_sign_in(self, address: str, email: str, now: datetime) -> None:
        try:
            if self.counts_together:
                buckets = self.throttle.buckets(account=email, address=address)
                if wait := await tries.take([tries.Bucket(*bucket) for bucket in buckets], now=now):
                    raise TooManyAttempts(math.ceil(wait))
            else:
                self.throttle.ensure(account=email, address=address)
        except TooManyAttempts as error:
            raise Refused("TOO_MANY_ATTEMPTS", seconds=error.retry_after) from None

    async def forgive_sign_in(self, address: str, email: str) -> None:
        if self.counts_together:
            [(account, *_), _] = self.throttle.buckets(account=email, address=address)
            await tries.forgive(account)
        else:
            self.throttle.succeeded(account=email)

    def end_sockets(self, session_id: UUID) -> None:
        if self.endpoint:
            self.endpoint.sockets.end(lambda context: _session_of(context) == session_id)


def create_app(settings: Settings | None = None, *, clock: Clock = system_clock) -> Starlette:
    settings = settings or read_settings()
    configure_logs(as_json=settings.production)
    metrics = Metrics(sockets=lambda: len(edge.endpoint.sockets) if edge.endpoint else 0)
    edge = _edge(settings, metrics)
    edge.endpoint = _graphql(settings, edge, metrics, clock)
    app = Starlette(
        routes=[
            *edge.endpoint.routes("/graphql"),
            *health_routes(check=_database_answers),
            Route("/metrics", metrics.endpoint),
            *ClientFiles(settings.client).routes(),
        ],
        middleware=[
            Middleware(AccessLog, observe=metrics.request),
            Middleware(SecurityHeaders, hsts=settings.production),
            Middleware(GZipMiddleware, minimum_size=1024, compresslevel=1),
            Middleware(OriginCheck, allowed=settings.origins),
            Middleware(BodyBounds, by_prefix={"/graphql": None}),
        ],
        lifespan=_lifespan(settings, edge, clock),
    )
    app.state.edge = edge
    return app


def _edge(settings: Settings, metrics: Metrics) -> Edge:
    admission = Admission(
        places(connections=None if settings.is_sqlite else settings.pool_size), told=metrics.not_admitted
    )
    # Nobody is poked more often than their pull can be answered.
    newsroom = Newsroom(rest=lambda: REST + min(5.0, 4 * admission.delay("pull")))
    return Edge(admission, newsroom, counts_together=not settings.is_sqlite)


def _graphql(settings: Settings, edge: Edge, metrics: Metrics, clock: Clock) -> GraphQLEndpoint:
    schema = build_schema()
    engine = Engine(
        schema,
        limits=Limits(),
        trusted=TrustedDocuments.load(sorted(settings.client.glob("documents*.json"), reverse=True)),
        may_send_documents=lambda context: not settings.production or context.by_token,
        open_fields=frozenset({"signIn", "standing", "handOver"}),
        describe=_described,
        observe=metrics.operation,
        patience=2.5 * settings.patience,
        reads=CompiledReads(schema),
    )
    engine.documents.warm()

    async def context(connection: HTTPConnection) -> Context:
        return await _context(connection, edge, clock)

    async def sessions_are_live(contexts: Sequence[Context]) -> list[bool]:
        live = await sessions.live([_session_of(context) for context in contexts], clock=clock)
        return [_session_of(context) in live for context in contexts]

    async def renew(of: Context) -> None:
        """With which rights by now?"""
        of.actor = await sessions.refresh(of.session, clock=clock) if of.session else None

    return GraphQLEndpoint(
        engine,
        context_getter=context,
        context_waits=not settings.is_sqlite,
        socket_rules=SocketRules(
            sessions_are_live=sessions_are_live, renew=renew, liveness_seconds=3, sockets=settings.sockets
        ),
        admission=edge.admission,
    )


async def _context(connection: HTTPConnection, edge: Edge, clock: Clock) -> Context:
    cookies = dict(connection.cookies)
    bearer = _bearer(connection)
    token = bearer or cookies.get(SESSION_COOKIE)
    found = await sessions.find(token, clock=clock) if token else None
    session, actor = found or (None, None)
    return Context(
        clock=clock,
        address=connection.client.host if connection.client else "",
        cookies={name: cookies[name] for name in (DEVICE_COOKIE,) if name in cookies},
        label=connection.headers.get("user-agent", "")[:200],
        secure=connection.url.scheme in ("https", "wss"),
        actor=actor,
        session=session,
        by_token=bearer is not None,
        edge=edge,
    )


def _bearer(connection: HTTPConnection) -> str | None:
    kind, _, token = connection.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and token:
        return token.strip()
    return getattr(connection.state, "auth_token", None)


def _session_of(context: Any) -> UUID | None:
    return context.session.id if context.session else None


def _described(error: Exception) -> tuple[str, dict[str, Any]] | None:
    if not isinstance(error, Refused):
        return None
    problem = error.as_problem("en")
    return problem["message"], {"code": error.code, "field": error.field}


async def _database_answers() -> None:
    await get_connection("default").execute_query("SELECT 1")
    if unavailable.is_full():
        await unavailable.ensure_room()


def _lifespan(settings: Settings, edge: Edge, clock: Clock) -> Any:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await db.connect(settings)
        edge.newsroom.open()
        across = None
        if not settings.is_sqlite:
            across = AcrossProcesses(
                edge.newsroom, db.config(settings)["connections"]["default"]["credentials"]
            )
            across.open()
        if settings.replica_url:
            await replica.here.open(settings.replica_url, connections=settings.pool_size)
        housekeeper = Housekeeper(clock)
        housekeeper.open()
        try:
            yield
        finally:
            await housekeeper.close()
            await work.drain(DRAIN_SECONDS)
            edge.newsroom.close()
            if across:
                await across.close()
            await replica.here.close()
            await Tortoise.close_connections()

    return lifespan
