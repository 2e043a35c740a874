"""Stock lists as real senders write them: every trap of theirs, and what becomes of it."""

import io
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import openpyxl
import pytest

from server.integrations.inventory import mapping, reading
from server.integrations.inventory.actions import List, preview, take_over
from server.integrations.inventory.comparison import Comparison, Finding, Verdict
from server.integrations.inventory.reading import Unreadable
from server.kernel.actor import Actor
from server.kernel.model import AuditRecord, FeedEntry
from server.kernel.refused import Refused
from server.showrooms.model import Showroom
from server.vehicles.model import Condition, PriceChange, Vehicle, VehicleStatus
from tests.cast import NOW, Cast, Clock

TAHOE, EQUINOX, TRAX, JETTA = (
    "1GNSKNKD3VR001234",
    "3GNAXPEG6VL001234",
    "KL77LGEP7VC001234",
    "3VWBW7BU4VM001234",
)
HEADERS = (
    "Stock Number",
    "Year",
    "Make",
    "Model",
    "Trim",
    "VIN",
    "Miles",
    "MSRP",
    "Category",
    "Age",
    "Colour",
)
ROWS = (
    ("R1001", 2027, "CHEVROLET", "TAHOE", "RST", TAHOE, 12, 68250, "ON DEALER LOT ", 596, "SUMMIT WHITE"),
    ("R1002", 2027, "CHEVROLET", "EQUINOX", "ACTIV", EQUINOX, 8, 31990, "IN TRANSIT", 3, "Radiant Red"),
    ("R1003", 2027, "CHEVROLET", "TRAX", "2RS", TRAX, 5, 26190, "ON DEALER LOT", 40, "Black"),
    ("R1004", 2027, "VOLKSWAGEN", "JETTA", "SEL", JETTA, 15, 28990, "ON DEALER LOT", 11, "Black"),
)


class Desk:
    """Takes lists over for Riverside."""

    def __init__(self, showroom: Showroom, actor: Actor, clock: Clock) -> None:
        self.showroom, self.actor, self.clock = showroom, actor, clock

    async def reads(self, content: bytes | str, *, source: str = "dms", **corrections: str) -> Comparison:
        return await take_over(self.list_of(content, source, corrections), actor=self.actor, clock=self.clock)

    async def looks_at(self, content: bytes | str, *, source: str = "dms") -> Comparison:
        return await preview(self.list_of(content, source, {}), clock=self.clock)

    def list_of(self, content: bytes | str, source: str, corrections: dict[str, str]) -> List:
        table = reading.read(content.encode() if isinstance(content, str) else content)
        columns = mapping.guess(table.headers, corrections=corrections)
        return List(table=table, columns=columns, source=source, showroom=self.showroom)

    async def car(self, vin: str) -> Vehicle:
        return await Vehicle.get(showroom_id=self.showroom.id, vin=vin)


@pytest.fixture
async def desk(harbour: Cast, clock: Clock) -> Desk:
    return Desk(await Showroom.get(id=harbour.showrooms["riverside"]), await harbour.actor("rex"), clock)


def csv_of(*rows: tuple[Any, ...], headers: tuple[str, ...] = HEADERS, by: str = ",") -> str:
    return "\n".join(by.join(str(cell) for cell in row) for row in (headers, *rows))


def found(compared: Comparison, vin: str) -> Finding:
    return next(finding for finding in compared.findings if finding.vin == vin)


async def test_a_spreadsheet_with_blank_rows_and_trailing_blanks_is_read_whole(desk: Desk) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (tuple(f"{h} " for h in HEADERS), *ROWS[:2], (None,) * 11, ("", " "), *ROWS[2:], (None,)):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)

    compared = await desk.reads(file.getvalue())

    assert compared.counts() == {"added": 4, "changed": 0, "same": 0, "gone": 0, "rejected": 0}
    tahoe = await desk.car(TAHOE)
    assert (tahoe.status, tahoe.make, tahoe.model, tahoe.trim) == (
        VehicleStatus.IN_STOCK,
        "Chevrolet",
        "Tahoe",
        "RST",
    )
    assert (tahoe.list_price, tahoe.currency, tahoe.odometer_unit) == (Decimal("68250.00"), "USD", "mi")
    assert tahoe.exterior_color == "Summit White"
    assert tahoe.in_stock_on == (NOW - timedelta(days=596)).date()
    assert (await desk.car(EQUINOX)).status == VehicleStatus.IN_TRANSIT


@pytest.mark.parametrize("by", [",", "|", "\t", ";"])
async def test_comma_pipe_tab_and_semicolon_are_told_apart(desk: Desk, by: str) -> None:
    assert (await desk.looks_at(csv_of(*ROWS, by=by))).counts()["added"] == 4


async def test_the_same_list_twice_changes_nothing(desk: Desk) -> None:
    await desk.reads(csv_of(*ROWS))
    audits, prices = await AuditRecord.all().count(), await PriceChange.all().count()

    again = await desk.reads(csv_of(*ROWS))

    assert again.counts() == {"added": 0, "changed": 0, "same": 4, "gone": 0, "rejected": 0}
    assert (await AuditRecord.all().count(), await PriceChange.all().count()) == (audits, prices)


