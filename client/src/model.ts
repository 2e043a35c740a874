// Generated from the server's synced tables by `make schema`. Never edited.
// Ids are UUIDs; moments `YYYY-MM-DDTHH:MM:SS.mmmZ`; days `YYYY-MM-DD`; money a decimal string beside its currency.

export interface Car {
  make: string;
  model: string;
  trim?: string;
  color?: string;
  vehicleId?: string;
}

export type Channel = 'CALL' | 'MESSAGE' | 'EMAIL' | 'POST';

export type Condition = 'NEW' | 'USED';

export type ContactKind = 'PHONE' | 'EMAIL' | 'WECHAT';

export type CustomerKind = 'PERSON' | 'ORGANISATION';

export type DriveStatus = 'BOOKED' | 'OUT' | 'RETURNED' | 'CANCELLED' | 'NO_SHOW';

export type FollowUpKind = 'CALL' | 'MESSAGE' | 'EMAIL' | 'APPOINTMENT' | 'OTHER';

export type FollowUpStatus = 'OPEN' | 'DONE' | 'CANCELLED';

export type LeadStatus = 'OPEN' | 'NOT_NOW' | 'WON' | 'LOST' | 'MERGED';

export type Level = 'N' | 'H' | 'A' | 'B' | 'C' | 'NURTURE' | 'O' | 'D' | 'T';

export type LossReason = 'PRICE' | 'RIVAL' | 'STOCK_OR_COLOUR' | 'FINANCE_DECLINED' | 'TRADE_IN_VALUE' | 'PLAN_DROPPED' | 'UNREACHABLE' | 'SISTER_SHOWROOM' | 'SERVICE_OR_ATTITUDE' | 'OTHER';

export type LossStatus = 'APPLIED' | 'APPROVED' | 'REFUSED' | 'WITHDRAWN';

export type Outcome = 'REACHED' | 'NO_ANSWER' | 'WILL_COME_IN' | 'NOT_NOW' | 'CAME_IN' | 'OTHER';

export type Party = 'ONE' | 'COUPLE' | 'FAMILY' | 'GROUP';

export type Purpose = 'DEAL' | 'MARKETING';

export type Reason = 'FIRST_CONTACT' | 'CADENCE' | 'NO_ANSWER' | 'AFTER_VISIT' | 'AFTER_TEST_DRIVE' | 'BEFORE_TEST_DRIVE' | 'APPOINTMENT' | 'REVIVE' | 'PROMISE' | 'DELIVERY' | 'LOSS_REFUSED' | 'PLANNED';

export type Role = 'SALESPERSON' | 'RECEPTION' | 'MANAGER' | 'GROUP_MANAGER' | 'ADMINISTRATOR' | 'INTEGRATION';

export type Stage = 'NEW' | 'CONTACTED' | 'APPOINTMENT_SET' | 'VISITED' | 'TEST_DRIVE_BOOKED' | 'TEST_DRIVEN' | 'NEGOTIATING' | 'ORDERED' | 'DELIVERED';

export type TouchKind = 'CALL' | 'MESSAGE' | 'EMAIL' | 'VISIT' | 'TEST_DRIVE' | 'QUOTE' | 'NOTE';

export type VehicleStatus = 'IN_TRANSIT' | 'IN_STOCK' | 'DEMO' | 'RESERVED' | 'SOLD' | 'GONE';

export type VisitKind = 'NOT_COMPLETED' | 'FIRST_FILED' | 'FIRST_ALREADY_FILED' | 'LOOKED_NOT_FILED' | 'RETURN' | 'NOT_A_BUYER';

export interface GroupRow {
  id: string;
  name: string;
}

export interface RegionRow {
  id: string;
  name: string;
  groupId: string;
}

export interface ShowroomRow {
  id: string;
  name: string;
  brand: string;
  country: string;
  timeZone: string;
  currency: string;
  languages: string[];
  openingHours: Record<string, [string, string][]>;
  policies: Record<string, unknown>;
  groupId: string;
  regionId: string | null;
}

