"""Phone numbers and other ways to reach somebody, in the one form that is stored and compared. Pure."""

import re
import unicodedata

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, ValidationResult

from server.customers.model import ContactKind
from server.kernel.refused import Refused
from server.kernel.texts import clean

_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
LONGEST_PHONE = 64
LONGEST_EMAIL = 254
LONGEST_WECHAT = 64


def ensure_phone(text: str, *, country: str, field: str = "phone") -> str:
    """E.164. A number without a prefix is read as one of `country`. Refuses INVALID_PHONE with `given`.

    Possible is enough: new ranges come before the tables know them, and 555-01xx is nobody's on purpose.
    """
    typed = clean(text, field, most=LONGEST_PHONE, required=True)
    try:
        number = phonenumbers.parse(unicodedata.normalize("NFKC", typed), country)
    except NumberParseException:
        raise Refused("INVALID_PHONE", field, given=typed) from None
    if phonenumbers.is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        raise Refused("INVALID_PHONE", field, given=typed)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def ensure_email(text: str, *, field: str = "email") -> str:
    typed = clean(text, field, most=LONGEST_EMAIL, required=True)
    if not _EMAIL.fullmatch(typed):
        raise Refused("INVALID_EMAIL", field, given=typed)
    return typed.casefold()


def ensure_contact(kind: ContactKind, text: str, *, country: str, field: str = "value") -> str:
    """The stored form of a contact point of `kind`."""
    if kind == ContactKind.PHONE:
        return ensure_phone(text, country=country, field=field)
    if kind == ContactKind.EMAIL:
        return ensure_email(text, field=field)
    return clean(text, field, most=LONGEST_WECHAT, required=True)


def reversed_value(value: str) -> str:
    """Back to front, so that the tail of a number is the beginning of a key."""
    return value[::-1]
