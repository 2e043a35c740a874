"""`forecourt import vehicles FILE`."""

import csv
from pathlib import Path
from typing import Any

import click

from server.commands.speaking import awaited, database, operator_of, showroom_named
from server.integrations.inventory import mapping, reading
from server.integrations.inventory.actions import List, preview, take_over
from server.integrations.inventory.comparison import Comparison, Finding, Verdict
from server.kernel.clock import system_clock


@click.group("import")
def importing() -> None:
    """Take over lists of other systems."""


@importing.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--showroom", help="Whose stock it is: a part of its name, or its id.")
@click.option(
    "--source", default="list", show_default=True, help="Who sends it: only this source's cars can go."
)
@click.option("--mapping", "corrections", multiple=True, metavar="OURS=HEADER",
              help="Which header is which column, as in price='Dealer Price'. Remembered for the source.")  # fmt: skip
@click.option("--preview", "only_preview", is_flag=True, help="Say what would change, and change nothing.")
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), help="Write every row's verdict as CSV."
)
@click.option(
    "--all", "every_row", is_flag=True, help="Print every row, not just the ones with something to say."
)
@awaited
async def vehicles(
    file: Path,
    showroom: str | None,
    source: str,
    corrections: tuple[str, ...],
    only_preview: bool,
    report: Path | None,
    every_row: bool,
) -> None:
    """Read a stock list (CSV, pipe, tab, xlsx) into a showroom's stock.

    The VIN is a car's identity. A car that the source no longer lists is gone; a file that would take away
    more than half of the stock is refused. Sold, reserved and demo cars stay as they are.
    """
    content = file.read_bytes()  # noqa: ASYNC240 - nobody else waits for this loop
    async with database() as settings:
        ours = await showroom_named(showroom)
        table = reading.read(content)
        said = mapping.kept(settings.data, showroom_id=ours.id, source=source) | dict(map(_pair, corrections))
        columns = mapping.guess(table.headers, corrections=said)
        if corrections:
            mapping.keep(settings.data, showroom_id=ours.id, source=source, corrections=said)
        stock_list = List(table=table, columns=columns, source=source, showroom=ours)
        click.echo(f"{file.name} → {ours.name}: " + ", ".join(f"{k} = “{v}”" for k, v in columns.items()))
        compared = await _compare(stock_list, only_preview=only_preview)
    _tell(compared, only_preview=only_preview, every_row=every_row)
    if report:
        _write(report, compared)


async def _compare(stock_list: List, *, only_preview: bool) -> Comparison:
    if only_preview:
        return await preview(stock_list, clock=system_clock)
    return await take_over(stock_list, actor=operator_of(stock_list.showroom), clock=system_clock)


def _pair(text: str) -> tuple[str, str]:
    ours, equals, header = text.partition("=")
    if not equals:
        raise click.UsageError(
            f"--mapping {text}: write it as OURS=HEADER, for example price='Dealer Price'."
        )
    return ours.strip(), header.strip()


def _tell(compared: Comparison, *, only_preview: bool, every_row: bool) -> None:
    for finding in compared.findings:
        if every_row or finding.remarks or finding.verdict is Verdict.GONE:
            click.echo(_line(finding))
    counts = ", ".join(f"{number} {verdict}" for verdict, number in compared.counts().items())
    click.echo(f"{'Would be' if only_preview else 'Done'}: {counts}.")


def _line(finding: Finding) -> str:
    where = f"line {finding.number}" if finding.number else "not listed"
    remarks = "; ".join(finding.remarks)
    return f"  {where:<11} {finding.verdict.value:<9} {finding.vin:<17} {finding.what}" + (
        f" ({remarks})" if remarks else ""
    )


def _write(report: Path, compared: Comparison) -> None:
    with report.open("w", newline="", encoding="utf-8-sig") as file:
        out = csv.writer(file)
        out.writerow(["line", "verdict", "vin", "car", "remarks"])
        for f in compared.findings:
            out.writerow([f.number or "", f.verdict.value, *map(safe, (f.vin, f.what, "; ".join(f.remarks)))])
    click.echo(f"Every row: {report}")


def safe(value: Any) -> Any:
    """A spreadsheet must not take somebody's text for a formula."""
    return (
        f"'{value}"
        if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
        else value
    )
