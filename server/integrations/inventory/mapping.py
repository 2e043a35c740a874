"""Which column of a sender's file is which of ours. Guessed from known spellings, corrected once, kept per source."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from uuid import UUID

from server.integrations.inventory.reading import Unreadable
from server.kernel.ids import id_of

ALIASES: dict[str, tuple[str, ...]] = {
    "vin": ("vin", "vinnumber", "vehicleidentificationnumber", "chassisnumber", "chassis", "车架号"),
    "stock_number": ("stocknumber", "stock", "stockno", "stocknum", "stk", "inventorynumber", "库存号"),
    "year": ("year", "modelyear", "my", "年款"),
    "make": ("make", "brand", "manufacturer", "品牌"),
    "model": ("model", "modelname", "车型"),
    "trim": ("trim", "trimlevel", "series", "version", "配置"),
    "body": ("bodytype", "bodystyle", "body"),
    "exterior_color": ("exteriorcolor", "exteriorcolour", "extcolor", "color", "colour", "外观颜色"),
    "interior_color": ("interiorcolor", "interiorcolour", "intcolor", "内饰颜色"),
    "mileage": ("miles", "mileage", "odometer", "kilometers", "kilometres", "km", "里程"),
    "price": ("sellingprice", "internetprice", "saleprice", "askingprice", "price", "售价"),
    "list_price": ("msrp", "listprice", "stickerprice", "retailprice", "指导价"),
    "condition": ("type", "newused", "condition", "inventorytype"),
    "status": ("status", "category", "availability", "location status"),
    "in_stock_on": ("dateinstock", "instockdate", "stockdate", "receiveddate", "入库日期"),
    "age": ("age", "daysinstock", "dayinstock", "daysonlot"),
}
"""Ours → spellings in the order of preference: letters and digits only, casefolded."""


def guess(headers: Iterable[str], *, corrections: Mapping[str, str] | None = None) -> dict[str, str]:
    """Our column → the file's header. A correction (`{"price": "Dealer Price"}`) wins over any guess."""
    by_spelling: dict[str, str] = {}
    for header in headers:
        by_spelling.setdefault(plain(header), header)
    found = dict(_corrected(by_spelling, corrections or {}))
    taken = set(found.values())
    for column, spellings in ALIASES.items():
        spelt = next((by_spelling[s] for s in spellings if s in by_spelling), None)
        if spelt and column not in found and spelt not in taken:
            found[column] = spelt
            taken.add(spelt)
    return found


def plain(header: str) -> str:
    return "".join(c for c in header.casefold() if c.isalnum())


def kept(folder: Path, *, showroom_id: UUID, source: str) -> dict[str, str]:
    """The corrections that were saved for this sender; none the first time."""
    file = _file(folder, showroom_id, source)
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def keep(folder: Path, *, showroom_id: UUID, source: str, corrections: Mapping[str, str]) -> None:
    file = _file(folder, showroom_id, source)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(dict(corrections), ensure_ascii=False, indent=1), encoding="utf-8")


def _file(folder: Path, showroom_id: UUID, source: str) -> Path:
    return folder / "inventory" / f"{id_of('feed mapping', str(showroom_id), source)}.json"


def _corrected(by_spelling: Mapping[str, str], corrections: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    for column, header in corrections.items():
        if column not in ALIASES:
            raise Unreadable(f"'{column}' is no column of ours. There are: {', '.join(ALIASES)}.")
        if plain(header) not in by_spelling:
            raise Unreadable(f"The file has no column '{header}'. It has: {', '.join(by_spelling.values())}.")
        yield column, by_spelling[plain(header)]
