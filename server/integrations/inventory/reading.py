"""A stock list as it comes: CSV, pipe, tab, semicolon or xlsx. Bytes in, rows of text out; nothing is judged here."""

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

MOST_ROWS = 50_000
DELIMITERS = (",", "|", "\t", ";")
_XLSX = b"PK\x03\x04"
_GREEDY = ("options", "features", "equipment", "description", "comments")

csv.field_size_limit(10_000_000)


class Unreadable(Exception):
    """The file is no list; the message says why and what would do."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """`rows` are (line in the file, cells by header), blank lines left out. Headers are trimmed."""

    headers: tuple[str, ...]
    rows: list[tuple[int, dict[str, str]]]


def read(content: bytes) -> Table:
    """Raises `Unreadable` for an empty file, one without headers, or one of more than 50,000 rows."""
    lines = _xlsx(content) if content.startswith(_XLSX) else _text(content)
    filled = [(number, cells) for number, cells in enumerate(lines, start=1) if any(cells)]
    if not filled:
        raise Unreadable("The file is empty.")
    headers = tuple(filled[0][1])
    if sum(bool(header) for header in headers) < 2:
        raise Unreadable("The first line must name the columns, such as VIN, Make, Model.")
    if len(filled) > MOST_ROWS:
        raise Unreadable(f"The file has more than {MOST_ROWS} rows.")
    return Table(headers=headers, rows=[(n, _by_header(headers, cells)) for n, cells in filled[1:]])


def _xlsx(content: bytes) -> list[list[str]]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise Unreadable(
            "The file looks like a spreadsheet but cannot be opened. Save it again as xlsx or CSV."
        ) from error
    sheet = book.worksheets[0]
    return [[_cell(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def _text(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Unreadable(f"The file cannot be read as a list: {error}.") from error
    return [[_cell(value) for value in row] for row in rows]


def _decoded(content: bytes) -> str:
    """By the bytes: a byte order mark, else UTF-8, else what old Windows programs write."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\x00", "").strip()


def _by_header(headers: tuple[str, ...], cells: list[str]) -> dict[str, str]:
    """A row with too many cells has the delimiter inside its long text: the surplus goes back there."""
    surplus = len(cells) - len(headers)
    if surplus > 0:
        at = next((i for i, h in enumerate(headers) if h.casefold().startswith(_GREEDY)), len(headers) - 1)
        cells = [*cells[:at], " ".join(cells[at : at + surplus + 1]), *cells[at + surplus + 1 :]]
    return {header: cell for header, cell in zip(headers, cells, strict=False) if header}
