/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type AddContactPointInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  customerId: string;
  kind: ContactKind;
  value: string;
  preferred?: boolean;
};

export type AddOwnedCarInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  customerId: string;
  make: string;
  model?: string;
  year?: number | null | undefined;
  plate?: string;
  vin?: string;
  mileage?: number | null | undefined;
};

export type ApplyForLossInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  leadId: string;
  reason: LossReason;
  rival?: string;
  evidence?: string;
};

export type ApproveLossInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  note?: string;
};

export type BookTestDriveInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  leadId: string;
  vehicleId: string;
  startsAt: string;
  endsAt: string;
};

export type CancelFollowUpInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  reason: string;
};

export type CancelTestDriveInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  reason?: string;
};

export type CaptureWalkInInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  /** Of a visit that was greeted, or of a new one. */
  visitId: string;
  /** Of a customer chosen from matches, or of a new one. */
  customerId: string;
  leadId: string;
  contactPointId: string;
  /** Without one the number stands for the customer. */
  name?: string;
  /** As typed; read in the showroom's country. */
  phone?: string;
  party?: Party;
  note?: string;
  sourceId?: string | null | undefined;
  level?: Level | null | undefined;
  wanted?: Array<Car>;
  rivals?: Array<Car>;
  /** By default the server plans one from the level's cadence. */
  nextStep?: NextStep | null | undefined;
};

/** A car that is wanted, or compared with. */
export type Car = {
  make: string;
  model?: string;
  trim?: string;
  color?: string;
  /** When it is one that stands here. */
  vehicleId?: string | null | undefined;
};

export type ChangeContactPointInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  /** The value that the writer had before them. */
  seen?: string | null | undefined;
  value?: string | null | undefined;
  preferred?: boolean | null | undefined;
  reachable?: boolean | null | undefined;
};

export type ChangeLevelInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  leadId: string;
  level: Level;
};

export type ChangeRivalsInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  leadId: string;
  rivals: Array<Car>;
  /** The list that the writer had before them: what others changed since is kept. */
  seen?: Array<Car> | null | undefined;
};

export type ChangeStageInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  leadId: string;
  stage: Stage;
};

export type ChangeWantedInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  leadId: string;
  wanted: Array<Car>;
  /** The list that the writer had before them: what others changed since is kept. */
  seen?: Array<Car> | null | undefined;
};

/** By which way we reach out. */
export type Channel =
  | 'CALL'
  | 'MESSAGE'
  | 'EMAIL'
  | 'POST';

export type CheckOutTestDriveInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  agreementId: string;
  driverName: string;
  odometer?: number | null | undefined;
  licenceChecked?: boolean;
  /** No more of the number is ever kept. */
  licenceLastFour?: string;
  licenceExpiresOn?: string | null | undefined;
  /** SVG path data as drawn, or the typed name. */
  signature?: string;
};

export type CloseWonInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  leadId: string;
  price: string;
  /** ISO 4217; the showroom's by default. */
  currency?: string | null | undefined;
  /** Empty for a car that is ordered. */
  vehicleId?: string | null | undefined;
  /** Which car, when it is not in stock. */
  description?: string;
  nextStep?: NextStep | null | undefined;
};

export type CompleteFollowUpInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  outcome: TouchOutcome;
  /** Of the touch that is made. Without it and text: done with no artefact. */
  touchId?: string | null | undefined;
  /** By default as was planned. */
  touchKind?: TouchKind | null | undefined;
  text?: string;
  /** By default the server plans it from what happened and the level's cadence. */
  nextStep?: NextStep | null | undefined;
  /** Not now: the lead sleeps until then. */
  reviveOn?: string | null | undefined;
};

export type CompleteVisitInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  /** Of a customer on file the server decides by the facts which filed kind it counts as. */
  kind: VisitKind;
  errand?: Errand | null | undefined;
  party?: Party | null | undefined;
  /** Added to what is noted already. */
  note?: string;
  customerId?: string | null | undefined;
  leadId?: string | null | undefined;
};