export interface SourceRow {
  id: string;
  code: string;
  name: string;
  nameZh: string;
  active: boolean;
  position: number;
  showroomId: string;
}

export interface PersonRow {
  id: string;
  name: string;
  email: string;
  language: string;
  theme: string;
  active: boolean;
  leftOn: string | null;
  groupId: string;
  homeShowroomId: string;
}

export interface MembershipRow {
  id: string;
  role: Role;
  groupId: string;
  personId: string;
  showroomId: string | null;
}

export interface VehicleRow {
  id: string;
  status: VehicleStatus;
  condition: Condition;
  vin: string;
  stockNumber: string;
  make: string;
  model: string;
  trim: string;
  year: number | null;
  body: string;
  exteriorColor: string;
  interiorColor: string;
  mileage: number | null;
  odometerUnit: string;
  listPrice: string | null;
  price: string | null;
  currency: string;
  plate: string;
  keyTag: string;
  charge: number | null;
  inStockOn: string | null;
  soldAt: string | null;
  extras: Record<string, string>;
  updatedAt: string;
  showroomId: string;
}

export interface CustomerRow {
  id: string;
  identityId: string;
  kind: CustomerKind;
  name: string;
  givenName: string;
  familyName: string;
  language: string;
  birthday: string | null;
  address: string;
  note: string;
  tags: string[];
  mergedIntoId: string | null;
  doNotContact: boolean;
  isActive: boolean;
  lastActiveOn: string;
  createdAt: string;
  updatedAt: string;
  householdId: string | null;
  ownerId: string | null;
  showroomId: string;
}

export interface LeadRow {
  id: string;
  status: LeadStatus;
  level: Level;
  stage: Stage;
  wanted: Car[];
  rivals: Car[];
  budget: string | null;
  currency: string;
  reviveOn: string | null;
  openedAt: string;
  closedAt: string | null;
  lastTouchAt: string | null;
  lastMeaningfulTouchAt: string | null;
  nextStepAt: string | null;
  updatedAt: string;
  customerId: string;
  ownerId: string | null;
  showroomId: string;
  sourceId: string | null;
}

export interface FollowUpRow {
  id: string;
  kind: FollowUpKind;
  reason: Reason;
  reasonFacts: Record<string, unknown>;
  note: string;
  dueAt: string;
  firstDueAt: string;
  snoozed: number;
  status: FollowUpStatus;
  outcome: Outcome | null;
  touchId: string | null;
  doneAt: string | null;
  doneById: string | null;
  createdAt: string;
  customerId: string;
  leadId: string;
  ownerId: string | null;
  showroomId: string;
}

export interface ContactPointRow {
  id: string;
  kind: ContactKind;
  value: string;
  typed: string;
  preferred: boolean;
  reachable: boolean;
  removedAt: string | null;
  customerId: string;
  showroomId: string;
}

export interface TestDriveRow {
  id: string;
  startsAt: string;
  endsAt: string;
  status: DriveStatus;
  bookedById: string;
  bookedAt: string;
  outAt: string | null;
  returnedAt: string | null;
  odometerOut: number | null;
  odometerIn: number | null;
  verified: boolean;
  cancelReason: string;
  updatedAt: string;
  customerId: string;
  leadId: string;
  showroomId: string;
  vehicleId: string;
}

export interface VisitRow {
  id: string;
  kind: VisitKind;
  errand: string;
  party: Party;
  note: string;
  greetedById: string;
  servedById: string | null;
  arrivedAt: string;
  completedAt: string | null;
  completedById: string | null;
  leftAt: string | null;
  recordedAt: string;
  customerId: string | null;
  leadId: string | null;
  showroomId: string;
  sourceId: string | null;
}

export interface PromiseRow {
  id: string;
  text: string;
  dueAt: string | null;
  promisedById: string;
  promisedAt: string;
  keptAt: string | null;
  keptById: string | null;
  customerId: string;
  leadId: string;
  showroomId: string;
}

