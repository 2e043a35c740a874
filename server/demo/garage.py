"""The cars of one showroom: stock, demo cars with plate and key, and who has which when."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from server.demo import cars
from server.demo.cars import Model
from server.demo.cast import showroom_id
from server.demo.dice import Dice
from server.demo.table import Place
from server.kernel.ids import id_of
from server.kernel.model import Entity
from server.showrooms.hours import local_day, openings
from server.vehicles.actions import fill_search_keys
from server.vehicles.model import Condition, PriceChange, Vehicle, VehicleStatus

DRIVE = timedelta(minutes=30)
BUFFER = timedelta(minutes=15)
MILES_A_DAY, MILES_A_SLOT = 64, 2


class Garage:
    """Hands out demo cars without overlaps, and cars to sell, each once."""

    def __init__(self, place: Place, *, today: date, days: int, now: datetime, stock: int) -> None:
        self.place, self.today, self.days, self.now = place, today, days, now
        self.dice = Dice(f"garage {place.code}")
        self.serial = 100_000 + self.dice.randrange(500_000)
        self.demo = [self._demo_car(index) for index in range(place.demo_cars)]
        for car in self.demo:
            car.mileage = self.odometer(car, now)
        self.stock = [self._stock_car(index) for index in range(stock)]
        self._busy: defaultdict[tuple[UUID, date], list[tuple[datetime, datetime]]] = defaultdict(list)
        self._closes: dict[date, datetime] = {}

    def rows(self) -> Iterator[list[Entity]]:
        for car in (*self.demo, *self.stock):
            yield [car, *self._prices(car)]

    def book(
        self, wanted: str, *, at: datetime, tries: int = 10
    ) -> tuple[Vehicle, datetime, datetime] | None:
        """The wanted model's car, else any, at the quarter of an hour at or after `at` when one is free."""
        start = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
        if start < at:
            start += timedelta(minutes=15)
        day = local_day(at, time_zone=self.place.time_zone)
        closing = self._closing(day)
        by_wish = sorted(self.demo, key=lambda car: car.model != wanted)
        for _ in range(tries):
            if start + DRIVE > closing:
                return None
            for car in by_wish:
                if self._is_free(car, day, start):
                    self._busy[car.id, day].append((start, start + DRIVE))
                    return car, start, start + DRIVE
            start += timedelta(minutes=15)
        return None

    def odometer(self, car: Vehicle, moment: datetime) -> int:
        """Grows with every day and every slot, so that it never runs backwards."""
        first = datetime.combine(self.today - timedelta(days=self.days), datetime.min.time(), moment.tzinfo)
        since = moment - first
        slot = since.seconds // 60 // 45
        return 800 + self.demo.index(car) * 137 + since.days * MILES_A_DAY + slot * MILES_A_SLOT

    def sell(self, model: str, *, at: datetime, number: int) -> Vehicle:
        """A car that was in stock until then, made for the occasion: what stands in stock today is unsold."""
        kind = next((m for m in cars.MODELS[self.place.brand] if m.name == model), None)
        used = self.dice.happens(0.3)
        car = self._car(
            kind or cars.any_model(self.place.brand, self.dice), at=at, used=used, tag=f"sold {number}"
        )
        car.status, car.sold_at = VehicleStatus.SOLD, at
        car.updated_at = at
        return car

    def _closing(self, day: date) -> datetime:
        """The end of the local day's opening."""
        if day not in self._closes:
            spans = openings(self.place.hours, time_zone=self.place.time_zone, day=day)
            self._closes[day] = spans[-1].ends_at
        return self._closes[day]

    def _is_free(self, car: Vehicle, day: date, start: datetime) -> bool:
        slots = self._busy[car.id, day]
        return all(start >= end + BUFFER or start + DRIVE + BUFFER <= begin for begin, end in slots)

    def _demo_car(self, index: int) -> Vehicle:
        models = cars.MODELS[self.place.brand]
        car = self._car(models[index * 2 % len(models)], at=self.now, used=False, tag=f"demo {index}")
        car.status = VehicleStatus.DEMO
        car.in_stock_on = self.today - timedelta(days=self.days)
        car.plate = f"{self.dice.randint(5, 9)}{self.place.code[0].upper()}DM{410 + index * 7}"
        car.key_tag = f"{self.place.code[0].upper()}-{index + 1:02d}"
        car.charge = self.dice.randrange(45, 101, 5)
        fill_search_keys(car)
        return car

    def _stock_car(self, index: int) -> Vehicle:
        arrived = self.now - timedelta(days=int(self.dice.around(38, spread=0.8)) % 300)
        used = self.dice.happens(0.35)
        car = self._car(
            cars.any_model(self.place.brand, self.dice), at=arrived, used=used, tag=f"stock {index}"
        )
        if not used and self.dice.happens(0.15):
            car.status, car.in_stock_on = VehicleStatus.IN_TRANSIT, None
            car.stock_number = car.vin[-6:]
        elif self.dice.happens(0.04):
            car.status = VehicleStatus.RESERVED
        fill_search_keys(car)
        return car

    def _car(self, model: Model, *, at: datetime, used: bool, tag: str) -> Vehicle:
        dice = self.dice
        self.serial = (self.serial + dice.randint(1, 7)) % 1_000_000
        year = at.year + (at.month >= 7) - (dice.randint(1, 5) if used else dice.happens(0.2))
        trim = dice.randrange(len(model.trims))
        price = Decimal(
            round(model.price * (1 + 0.11 * trim) * (0.88 ** (at.year + 1 - year) if used else 1) / 5) * 5
        )
        arrived = at.date() - timedelta(days=dice.randint(3, 40))
        car = Vehicle(
            id=id_of("demo", self.place.code, "car", tag), showroom_id=showroom_id(self.place.code),
            status=VehicleStatus.IN_STOCK, condition=Condition.USED if used else Condition.NEW,
            vin=cars.make_vin(model, year=year, serial=self.serial),
            stock_number=f"{'U' if used else self.place.code[0].upper()}{self.serial % 100_000:05d}",
            make=model.make, model=model.name, trim=model.trims[trim], year=year, body=model.body,
            exterior_color=dice.choice(cars.EXTERIORS[model.make]), interior_color=dice.choice(cars.INTERIORS),
            mileage=dice.randint(8_000, 70_000) if used else dice.randint(4, 60), odometer_unit="mi",
            list_price=price, price=price - (dice.randrange(0, 2000, 250) if dice.happens(0.6) else 0),
            currency="USD", in_stock_on=arrived, updated_at=at,
        )  # fmt: skip
        fill_search_keys(car)
        return car

    def _prices(self, car: Vehicle) -> list[PriceChange]:
        """Today's price, and for some the higher one before it."""
        note = PriceChange(
            id=id_of("demo", str(car.id), "price"), showroom_id=car.showroom_id, vehicle_id=car.id, price=car.price,
            list_price=car.list_price, changed_at=self.now - timedelta(days=self.dice.randint(1, 20)),
        )  # fmt: skip
        return [note]