/** PHONE is E.164, EMAIL an address, WECHAT an id. */
export type ContactKind =
  | 'PHONE'
  | 'EMAIL'
  | 'WECHAT';

/** Only the fields that are meant; null empties one. */
export type CustomerFields = {
  kind?: CustomerKind | null | undefined;
  name?: string | null | undefined;
  givenName?: string | null | undefined;
  familyName?: string | null | undefined;
  language?: string | null | undefined;
  birthday?: string | null | undefined;
  address?: string | null | undefined;
  note?: string | null | undefined;
};

/** Organisations have no birthday. */
export type CustomerKind =
  | 'PERSON'
  | 'ORGANISATION';

/** OUT: we reached out. IN: they did. */
export type Direction =
  | 'OUT'
  | 'IN';

export type DiscardEntryInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  discardedId: string;
  reason?: string;
};

export type EditCustomerInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  /** The values of the fields in `set` that the writer had before them. */
  seen?: CustomerFields | null | undefined;
  set?: CustomerFields | null | undefined;
  addTags?: Array<string>;
  removeTags?: Array<string>;
  appendNote?: string;
};

export type EndHandedOverInput = {
  clientMutationId: string;
  id: string;
  ending: HandedEnding;
};

export type EntryInput = {
  clientSeq: number;
  version?: number;
  verb: VerbOneOf;
};

/** A verdict, or that there is none yet: FAILED may pass, OUT_OF_ORDER lacks one before. */
export type EntryOutcome =
  | 'APPLIED'
  | 'MERGED'
  | 'REFUSED'
  | 'FAILED'
  | 'OUT_OF_ORDER';

/** Why one who is not a buyer came. */
export type Errand =
  | 'PAPERWORK'
  | 'DELIVERY'
  | 'CANCELLATION'
  | 'SERVICE'
  | 'OTHER';

/** What is to be done. */
export type FollowUpKind =
  | 'CALL'
  | 'MESSAGE'
  | 'EMAIL'
  | 'APPOINTMENT'
  | 'OTHER';

export type GiveConsentInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  customerId: string;
  channel: Channel;
  purpose: Purpose;
  /** Where it was said: TABLET, PHONE, SMS, … */
  source: string;
  /** The version of the text that they agreed to. */
  wording: string;
  proof?: string;
  expiresOn?: string | null | undefined;
};

export type GreetVisitInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  party?: Party;
  /** What tells them apart: “couple, red jacket”. */
  note?: string;
  /** By default the showroom's walk-in. */
  sourceId?: string | null | undefined;
};

export type HandOverInput = {
  clientMutationId: string;
  clientId: string;
  /** At most 25. */
  entries: Array<HandedEntryInput>;
};

/** What a manager did with it. */
export type HandedEnding =
  | 'TAKEN_OVER'
  | 'DISCARDED';

export type HandedEntryInput = {
  /** The `clientMutationId` that it has on the tablet. */
  entryId: string;
  kind: HandedKind;
  verb: string;
  version: number;
  /** Its variables, JSON in a text. */
  content: string;
  tappedAt: string;
};

/** An entry that waited, one that was refused, a half-filled form. */
export type HandedKind =
  | 'WAITING'
  | 'REFUSED'
  | 'DRAFT';

/** Its author has LEFT, or their tablet was REVOKED. */
export type HandedWhy =
  | 'LEFT'
  | 'REVOKED';

export type JoinHouseholdInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  customerId: string;
  /** Of one that exists, or of a new one. */
  householdId: string;
  /** Of a new one; by default the customer's own. */
  name?: string;
};

export type KeepPromiseInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
};

export type LeaveVisitInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
};

/** How soon the customer will order: H within 7 days, A 15, B 30, C three months, NURTURE half a year; N is new, O ordered, D delivered, T cancelled. */
export type Level =
  | 'N'
  | 'H'
  | 'A'
  | 'B'
  | 'C'
  | 'NURTURE'
  | 'O'
  | 'D'
  | 'T';