async def test_a_preview_writes_nothing(desk: Desk) -> None:
    before = await Vehicle.all().count()
    assert (await desk.looks_at(csv_of(*ROWS))).counts()["added"] == 4
    assert await Vehicle.all().count() == before


async def test_the_vin_is_the_identity_and_the_stock_number_may_change(desk: Desk) -> None:
    await desk.reads(csv_of(*ROWS))
    before = await desk.car(TAHOE)

    compared = await desk.reads(csv_of(("R9999", *ROWS[0][1:]), *ROWS[1:]))

    after = await desk.car(TAHOE)
    assert (after.id, after.stock_number) == (before.id, "R9999")
    assert found(compared, TAHOE).remarks == ("stock number: R1001 → R9999",)


async def test_a_car_on_its_way_keeps_its_place_when_its_vin_becomes_known(desk: Desk) -> None:
    rows = [("VR001234", 2027, "CHEVROLET", "TAHOE", "RST", "", "", 68250, "IN TRANSIT", "", "")]
    await desk.reads(csv_of(*rows, *ROWS[1:]))
    coming = await Vehicle.get(stock_number="VR001234")

    await desk.reads(csv_of(*ROWS))

    assert (await desk.car(TAHOE)).id == coming.id


@pytest.mark.parametrize(
    ("said", "miles"),
    [("138.922", 138922), ("138,922", 138922), ("138 922 mi", 138922), ("12.5", 12), ("", None)],
)
async def test_a_mileage_of_138_922_is_a_hundred_and_thirty_eight_thousand(
    desk: Desk, said: str, miles: int | None
) -> None:
    rows = [(*ROWS[0][:6], said, *ROWS[0][7:]), *ROWS[1:]]
    await desk.reads(csv_of(*rows, by="|"))
    assert (await desk.car(TAHOE)).mileage == miles


async def test_a_make_that_hides_in_the_model_is_found(desk: Desk) -> None:
    rows = [
        (*ROWS[0][:2], "", "LAND ROVER DEFENDER", *ROWS[0][4:]),
        (*ROWS[1][:2], "", "EQUINOX", *ROWS[1][4:]),
    ]
    await desk.reads(csv_of(*rows))
    rover, equinox = await desk.car(TAHOE), await desk.car(EQUINOX)
    assert (rover.make, rover.model) == ("Land Rover", "Defender")
    assert (equinox.make, equinox.model) == ("Chevrolet", "Equinox"), "by its VIN"


async def test_what_cannot_be_a_car_is_rejected_with_its_line_and_reason(desk: Desk) -> None:
    compared = await desk.reads(
        csv_of(
            ROWS[0],
            ("R2", 2027, "CHEVROLET", "TAHOE", "RST", "NOTAVIN", 1, 1, "", 1, ""),
            ("", 2027, "CHEVROLET", "TAHOE", "RST", "", 1, 1, "", 1, ""),
            ("R4", 2027, "CHEVROLET", "", "RST", EQUINOX, 1, 1, "", 1, ""),
            ROWS[0],
        )
    )
    rejected = [(f.number, f.remarks[0]) for f in compared.findings if f.verdict == Verdict.REJECTED]
    assert rejected == [
        (3, "'NOTAVIN' is not a VIN"),
        (4, "neither a VIN nor a stock number"),
        (5, "no model"),
        (6, "the same car as in line 2"),
    ]
    assert compared.counts()["added"] == 1


async def test_oddities_are_told_and_do_not_stop_a_car(desk: Desk) -> None:
    wrong_digit = TAHOE[:8] + "0" + TAHOE[9:]
    row = ("R1", "20x7", "CHEVROLET", "TAHOE", "T" * 200, wrong_digit, "many", -5, "ON THE MOON", 1, "")
    compared = await desk.reads(csv_of(row))

    car = await desk.car(wrong_digit)
    assert len(found(compared, wrong_digit).remarks) == 6
    assert (car.year, car.mileage, car.list_price, car.status) == (None, None, None, VehicleStatus.IN_STOCK)
    assert len(car.trim) == 120
    assert len(car.extras["trim"]) == 200


async def test_pipes_inside_the_options_and_commas_inside_the_images_stay_there(desk: Desk) -> None:
    headers = ("VIN", "Make", "Model", "Options", "ImageList")
    images = ",".join(f"https://example.com/{n}.jpg" for n in range(400))
    text = csv_of(
        (TAHOE, "Chevrolet", "Tahoe", "Sunroof|Tow hitch|Heated seats", images), headers=headers, by="|"
    )

    await desk.reads(text)

    extras = (await desk.car(TAHOE)).extras
    assert extras["Options"] == "Sunroof Tow hitch Heated seats"
    assert extras["ImageList"] == images


