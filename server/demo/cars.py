"""Real cars: what the three makers sell, under their real trims and factories' codes. Numbers of cars are made up."""

from dataclasses import dataclass
from random import Random

from server.vehicles.rules import has_check_digit

YEAR_CODES = dict(zip(range(2016, 2040), "GHJKLMNPRSTVWXY123456789", strict=True))
_DIGITS = "0123456789X"


@dataclass(frozen=True, kw_only=True)
class Model:
    """`vin` holds the maker's code (1-3), a real pattern of the model (4-8) and the factory (11)."""

    make: str
    name: str
    vin: tuple[str, str, str]
    body: str
    price: int
    trims: tuple[str, ...]


def _model(make: str, line: str) -> Model:
    name, wmi, pattern, factory, body, price, trims = line.split("|")
    return Model(
        make=make,
        name=name,
        vin=(wmi, pattern, factory),
        body=body,
        price=int(price),
        trims=tuple(trims.split(",")),
    )


_LINES = {
    "Volkswagen": (
        "Jetta|3VW|BW7BU|M|Sedan|22995|S,Sport,SE,SEL",
        "Jetta GLI|3VW|BW1BU|M|Sedan|32715|Autobahn",
        "Golf GTI|WVW|A87CD|W|Hatchback|33670|S,SE,Autobahn",
        "Golf R|WVW|CF7CD|W|Hatchback|48325|Base,Black Edition",
        "Taos|3VV|CX7B2|M|SUV|26420|S,SE,SE Black,SEL",
        "Tiguan|3VV|MR7RM|M|SUV|30245|S,SE,SE R-Line Black,SEL R-Line Turbo",
        "Atlas|1V2|LR2CA|C|SUV|38200|SE,SE with Technology,SEL,SEL Premium R-Line,Peak Edition",
        "Atlas Cross Sport|1V2|CE2CA|C|SUV|37250|SE,SE with Technology,SEL,SEL R-Line Black,SEL Premium R-Line",
        "ID.4|1V2|DMPE8|C|SUV|45095|Pro,Pro S,Pro S Plus,AWD Pro S Plus",
    ),
    "Audi": (
        "A3|WAU|GUDGY|A|Sedan|38200|Premium,Premium Plus",
        "A5|WAU|FACF5|N|Sportback|49700|Premium,Premium Plus,Prestige",
        "A6|WAU|D8AF2|N|Sedan|58100|Premium,Premium Plus,Prestige",
        "Q3|WA1|DECF3|R|SUV|39800|Premium,Premium Plus",
        "Q5|WA1|BAAFY|2|SUV|52200|Premium,Premium Plus,Prestige",
        "Q7|WA1|LXBF7|D|SUV|60500|Premium,Premium Plus,Prestige",
        "Q8|WA1|AVBF1|D|SUV|73700|Premium,Premium Plus,Prestige",
        "SQ5|WA1|C4AFY|2|SUV|66400|Premium Plus,Prestige",
        "Q4 e-tron|WA1|L2BFZ|P|SUV|49800|Premium,Premium Plus",
        "Q6 e-tron|WA1|KRBGF|N|SUV|63800|Premium,Premium Plus,Prestige",
    ),
    "Chevrolet": (
        "Trax|KL7|7LGEP|C|SUV|21895|LS,1RS,LT,2RS,ACTIV",
        "Trailblazer|KL7|9MMSL|B|SUV|23995|LS,LT,ACTIV,RS",
        "Equinox|3GN|AXPEG|L|SUV|30190|LT,RS,ACTIV",
        "Equinox EV|3GN|7DNRP|S|SUV|34995|LT1,LT2,RS",
        "Blazer|3GN|KBBRA|S|SUV|36490|2LT,3LT,RS,Premier",
        "Traverse|1GN|EVGKW|J|SUV|42095|LS,LT,Z71,RS,High Country",
        "Tahoe|1GN|SKNKD|R|SUV|61995|LS,LT,RST,Z71,Premier,High Country",
        "Suburban|1GN|SKCKD|R|SUV|64995|LS,LT,RST,Z71,Premier,High Country",
        "Colorado|1GC|PTCEK|1|Pickup|33095|WT,LT,Trail Boss,Z71,ZR2",
        "Silverado 1500|3GC|PACED|G|Pickup|38195|WT,Custom,Custom Trail Boss,LT,RST,LT Trail Boss,LTZ,ZR2,High Country",
        "Silverado 2500HD|1GC|4YNEY|F|Pickup|49095|WT,Custom,LT,LTZ,High Country",
        "Corvette|1G1|YB2D4|5|Coupe|70195|Stingray 1LT,Stingray 2LT,Stingray 3LT,E-Ray 2LZ,E-Ray 3LZ",
    ),
}  # fmt: skip
MODELS = {make: tuple(_model(make, line) for line in lines) for make, lines in _LINES.items()}

OTHERS = (
    ("Toyota", "RAV4"), ("Toyota", "Camry"), ("Toyota", "Highlander"), ("Honda", "CR-V"), ("Honda", "Accord"),
    ("Honda", "Civic"), ("Subaru", "Outback"), ("Hyundai", "Tucson"), ("Kia", "Sportage"), ("Mazda", "CX-5"),
    ("Tesla", "Model Y"), ("Tesla", "Model 3"), ("BMW", "X3"), ("BMW", "330i"), ("Mercedes-Benz", "GLC 300"),
    ("Lexus", "RX 350"), ("Ford", "F-150"), ("Ford", "Explorer"), ("Ram", "1500"), ("GMC", "Sierra 1500"),
    ("Jeep", "Grand Cherokee"), ("Nissan", "Rogue"), ("Volvo", "XC60"),
)  # fmt: skip
RIVALS = {
    "Volkswagen": ("RAV4", "CR-V", "Civic", "CX-5", "Outback", "Tucson", "Model Y", "Rogue"),
    "Audi": ("X3", "330i", "GLC 300", "RX 350", "XC60", "Model Y", "Model 3"),
    "Chevrolet": ("F-150", "1500", "Sierra 1500", "Explorer", "RAV4", "Grand Cherokee", "Highlander"),
}
EXTERIORS = {
    "Volkswagen": ("Pure White", "Deep Black Pearl", "Platinum Gray", "Pyrite Silver", "Atlantic Blue", "Kings Red"),
    "Audi": ("Glacier White", "Mythos Black", "Daytona Gray", "Navarra Blue", "Progressive Red", "Manhattan Gray"),
    "Chevrolet": ("Summit White", "Black", "Sterling Gray", "Radiant Red", "Lakeshore Blue", "Cacti Green"),
}  # fmt: skip
INTERIORS = ("Black", "Titan Black", "Storm Gray", "Maple Brown", "Jet Black", "Parchment Beige")


def make_vin(model: Model, *, year: int, serial: int) -> str:
    """Shaped as the maker's, with a true check digit. `serial` up to 999,999 tells cars of one model apart."""
    wmi, pattern, factory = model.vin
    tail = f"{YEAR_CODES[year]}{factory}{serial:06d}"
    return next(vin for digit in _DIGITS if has_check_digit(vin := f"{wmi}{pattern}{digit}{tail}"))


def any_model(make: str, dice: Random) -> Model:
    """The ordinary ones more often than the rare ones at the end and the beginning of a line."""
    models = MODELS[make]
    return dice.choices(
        models, weights=[3 if "SUV" in m.body else 2 if "Pickup" in m.body else 1 for m in models]
    )[0]


def rival_of(make: str, dice: Random) -> dict[str, str]:
    name = dice.choice(RIVALS[make])
    return next({"make": m, "model": n} for m, n in OTHERS if n == name)