export type LogTouchInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  leadId: string;
  kind: TouchKind;
  direction?: Direction;
  outcome?: TouchOutcome | null | undefined;
  text?: string;
  nextStep?: NextStep | null | undefined;
};

/** Why a lead is given up; RIVAL names which. */
export type LossReason =
  | 'PRICE'
  | 'RIVAL'
  | 'STOCK_OR_COLOUR'
  | 'FINANCE_DECLINED'
  | 'TRADE_IN_VALUE'
  | 'PLAN_DROPPED'
  | 'UNREACHABLE'
  | 'SISTER_SHOWROOM'
  | 'SERVICE_OR_ATTITUDE'
  | 'OTHER';

export type MakePromiseInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  leadId: string;
  text: string;
  dueAt?: string | null | undefined;
};

export type MarkNoShowInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
};

export type MergeCustomersInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  /** Of the merge, by which it can be undone. */
  id: string;
  /** The record that stays. */
  customerId: string;
  /** The record that becomes the other. */
  mergedId: string;
};

export type MoveTestDriveInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  startsAt: string;
  endsAt: string;
  /** By default the same car. */
  vehicleId?: string | null | undefined;
};

/** What is to be done next, and by when. */
export type NextStep = {
  /** Of the follow-up that is made. */
  followUpId: string;
  dueAt: string;
  kind?: FollowUpKind;
  note?: string;
};

export type OpenLeadInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  customerId: string;
  sourceId?: string | null | undefined;
  level?: Level;
  wanted?: Array<Car>;
  nextStep?: NextStep | null | undefined;
};

/** What the server says of a mutation, the same for every sending of it. */
export type Outcome =
  | 'APPLIED'
  | 'MERGED'
  | 'REFUSED';

/** How many came in. */
export type Party =
  | 'ONE'
  | 'COUPLE'
  | 'FAMILY'
  | 'GROUP';

export type PlanFollowUpInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  leadId: string;
  dueAt: string;
  kind?: FollowUpKind;
  note?: string;
};

export type PostponeLeadInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  leadId: string;
  reviveOn: string;
  text?: string;
  nextStep?: NextStep | null | undefined;
};

/** What a consent is for: the live deal, or marketing. */
export type Purpose =
  | 'DEAL'
  | 'MARKETING';

export type PushInput = {
  clientMutationId: string;
  clientId: string;
  /** In order of `clientSeq`, at most 25. */
  entries: Array<EntryInput>;
};

export type ReassignFollowUpInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  ownerId: string;
};

export type ReassignLeadInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  leadId: string;
  /** Empty: back to the pool. */
  ownerId?: string | null | undefined;
  reason?: string;
};

export type RefuseLossInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  note?: string;
  nextStep?: NextStep | null | undefined;
};

export type RegisterStoreInput = {
  clientMutationId: string;
  clientId: string;
  label?: string;
};

export type RelateCustomersInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  customerId: string;
  otherId: string;
  kind: RelationKind;
};

/** What the customer is to the other: SPOUSE, PARENT, … */
export type RelationKind =
  | 'SPOUSE'
  | 'PARENT'
  | 'CHILD'
  | 'SIBLING'
  | 'FRIEND'
  | 'COLLEAGUE'
  | 'EMPLOYER'
  | 'REFERRED_BY'
  | 'OTHER';

export type RemoveContactPointInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
};

export type RemoveOwnedCarInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
};

/** Why a cursor cannot be served, so that a fresh snapshot is needed. */
export type ResetReason =
  | 'TOO_OLD'
  | 'VIEW_CHANGED'
  | 'SERVER_RESTORED';

export type ReturnTestDriveInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  odometer?: number | null | undefined;
  /** Fuel or battery, in per cent. */
  charge?: number | null | undefined;
  note?: string;
};

export type ReviveLeadInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  leadId: string;
  level?: Level | null | undefined;
  nextStep?: NextStep | null | undefined;
};

