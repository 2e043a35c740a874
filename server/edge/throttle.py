"""How often somebody may try to sign in: a token bucket per account and one per address."""

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` tries at once, then one every `seconds`."""

    burst: int
    seconds: float


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float


class TooManyAttempts(Exception):
    """Refused without looking at the password; `retry_after` is in whole seconds."""

    code = "TOO_MANY_ATTEMPTS"

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"Too many attempts. Try again in {retry_after} seconds.")
        self.retry_after = retry_after


class Throttle:
    """Buckets of one rate by key. Of more than `keys` those that were longest unused are forgotten, so
    that a flood of invented names cannot grow it."""

    def __init__(self, rate: Rate, *, clock: Callable[[], float], keys: int = 10_000) -> None:
        self.rate = rate
        self._clock = clock
        self._keys = keys
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def wait(self, key: str) -> float:
        """Seconds until `key` may try, 0 when it may now."""
        return max(0.0, (1.0 - self._bucket(key).tokens) * self.rate.seconds)

    def take(self, key: str) -> None:
        """Note a try of `key`."""
        bucket = self._bucket(key)
        bucket.tokens -= 1.0
        self._buckets[key] = bucket
        self._buckets.move_to_end(key)
        while len(self._buckets) > self._keys:
            self._buckets.popitem(last=False)

    def forget(self, key: str) -> None:
        self._buckets.pop(key, None)

    def __len__(self) -> int:
        return len(self._buckets)

    def _bucket(self, key: str) -> _Bucket:
        """The bucket of `key` as it has filled up to now."""
        now = self._clock()
        bucket = self._buckets.get(key)
        if bucket is None:
            return _Bucket(float(self.rate.burst), now)
        bucket.tokens = min(self.rate.burst, bucket.tokens + (now - bucket.at) / self.rate.seconds)
        bucket.at = now
        return bucket


class SignInThrottle:
    """Ask `ensure` before a password is looked at; say `succeeded` when it was right.

    An address may try more often than an account, since a showroom's people share one. A right password
    clears the account only: else one good account would open its address for guessing at the others.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float],
        account: Rate = Rate(burst=5, seconds=60.0),
        address: Rate = Rate(burst=30, seconds=10.0),
        keys: int = 10_000,
    ) -> None:
        self._accounts = Throttle(account, clock=clock, keys=keys)
        self._addresses = Throttle(address, clock=clock, keys=keys)

    def ensure(self, *, account: str, address: str) -> None:
        """Count one try. Raises TooManyAttempts, and then counts nothing."""
        name = _name(account)
        wait = max(self._accounts.wait(name), self._addresses.wait(address))
        if wait > 0:
            raise TooManyAttempts(math.ceil(round(wait, 3)))
        self._accounts.take(name)
        self._addresses.take(address)

    def buckets(self, *, account: str, address: str) -> list[tuple[str, int, float]]:
        """The same two as key, burst and seconds, for those who count elsewhere."""
        return [
            (f"account {_name(account)}", self._accounts.rate.burst, self._accounts.rate.seconds),
            (f"address {address}", self._addresses.rate.burst, self._addresses.rate.seconds),
        ]

    def succeeded(self, *, account: str) -> None:
        self._accounts.forget(_name(account))


def _name(account: str) -> str:
    return account.strip().casefold()[:320]