async def test_what_is_no_longer_listed_is_gone_and_comes_back_as_itself(desk: Desk) -> None:
    await desk.reads(csv_of(*ROWS))
    before = await desk.car(TAHOE)

    compared = await desk.reads(csv_of(*ROWS[1:]))
    assert compared.counts()["gone"] == 1
    assert (await desk.car(TAHOE)).status == VehicleStatus.GONE

    await desk.reads(csv_of(*ROWS))
    again = await desk.car(TAHOE)
    assert (again.id, again.status) == (before.id, VehicleStatus.IN_STOCK)


async def test_a_file_that_would_drop_more_than_half_the_stock_is_refused(desk: Desk) -> None:
    await desk.reads(csv_of(*ROWS))
    with pytest.raises(Refused) as refused:
        await desk.reads(csv_of(ROWS[0]))

    assert (refused.value.code, refused.value.facts) == ("DROPS_TOO_MUCH", {"gone": 3, "stock": 4})
    assert (await desk.car(JETTA)).status == VehicleStatus.IN_STOCK


async def test_only_the_source_that_brought_a_car_takes_it_away(desk: Desk, harbour: Cast) -> None:
    await desk.reads(csv_of(*ROWS[:2]), source="new cars")
    compared = await desk.reads(csv_of(*ROWS[2:]), source="used cars")
    assert compared.counts()["gone"] == 0
    assert (await Vehicle.get(id=harbour.cars["tahoe"])).status == VehicleStatus.IN_STOCK


async def test_what_the_showroom_decided_is_not_overruled_by_a_list(desk: Desk) -> None:
    await desk.reads(csv_of(*ROWS))
    tahoe = await desk.car(TAHOE)
    tahoe.status = VehicleStatus.SOLD
    await tahoe.save()

    compared = await desk.reads(csv_of(*ROWS))
    assert (await desk.car(TAHOE)).status == VehicleStatus.SOLD
    assert "sold here" in found(compared, TAHOE).remarks[0]
    assert (await desk.reads(csv_of(*ROWS[1:]))).counts()["gone"] == 0


async def test_every_price_is_remembered(desk: Desk, clock: Clock) -> None:
    await desk.reads(csv_of(*ROWS))
    clock.pass_(days=1)
    await desk.reads(csv_of((*ROWS[0][:7], "$66,900", *ROWS[0][8:9], 597, *ROWS[0][10:]), *ROWS[1:], by="|"))

    tahoe = await desk.car(TAHOE)
    changes = await PriceChange.filter(vehicle_id=tahoe.id).order_by("changed_at")
    assert [change.list_price for change in changes] == [Decimal("68250.00"), Decimal("66900.00")]


async def test_tablets_hear_of_every_car(desk: Desk) -> None:
    await desk.reads(csv_of(*ROWS))
    ids: list[UUID] = [(await desk.car(vin)).id for vin in (TAHOE, EQUINOX, TRAX, JETTA)]
    assert await FeedEntry.filter(entity_id__in=ids, collection="vehicles").count() == 4


async def test_a_header_that_is_spelt_otherwise_is_mapped_once(desk: Desk, tmp_path: Any) -> None:
    headers = ("Chassis", "Brand", "Line", "Dealer Ask", "N/U", "MSRP")
    text = csv_of((TAHOE, "Chevrolet", "Tahoe", "$61,000.50", "U", 70000), headers=headers, by="|")
    said = {"model": "Line", "price": "dealer ask", "condition": "N/U"}
    mapping.keep(tmp_path, showroom_id=desk.showroom.id, source="dms", corrections=said)

    await desk.reads(text, **mapping.kept(tmp_path, showroom_id=desk.showroom.id, source="dms"))

    car = await desk.car(TAHOE)
    assert (car.model, car.price, car.condition) == ("Tahoe", Decimal("61000.50"), Condition.USED)
    assert mapping.kept(tmp_path, showroom_id=desk.showroom.id, source="another") == {}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\n\n , \n", "empty"),
        (b"VIN\n1\n", "must name the columns"),
        (b"PK\x03\x04 broken", "cannot be opened"),
        (b"Colour,Shape\nred,round\n", "No column for the VIN"),
    ],
)
async def test_what_is_no_list_is_said_to_be_none(desk: Desk, content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        await desk.looks_at(content)


def test_a_correction_that_names_no_column_is_told() -> None:
    with pytest.raises(Unreadable, match="no column of ours"):
        mapping.guess(("VIN", "Make"), corrections={"colour": "Make"})
    with pytest.raises(Unreadable, match="no column 'Foo'"):
        mapping.guess(("VIN", "Make"), corrections={"price": "Foo"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_umlauts_survive_every_usual_encoding(encoding: str) -> None:
    table = reading.read("VIN,Model\n1,Citroën C3\n".encode(encoding))
    assert table.rows == [(2, {"VIN": "1", "Model": "Citroën C3"})]


def test_dates_and_whole_numbers_of_a_spreadsheet_are_text() -> None:
    assert [reading._cell(v) for v in (datetime(2026, 1, 2, 3), date(2026, 1, 2), 5.0, 138.922, None)] == [  # noqa: DTZ001
        "2026-01-02", "2026-01-02", "5", "138.922", "",
    ]  # fmt: skip