/** What a person may do in a showroom. */
export type Role =
  | 'SALESPERSON'
  | 'RECEPTION'
  | 'MANAGER'
  | 'GROUP_MANAGER'
  | 'ADMINISTRATOR'
  | 'INTEGRATION';

export type SetDoNotContactInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  customerId: string;
  doNotContact: boolean;
};

export type SkipEntryInput = {
  clientMutationId: string;
  skippedId?: string | null | undefined;
  /** UNDONE, PARKED, UNKNOWN_VERB or LOST_BY_SERVER. */
  reason: string;
};

export type SnoozeFollowUpInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  dueAt: string;
};

/** How far the road has been walked. */
export type Stage =
  | 'NEW'
  | 'CONTACTED'
  | 'APPOINTMENT_SET'
  | 'VISITED'
  | 'TEST_DRIVE_BOOKED'
  | 'TEST_DRIVEN'
  | 'NEGOTIATING'
  | 'ORDERED'
  | 'DELIVERED';

/** What a tablet's store is to the server now: its person has LEFT, a manager has REVOKED it. */
export type StoreStanding =
  | 'WELCOME'
  | 'SIGN_IN'
  | 'LEFT'
  | 'REVOKED';

/** What happened; NOTE is no contact. */
export type TouchKind =
  | 'CALL'
  | 'MESSAGE'
  | 'EMAIL'
  | 'VISIT'
  | 'TEST_DRIVE'
  | 'QUOTE'
  | 'NOTE';

/** What came of a touch, or of a follow-up done by one. */
export type TouchOutcome =
  | 'REACHED'
  | 'NO_ANSWER'
  | 'WILL_COME_IN'
  | 'NOT_NOW'
  | 'CAME_IN'
  | 'OTHER';

export type UnmergeCustomersInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  /** Of the merge. */
  id: string;
};

export type UpdateMySettingsInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  /** `en` or `zh-CN`. */
  language?: string | null | undefined;
  /** `SYSTEM`, `LIGHT` or `DARK`. */
  theme?: string | null | undefined;
};

export type VerbOneOf =
  {   editCustomer: EditCustomerInput; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never;   addContactPoint: AddContactPointInput; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never;   changeContactPoint: ChangeContactPointInput; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never;   removeContactPoint: RemoveContactPointInput; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never;   addOwnedCar: AddOwnedCarInput; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never;   removeOwnedCar: RemoveOwnedCarInput; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never;   relateCustomers: RelateCustomersInput; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never;   joinHousehold: JoinHouseholdInput; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never;   mergeCustomers: MergeCustomersInput; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never;   unmergeCustomers: UnmergeCustomersInput; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never;   giveConsent: GiveConsentInput; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never;   withdrawConsent: WithdrawConsentInput; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never;   setDoNotContact: SetDoNotContactInput; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never;   bookTestDrive: BookTestDriveInput; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never;   moveTestDrive: MoveTestDriveInput; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never;   checkOutTestDrive: CheckOutTestDriveInput; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never;   returnTestDrive: ReturnTestDriveInput; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never;   cancelTestDrive: CancelTestDriveInput; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never;   markNoShow: MarkNoShowInput; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never;   logTouch: LogTouchInput; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never;   planFollowUp: PlanFollowUpInput; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never;   snoozeFollowUp: SnoozeFollowUpInput; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never;   completeFollowUp: CompleteFollowUpInput; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never;   reassignFollowUp: ReassignFollowUpInput; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never;   cancelFollowUp: CancelFollowUpInput; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never;   makePromise: MakePromiseInput; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never;   keepPromise: KeepPromiseInput; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never;   openLead: OpenLeadInput; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never;   changeLevel: ChangeLevelInput; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never;   changeStage: ChangeStageInput; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never;   changeWanted: ChangeWantedInput; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never;   changeRivals: ChangeRivalsInput; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never;   reassignLead: ReassignLeadInput; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never;   updateMySettings: UpdateMySettingsInput; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never;   closeWon: CloseWonInput; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never;   applyForLoss: ApplyForLossInput; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never;   approveLoss: ApproveLossInput; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never;   refuseLoss: RefuseLossInput; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never;   postponeLead: PostponeLeadInput; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never;   reviveLead: ReviveLeadInput; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never;   greetVisit: GreetVisitInput; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never;   completeVisit: CompleteVisitInput; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never;   leaveVisit: LeaveVisitInput; captureWalkIn?: never; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never;   captureWalkIn: CaptureWalkInInput; skipEntry?: never; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never;   skipEntry: SkipEntryInput; discardEntry?: never; }
  |  { editCustomer?: never; addContactPoint?: never; changeContactPoint?: never; removeContactPoint?: never; addOwnedCar?: never; removeOwnedCar?: never; relateCustomers?: never; joinHousehold?: never; mergeCustomers?: never; unmergeCustomers?: never; giveConsent?: never; withdrawConsent?: never; setDoNotContact?: never; bookTestDrive?: never; moveTestDrive?: never; checkOutTestDrive?: never; returnTestDrive?: never; cancelTestDrive?: never; markNoShow?: never; logTouch?: never; planFollowUp?: never; snoozeFollowUp?: never; completeFollowUp?: never; reassignFollowUp?: never; cancelFollowUp?: never; makePromise?: never; keepPromise?: never; openLead?: never; changeLevel?: never; changeStage?: never; changeWanted?: never; changeRivals?: never; reassignLead?: never; updateMySettings?: never; closeWon?: never; applyForLoss?: never; approveLoss?: never; refuseLoss?: never; postponeLead?: never; reviveLead?: never; greetVisit?: never; completeVisit?: never; leaveVisit?: never; captureWalkIn?: never; skipEntry?: never;   discardEntry: DiscardEntryInput; };