export interface LossApplicationRow {
  id: string;
  reason: LossReason;
  rival: string;
  evidence: string;
  status: LossStatus;
  appliedById: string;
  appliedAt: string;
  decidedById: string | null;
  decidedAt: string | null;
  decisionNote: string;
  customerId: string;
  leadId: string;
  showroomId: string;
}

export interface SaleRow {
  id: string;
  description: string;
  price: string;
  currency: string;
  soldById: string;
  orderedAt: string;
  deliveredAt: string | null;
  cancelledAt: string | null;
  customerId: string;
  leadId: string;
  showroomId: string;
  vehicleId: string | null;
}

export interface OwnedCarRow {
  id: string;
  make: string;
  model: string;
  year: number | null;
  plate: string;
  vin: string;
  mileage: number | null;
  customerId: string;
  showroomId: string;
}

export interface RelationRow {
  id: string;
  otherId: string;
  kind: string;
  customerId: string;
  showroomId: string;
}

export interface HouseholdRow {
  id: string;
  name: string;
  showroomId: string;
}

export interface ConsentRow {
  id: string;
  channel: Channel;
  purpose: Purpose;
  given: boolean;
  source: string;
  wording: string;
  proof: string;
  recordedById: string;
  happenedAt: string;
  recordedAt: string;
  expiresOn: string | null;
  customerId: string;
  showroomId: string;
}

export interface DriveAgreementRow {
  id: string;
  driverName: string;
  licenceLastFour: string;
  licenceExpiresOn: string | null;
  signature: string;
  signedAt: string | null;
  checkedById: string;
  customerId: string;
  driveId: string;
  showroomId: string;
}

export interface TouchRow {
  id: string;
  kind: TouchKind;
  direction: string;
  outcome: Outcome | null;
  text: string;
  about: ({ code: string } & Record<string, unknown>) | null;
  personId: string | null;
  happenedAt: string;
  recordedAt: string;
  customerId: string;
  leadId: string | null;
  showroomId: string;
}

export interface StageChangeRow {
  id: string;
  what: string;
  before: string | null;
  after: string | null;
  reason: string;
  personId: string | null;
  changedAt: string;
  customerId: string;
  leadId: string;
  showroomId: string;
}

export interface CustomerMergeRow {
  id: string;
  mergedId: string;
  moved: Record<string, string[]>;
  mergedById: string;
  mergedAt: string;
  undoneAt: string | null;
  undoneById: string | null;
  customerId: string;
  showroomId: string;
}

export interface Collections {
  groups: GroupRow;
  regions: RegionRow;
  showrooms: ShowroomRow;
  sources: SourceRow;
  people: PersonRow;
  memberships: MembershipRow;
  vehicles: VehicleRow;
  customers: CustomerRow;
  leads: LeadRow;
  followUps: FollowUpRow;
  contactPoints: ContactPointRow;
  testDrives: TestDriveRow;
  visits: VisitRow;
  promises: PromiseRow;
  lossApplications: LossApplicationRow;
  sales: SaleRow;
  ownedCars: OwnedCarRow;
  relations: RelationRow;
  households: HouseholdRow;
  consents: ConsentRow;
  driveAgreements: DriveAgreementRow;
  touches: TouchRow;
  stageChanges: StageChangeRow;
  customerMerges: CustomerMergeRow;
}

export const COLLECTIONS = ['groups', 'regions', 'showrooms', 'sources', 'people', 'memberships', 'vehicles', 'customers', 'leads', 'followUps', 'contactPoints', 'testDrives', 'visits', 'promises', 'lossApplications', 'sales', 'ownedCars', 'relations', 'households', 'consents', 'driveAgreements', 'touches', 'stageChanges', 'customerMerges'] as const satisfies readonly (keyof Collections)[];

/** The shape of the rows: a cache of another one is built anew. */
export const SHAPE = '2cdc5a93';
