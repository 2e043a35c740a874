"""Every window, and the query fields of each."""

from schema.customers import CustomerQuery
from schema.desk import DeskQuery
from schema.drives import DriveQuery
from schema.follow_ups import FollowUpQuery
from schema.leads import LeadQuery
from schema.nodes import NodeQuery
from schema.people import PeopleQuery
from schema.plan import PlanQuery
from schema.sales import SaleQuery
from schema.search import SearchQuery
from schema.showrooms import ShowroomQuery
from schema.vehicles import VehicleQuery
from schema.visits import VisitQuery

QUERIES: tuple[type, ...] = (
    NodeQuery, ShowroomQuery, PeopleQuery, CustomerQuery, VehicleQuery, LeadQuery, FollowUpQuery, PlanQuery,
    DriveQuery, VisitQuery, SaleQuery, SearchQuery, DeskQuery,
)  # fmt: skip
