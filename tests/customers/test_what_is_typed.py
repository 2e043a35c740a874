"""What may be said of a customer: phones, e-mails, birthdays, names and the keys by which they are found."""

from datetime import date

import pytest

from server.customers.names import compact, fold, keys_of
from server.customers.phones import ensure_email, ensure_phone
from server.customers.rules import ensure_birthday, settle, with_tags
from server.kernel.refused import Refused, sentence
from server.kernel.texts import clean


@pytest.mark.parametrize(
    ("typed", "country", "stored"),
    [
        ("(212) 555-0134", "US", "+12125550134"),
        ("(555) 555-0134", "US", "+15555550134"),  # fictitious: possible, though nobody's
        ("+1 415 555 0199", "CN", "+14155550199"),
        ("138 0013 8000", "CN", "+8613800138000"),
        ("１３８００１３８０００", "CN", "+8613800138000"),
        ("+86 139 1234 5678", "US", "+8613912345678"),
        ("030 901820", "DE", "+4930901820"),
    ],
)
def test_a_phone_is_stored_as_e164_in_the_country_of_the_showroom(
    typed: str, country: str, stored: str
) -> None:
    assert ensure_phone(typed, country=country) == stored


@pytest.mark.parametrize("typed", ["hello", "12345", "555-0134", "1" * 40, "+999 12", "😀", "12 or 34"])
def test_a_phone_that_is_no_phone_is_refused_with_what_was_typed(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        ensure_phone(typed, country="US")

    assert (refused.value.code, refused.value.field) == ("INVALID_PHONE", "phone")
    for language in ("en", "zh-CN"):
        assert typed in sentence("INVALID_PHONE", language, refused.value.facts)


def test_an_endless_phone_is_too_long_to_be_looked_at() -> None:
    with pytest.raises(Refused) as refused:
        ensure_phone("1" * 10_000_000, country="US")

    assert (refused.value.code, refused.value.facts) == ("TEXT_TOO_LONG", {"most": 64})


def test_an_email_is_folded() -> None:
    assert ensure_email(" Anna@Example.COM ") == "anna@example.com"


@pytest.mark.parametrize(
    "typed", ["anna", "anna@", "@example.com", "a b@example.com", "a@b", "a@.com", "a@b..c"]
)
def test_an_email_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        ensure_email(typed)

    assert refused.value.code == "INVALID_EMAIL"


@pytest.mark.parametrize("day", [date(2090, 1, 1), date(2026, 6, 4), date(1899, 12, 31), date(1, 1, 1)])
def test_nobody_is_born_tomorrow_or_before_1900(day: date) -> None:
    with pytest.raises(Refused) as refused:
        ensure_birthday(day, today=date(2026, 6, 3))

    assert refused.value.code == "INVALID_BIRTHDAY"


def test_one_may_be_born_today() -> None:
    assert ensure_birthday(date(2026, 6, 3), today=date(2026, 6, 3)) == date(2026, 6, 3)


@pytest.mark.parametrize(
    ("name", "folded", "pinyin", "initials"),
    [
        ("王小明", "王小明", "wangxiaoming", "wxm"),
        ("单雄信", "单雄信", "shanxiongxin", "sxx"),  # as a surname it is not "dan"
        ("曾国藩", "曾国藩", "zengguofan", "zgf"),
        ("尉迟恭", "尉迟恭", "yuchigong", "ycg"),
        ("欧阳锋", "欧阳锋", "ouyangfeng", "oyf"),
        ("吕布", "吕布", "lvbu", "lb"),
        ("王 Amy", "王 amy", "wangamy", "wa"),
        ("Élodie Müller", "elodie muller", "muller elodie", "em"),
        ("Straße", "strasse", "", "s"),
        ("  José   de la Cruz ", "jose de la cruz", "cruz jose de la", "jdlc"),
    ],
)
def test_a_name_is_found_folded_by_its_sound_and_by_its_initials(
    name: str, folded: str, pinyin: str, initials: str
) -> None:
    assert keys_of(name) == (folded, pinyin, initials)


def test_keys_fit_their_columns_for_any_name() -> None:
    keys = keys_of("ß" * 160)
    assert (len(keys.folded), len(keys_of("鬱" * 160).pinyin)) == (160, 240)


def test_plates_are_compared_without_their_dashes() -> None:
    assert compact("京a·12 3-45") == "京A12345"
    assert fold("ＡＢＣ") == "abc"


@pytest.mark.parametrize(
    ("current", "seen", "wanted", "stands", "was_lost"),
    [
        ("a", "a", "b", "b", False),  # nobody else was there
        ("b", "a", "b", "b", False),  # both said the same
        ("b", "a", "a", "b", False),  # this writer changed nothing
        ("b", "a", "c", "c", True),  # both changed it: the later stands, the other is told
        ("", "a", "c", "c", True),  # emptied meanwhile is a change as well
    ],
)
def test_an_edit_is_settled_three_ways(
    current: str, seen: str, wanted: str, stands: str, was_lost: bool
) -> None:
    assert settle(current=current, seen=seen, wanted=wanted) == (stands, was_lost)


@pytest.mark.parametrize("text", ["a\x00b", "\ud83d", "x\udfff"])
def test_text_that_no_database_holds_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        clean(text, "note")

    assert (refused.value.code, refused.value.field) == ("BAD_TEXT", "note")


@pytest.mark.parametrize("text", ["你好 😀", "\u202eright to left", "é" * 10_000])
def test_any_other_text_is_kept_as_it_is(text: str) -> None:
    assert clean(f" {text}\n", "note") == text


def test_tags_are_united() -> None:
    assert with_tags(["vip", "dog"], added=["fleet", "vip"], removed=["dog"]) == ["vip", "fleet"]