/** FIRST_FILED left a phone, LOOKED_NOT_FILED did not, FIRST_ALREADY_FILED was known; RETURN came before; NOT_A_BUYER has an errand; NOT_COMPLETED: nobody has said yet. */
export type VisitKind =
  | 'NOT_COMPLETED'
  | 'FIRST_FILED'
  | 'FIRST_ALREADY_FILED'
  | 'LOOKED_NOT_FILED'
  | 'RETURN'
  | 'NOT_A_BUYER';

export type WithdrawConsentInput = {
  /** A UUID made when the person acted. The same one again gets the same verdict, once applied. */
  clientMutationId: string;
  /** When it happened by the device's clock; told, never trusted for order. */
  happenedAt?: string | null | undefined;
  /** The showroom acted as; by default the person's home showroom. */
  showroomId?: string | null | undefined;
  /** The `clientMutationId` of a refused mutation that this one mends. */
  replacesId?: string | null | undefined;
  id: string;
  customerId: string;
  channel: Channel;
  purpose: Purpose;
  source: string;
  wording?: string;
  proof?: string;
};

export type StandingQueryVariables = Exact<{
  clientId: string;
}>;


export type StandingQuery = { standing: StoreStanding };

export type HandOverMutationVariables = Exact<{
  input: HandOverInput;
}>;


export type HandOverMutation = { handOver: { outcome: Outcome } };

export type HandedOverQueryVariables = Exact<{ [key: string]: never; }>;


export type HandedOverQuery = { handedOver: Array<{ uuid: string, personName: string, showroomId: string, why: HandedWhy, kind: HandedKind, verb: string, version: number, content: string, tappedAt: string, handedAt: string }> };

export type EndHandedOverMutationVariables = Exact<{
  input: EndHandedOverInput;
}>;


export type EndHandedOverMutation = { endHandedOver: { outcome: Outcome, problems: Array<{ code: string, message: string }> } };

export type SignInMutationVariables = Exact<{
  email: string;
  password: string;
  language: string;
}>;


export type SignInMutation = { signIn: { person: { uuid: string } | null, problems: Array<{ code: string, field: string | null, message: string }> } };

