"""A car that came with a dealer's list is found and sold, and stays sold though the list lags behind."""

from decimal import Decimal

from server.integrations.inventory import mapping, reading
from server.integrations.inventory.actions import List, take_over
from server.kernel.ids import new_id
from server.leads.model import Lead, LeadStatus
from server.sales.model import Sale
from server.showrooms.model import Showroom
from server.vehicles import queries as vehicles
from server.vehicles.model import VehicleStatus
from tests.cast import Cast
from tests.conftest import Hands

LIST = """Stock Number,Year,Make,Model,Trim,VIN,MSRP,Category
R7001,2027,CHEVROLET,TAHOE,RST,1GNSKNKD3VR001234,68250,ON DEALER LOT
R7002,2027,CHEVROLET,EQUINOX,ACTIV,3GNAXPEG6VL001234,31990,ON DEALER LOT
"""


async def test_a_walk_in_buys_a_car_of_the_list(harbour: Cast, hand: Hands) -> None:
    roy = await hand("roy")
    table = reading.read(LIST.encode())
    stock_list = List(
        table=table, columns=mapping.guess(table.headers), source="dms",
        showroom=await Showroom.get(id=harbour.showrooms["riverside"]),
    )  # fmt: skip
    await take_over(stock_list, actor=roy.actor, clock=roy.clock)

    tahoe = (await vehicles.search(roy.actor, "001234").filter(model="Tahoe"))[0]
    lead_id = new_id()
    captured = await roy.does(
        "captureWalkIn", lead_id=lead_id, name="Pat Buyer", phone="(312) 555-0142",
        customer_id=new_id(), visit_id=new_id(), contact_point_id=new_id(),
    )  # fmt: skip
    sold = await roy.does("closeWon", lead_id=lead_id, vehicle_id=tahoe.id, price=Decimal("67000.00"))

    assert (captured.outcome, sold.outcome) == ("APPLIED", "APPLIED"), (captured, sold)
    assert (await Lead.get(id=lead_id)).status == LeadStatus.WON
    assert (await Sale.get(id=sold.id)).vehicle_id == tahoe.id

    compared = await take_over(stock_list, actor=roy.actor, clock=roy.clock)
    assert (await vehicles.find(roy.actor, tahoe.id)).status == VehicleStatus.SOLD
    assert compared.counts()["gone"] == 0
