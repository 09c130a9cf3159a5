"""Rate limits, held before anything else looks at a request.

A request is counted when it comes. What an operation costs is known when it has been
answered, and is counted then: who has used up more than there is waits for the next
window. A kept answer costs nothing.
"""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from workatlas.errors import RateLimitError

from .clients import Clients
from .failures import refused
from .quota import Quota
from .rates import Rates, Standing, headers_of

_FREE = {"healthz", "readyz", "metrics", "ide", "site"}
"""First parts of paths that are not counted: probes, and files that are in memory."""

RATE_HEADERS = ("RateLimit", "RateLimit-Policy", "Retry-After")


class Limited:
    """Answers clients that ask for no more than they may, and refuses others."""

    def __init__(
        self,
        app: ASGIApp,
        clients: Clients,
        rates: Rates,
        *,
        requests: Quota | None = None,
        cost: Quota | None = None,
    ) -> None:
        """Wrap an application; each of the two quotas may be there or not."""
        self.app = app
        self._clients = clients
        self._rates = rates
        self._cost = cost
        asked = ((requests, 1), (cost, 0))
        self._quotas = [(quota, amount) for quota, amount in asked if quota]
        self._policy = ", ".join(quota.policy for quota, _ in self._quotas).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] != "http" or _is_free(scope["path"]):
            await self.app(scope, receive, send)
            return
        client = self._clients.of(scope)
        standings: list[Standing] = []
        for quota, amount in self._quotas:
            standing = await self._rates.use(client, quota, amount)
            standings.append(standing)
            if standing.used - amount >= quota.amount:
                scope["state"]["client"] = client
                await self._refuse(standings, scope, receive, send)
                return

        async def send_with_limits(message: Message) -> None:
            if message["type"] == "http.response.start":
                used = scope["state"].get("cost")
                if used and self._cost:
                    # It is the last one.
                    standings[-1] = await self._rates.use(client, self._cost, used)
                told = headers_of(self._policy, standings)
                message["headers"] = [*message["headers"], *told]
            await send(message)

        await self.app(scope, receive, send_with_limits)

    async def _refuse(
        self, standings: Sequence[Standing], scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Say how much there is, and when there will be more."""
        quota, _, wait = standings[-1]
        error = RateLimitError(
            "cost_limit" if quota is self._cost else "rate_limit",
            f"All is used up of what a client may have ({quota.name}: "
            f"{quota.amount:,} in {quota.seconds:,} seconds).",
            seconds=wait,
            todo=f"Ask again in {wait} seconds.",
        )
        reply = await refused(Request(scope, receive), error)
        reply.raw_headers += headers_of(self._policy, standings)
        await reply(scope, receive, send)


def _is_free(path: str) -> bool:
    return path.lstrip("/").partition("/")[0] in _FREE
