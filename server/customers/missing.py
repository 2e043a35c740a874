"""What a customer's record still lacks, so that somebody asks at the next occasion."""

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum

from server.customers.model import Consent, ContactKind, ContactPoint, Customer, CustomerKind, OwnedCar


class Missing(StrEnum):
    PHONE = "PHONE"
    EMAIL = "EMAIL"
    NAME_PARTS = "NAME_PARTS"
    BIRTHDAY = "BIRTHDAY"
    ADDRESS = "ADDRESS"
    LANGUAGE = "LANGUAGE"
    OWNED_CAR = "OWNED_CAR"
    MARKETING_CONSENT = "MARKETING_CONSENT"


def missing(
    customer: Customer,
    *,
    contact_points: Collection[ContactPoint],
    owned_cars: Collection[OwnedCar],
    consents: Iterable[Consent],
    today: date,
) -> list[Missing]:
    """In the order of their use. A phone counts when it is reachable; a consent when it was given, the newest
    word on a channel counting, and has not expired."""
    is_person = customer.kind == CustomerKind.PERSON
    reached = {point.kind for point in contact_points if point.reachable}
    lacking = {
        Missing.PHONE: ContactKind.PHONE not in reached,
        Missing.EMAIL: ContactKind.EMAIL not in reached,
        Missing.NAME_PARTS: is_person and not (customer.family_name or customer.given_name),
        Missing.BIRTHDAY: is_person and customer.birthday is None,
        Missing.ADDRESS: not customer.address,
        Missing.LANGUAGE: not customer.language,
        Missing.OWNED_CAR: not owned_cars,
        Missing.MARKETING_CONSENT: not customer.do_not_contact and not _may_advertise(consents, today),
    }
    return [what for what, is_lacking in lacking.items() if is_lacking]


def _may_advertise(consents: Iterable[Consent], today: date) -> bool:
    newest: dict[str, Consent] = {}
    for consent in sorted(consents, key=lambda c: (c.recorded_at, c.id)):
        if consent.purpose == "MARKETING":
            newest[consent.channel] = consent
    return any(c.given and (c.expires_on is None or c.expires_on >= today) for c in newest.values())