export type SignOutMutationVariables = Exact<{ [key: string]: never; }>;


export type SignOutMutation = { signOut: { signedOut: boolean } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { homeShowroomId: string, person: { uuid: string, name: string, email: string, language: string, theme: string }, roles: Array<{ showroomId: string, role: Role }>, showrooms: Array<{ uuid: string, name: string, timeZone: string, currency: string, languages: Array<string>, policies: unknown }> } };

export type ResultFragment = { clientSeq: number, clientMutationId: string, outcome: EntryOutcome, problems: Array<{ code: string, field: string | null, message: string, details: unknown }>, aliases: Array<{ oldId: string, newId: string }> };

export type RegisterStoreMutationVariables = Exact<{
  input: RegisterStoreInput;
}>;


export type RegisterStoreMutation = { registerStore: { lastSeq: number, evicted: boolean, problems: Array<{ code: string, message: string }> } };

export type PushMutationVariables = Exact<{
  input: PushInput;
}>;


export type PushMutation = { push: { processedThrough: number, results: Array<{ clientSeq: number, clientMutationId: string, outcome: EntryOutcome, problems: Array<{ code: string, field: string | null, message: string, details: unknown }>, aliases: Array<{ oldId: string, newId: string }> }> } };

export type ChangesQueryVariables = Exact<{
  clientId: string;
  since: string;
  first: number;
  settled: number;
}>;


export type ChangesQuery = { changes: { rows: unknown, removed: unknown, cursor: string, hasMore: boolean, processedThrough: number, serverTime: string, oldestClient: number, reset: ResetReason | null, verdicts: Array<{ clientSeq: number, clientMutationId: string, outcome: EntryOutcome, problems: Array<{ code: string, field: string | null, message: string, details: unknown }>, aliases: Array<{ oldId: string, newId: string }> }> } };

export type SnapshotQueryVariables = Exact<{
  clientId: string;
  after?: string | null | undefined;
  first: number;
}>;


export type SnapshotQuery = { snapshot: { rows: unknown, cursor: string, next: string | null, total: number, serverTime: string } };

export type NewsSubscriptionVariables = Exact<{
  clientId: string;
}>;


export type NewsSubscription = { news: { at: string } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const ResultFragmentDoc = /*#__PURE__*/ new TypedDocumentString(`
    fragment Result on EntryResult {
  clientSeq
  clientMutationId
  outcome
  problems {
    code
    field
    message
    details
  }
  aliases {
    oldId
    newId
  }
}
    `, {"fragmentName":"Result"}) as unknown as TypedDocumentString<ResultFragment, unknown>;
export const StandingDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Standing($clientId: UUID!) {
  standing(clientId: $clientId)
}
    `, {"hash":"sha256:600526231127c8810f88100946fdfa6f23e4868c7e8b658421c08fc63081b24d"}) as unknown as TypedDocumentString<StandingQuery, StandingQueryVariables>;
export const HandOverDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation HandOver($input: HandOverInput!) {
  handOver(input: $input) {
    outcome
  }
}
    `, {"hash":"sha256:3991bf9aa6eb3eee413a16d21692c396a8cb5a3ab436dc1a770d636fd580fa54"}) as unknown as TypedDocumentString<HandOverMutation, HandOverMutationVariables>;
export const HandedOverDocument = /*#__PURE__*/ new TypedDocumentString(`
    query HandedOver {
  handedOver {
    uuid
    personName
    showroomId
    why
    kind
    verb
    version
    content
    tappedAt
    handedAt
  }
}
    `, {"hash":"sha256:f48b40ec3b1224730425bcb8d52f1077b42b7eb7300f060eb8051d01b5d44a15"}) as unknown as TypedDocumentString<HandedOverQuery, HandedOverQueryVariables>;
export const EndHandedOverDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation EndHandedOver($input: EndHandedOverInput!) {
  endHandedOver(input: $input) {
    outcome
    problems {
      code
      message
    }
  }
}
    `, {"hash":"sha256:2811d5b9f53bea71fdb50062b742c62fa7f33d72ead79d2df8bbd063b801da79"}) as unknown as TypedDocumentString<EndHandedOverMutation, EndHandedOverMutationVariables>;
export const SignInDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation SignIn($email: String!, $password: String!, $language: String!) {
  signIn(email: $email, password: $password, language: $language) {
    person {
      uuid
    }
    problems {
      code
      field
      message
    }
  }
}
    `, {"hash":"sha256:5ce9093418049286c2a8a510c0067c8bc2ae4ce34840de1733813e724440b818"}) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const SignOutDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation SignOut {
  signOut {
    signedOut
  }
}
    `, {"hash":"sha256:ffd093bc73cd0e180b4296d8e8b21a3311efcff70fe2ca4fd0032c4654692619"}) as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;
export const ViewerDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Viewer {
  viewer {
    person {
      uuid
      name
      email
      language
      theme
    }
    homeShowroomId
    roles {
      showroomId
      role
    }
    showrooms {
      uuid
      name
      timeZone
      currency
      languages
      policies
    }
  }
}
    `, {"hash":"sha256:a87a9ccb6755eb3c72167105ae07f073b3f2e8682d4bcb4d3e5d9f5388312bf1"}) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const RegisterStoreDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation RegisterStore($input: RegisterStoreInput!) {
  registerStore(input: $input) {
    lastSeq
    evicted
    problems {
      code
      message
    }
  }
}
    `, {"hash":"sha256:304b691b5e98bcb552e6998f8816d2ef5332592b8d96b94dfca840c14c9573be"}) as unknown as TypedDocumentString<RegisterStoreMutation, RegisterStoreMutationVariables>;
export const PushDocument = /*#__PURE__*/ new TypedDocumentString(`
    mutation Push($input: PushInput!) {
  push(input: $input) {
    processedThrough
    results {
      ...Result
    }
  }
}
    fragment Result on EntryResult {
  clientSeq
  clientMutationId
  outcome
  problems {
    code
    field
    message
    details
  }
  aliases {
    oldId
    newId
  }
}`, {"hash":"sha256:9b4ce3ed4caab013da37ae3563ec808d0b948213f1490b65b9c52e93f2a15715"}) as unknown as TypedDocumentString<PushMutation, PushMutationVariables>;
export const ChangesDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Changes($clientId: UUID!, $since: String!, $first: Int!, $settled: Int!) {
  changes(clientId: $clientId, since: $since, first: $first, settled: $settled) {
    rows
    removed
    cursor
    hasMore
    processedThrough
    verdicts {
      ...Result
    }
    serverTime
    oldestClient
    reset
  }
}
    fragment Result on EntryResult {
  clientSeq
  clientMutationId
  outcome
  problems {
    code
    field
    message
    details
  }
  aliases {
    oldId
    newId
  }
}`, {"hash":"sha256:27bf6112e493da193c63abaed2fa6cc2b64568dceec4733b733aa1ce4f100a4f"}) as unknown as TypedDocumentString<ChangesQuery, ChangesQueryVariables>;
export const SnapshotDocument = /*#__PURE__*/ new TypedDocumentString(`
    query Snapshot($clientId: UUID!, $after: String, $first: Int!) {
  snapshot(clientId: $clientId, after: $after, first: $first) {
    rows
    cursor
    next
    total
    serverTime
  }
}
    `, {"hash":"sha256:8de6c926d9b90054885774d8687c9cd9714017678b5e9968bd60bf57710438a8"}) as unknown as TypedDocumentString<SnapshotQuery, SnapshotQueryVariables>;
export const NewsDocument = /*#__PURE__*/ new TypedDocumentString(`
    subscription News($clientId: UUID!) {
  news(clientId: $clientId) {
    at
  }
}
    `, {"hash":"sha256:ebd11f4f8fe1d97af61605bf1287658702f3dc419218c186d8931de39c20ceb1"}) as unknown as TypedDocumentString<NewsSubscription, NewsSubscriptionVariables>;
