import { describe, expect, test } from 'vitest';
import { changeLevel, openLead, reassignLead } from './lead_mutators';
import { cancelFollowUp, completeFollowUp, keepPromise, logTouch, makePromise, planFollowUp, snoozeFollowUp } from './mutators';
import { openOnes } from './next_step';
import { aDay, ada, lead, shows, step } from './pretend';

describe('a follow-up that is done', () => {
  test('leaves a touch and a next step by the level, under the id that the server will give it', () => {
    const draft = aDay();
    shows(draft, completeFollowUp, { id: 'step', outcome: 'REACHED', touchId: 'touch', text: 'likes it' });
    expect(draft.get('followUps', 'step')).toMatchObject({ status: 'DONE', outcome: 'REACHED', touchId: 'touch', doneById: 'mia' });
    expect(draft.get('touches', 'touch')).toMatchObject({ kind: 'CALL', outcome: 'REACHED', text: 'likes it', leadId: 'lead' });
    expect(openOnes(draft, 'lead')).toMatchObject([{ id: 'made next', reason: 'CADENCE', dueAt: '2026-11-23T10:00:00.000Z' }]);
    expect(draft.get('leads', 'lead')).toMatchObject({ nextStepAt: '2026-11-23T10:00:00.000Z', lastMeaningfulTouchAt: '2026-11-20T09:00:00.000Z' });
  });

  test('nobody answered: tomorrow, and nothing meaningful has happened', () => {
    const draft = aDay();
    shows(draft, completeFollowUp, { id: 'step', outcome: 'NO_ANSWER', touchId: 'touch' });
    expect(openOnes(draft, 'lead')).toMatchObject([{ reason: 'NO_ANSWER', dueAt: '2026-11-21T10:00:00.000Z' }]);
    expect(draft.get('leads', 'lead')).toMatchObject({ lastTouchAt: '2026-11-20T09:00:00.000Z', lastMeaningfulTouchAt: null, stage: 'CONTACTED' });
  });

  test('will come in: the step that was chosen, and the road is walked on', () => {
    const draft = aDay();
    shows(draft, completeFollowUp, { id: 'step', outcome: 'WILL_COME_IN', touchId: 'touch', nextStep: { followUpId: 'visit', dueAt: '2026-11-21T14:00:00.000Z', kind: 'APPOINTMENT' } });
    expect(openOnes(draft, 'lead')).toMatchObject([{ id: 'visit', kind: 'APPOINTMENT', reason: 'PLANNED' }]);
    expect(draft.get('leads', 'lead')!.stage).toBe('APPOINTMENT_SET');
  });

  test('not now: asleep until its day, with one step that wakes it', () => {
    const draft = aDay();
    shows(draft, completeFollowUp, { id: 'step', outcome: 'NOT_NOW', touchId: 'touch', reviveOn: '2027-02-18', nextStep: { followUpId: 'wake', dueAt: '2027-02-18T10:00:00.000Z' } });
    expect(draft.get('leads', 'lead')).toMatchObject({ status: 'NOT_NOW', reviveOn: '2027-02-18', nextStepAt: '2027-02-18T10:00:00.000Z' });
    expect(openOnes(draft, 'lead')).toMatchObject([{ id: 'wake', reason: 'REVIVE', reasonFacts: { on: '2027-02-18' } }]);
  });

  test('of a lead that was taken away meanwhile shows nothing, and does not fail', () => {
    const draft = aDay({ leads: [] });
    shows(draft, completeFollowUp, { id: 'step', outcome: 'REACHED', touchId: 'touch' });
    expect(draft.all('touches')).toEqual([]);
  });
});

test('a call besides the plan settles what the cadence had planned', () => {
  const draft = aDay();
  shows(draft, logTouch, { id: 'touch', leadId: 'lead', kind: 'CALL', outcome: 'REACHED' });
  expect(draft.get('followUps', 'step')).toMatchObject({ status: 'DONE', touchId: 'touch' });
  expect(openOnes(draft, 'lead')).toHaveLength(1);
});

test('a note settles nothing and touches nobody', () => {
  const draft = aDay();
  shows(draft, logTouch, { id: 'note', leadId: 'lead', kind: 'NOTE', text: ' brought the dog ' });
  expect(draft.get('touches', 'note')!.text).toBe('brought the dog');
  expect(draft.get('followUps', 'step')!.status).toBe('OPEN');
  expect(draft.get('leads', 'lead')!.lastTouchAt).toBeNull();
});

test('what a person planned is not settled by a call', () => {
  const draft = aDay({ followUps: [{ ...step, reason: 'PLANNED' }] });
  shows(draft, logTouch, { id: 'touch', leadId: 'lead', kind: 'CALL', outcome: 'REACHED' });
  expect(draft.get('followUps', 'step')!.status).toBe('OPEN');
});

test('moved: later, and it is remembered from when', () => {
  const draft = aDay();
  shows(draft, snoozeFollowUp, { id: 'step', dueAt: '2026-11-25T10:00:00.000Z' });
  expect(draft.get('followUps', 'step')).toMatchObject({ dueAt: '2026-11-25T10:00:00.000Z', firstDueAt: step.dueAt, snoozed: 1 });
  expect(draft.get('leads', 'lead')!.nextStepAt).toBe('2026-11-25T10:00:00.000Z');
});

test('the earliest of two steps is the next one', () => {
  const draft = aDay();
  shows(draft, planFollowUp, { id: 'later', leadId: 'lead', dueAt: '2026-11-28T10:00:00.000Z' });
  expect(draft.get('leads', 'lead')!.nextStepAt).toBe(step.dueAt);
  shows(draft, planFollowUp, { id: 'sooner', leadId: 'lead', dueAt: '2026-11-20T09:30:00.000Z' });
  expect(draft.get('leads', 'lead')!.nextStepAt).toBe('2026-11-20T09:30:00.000Z');
});

test('nobody who must not be contacted is planned a call', () => {
  const draft = aDay({ customers: [{ ...ada, doNotContact: true }] });
  shows(draft, planFollowUp, { id: 'call', leadId: 'lead', dueAt: '2026-11-28T10:00:00.000Z', kind: 'CALL' });
  expect(draft.get('followUps', 'call')!.kind).toBe('OTHER');
});

test('cancelled by a manager, a lead is still not bare', () => {
  const draft = aDay();
  shows(draft, cancelFollowUp, { id: 'step', reason: 'twice' });
  expect(draft.get('followUps', 'step')).toMatchObject({ status: 'CANCELLED', note: 'twice' });
  expect(openOnes(draft, 'lead')).toHaveLength(1);
});

test('a promise is owed until it is kept', () => {
  const draft = aDay();
  shows(draft, makePromise, { id: 'mats', leadId: 'lead', text: 'floor mats', dueAt: '2026-11-21T18:00:00.000Z' });
  expect(draft.get('promises', 'mats')).toMatchObject({ keptAt: null, promisedById: 'mia', customerId: 'ada' });
  shows(draft, keepPromise, { id: 'mats' });
  expect(draft.get('promises', 'mats')).toMatchObject({ keptById: 'mia' });
});

test('hotter: what the cadence had planned moves with it', () => {
  const draft = aDay({ touches: [] });
  shows(draft, logTouch, { id: 'call', leadId: 'lead', kind: 'CALL', outcome: 'REACHED' });
  shows(draft, changeLevel, { leadId: 'lead', level: 'H' });
  expect(openOnes(draft, 'lead')).toMatchObject([{ dueAt: '2026-11-21T10:00:00.000Z' }]);
});

test('given to a colleague: the plan and the customer go along', () => {
  const draft = aDay();
  shows(draft, reassignLead, { leadId: 'lead', ownerId: 'tom' });
  expect([draft.get('leads', 'lead')!.ownerId, draft.get('followUps', 'step')!.ownerId, draft.get('customers', 'ada')!.ownerId]).toEqual(['tom', 'tom', 'tom']);
});

test('a lead that is opened has a next step in the same breath', () => {
  const draft = aDay({ leads: [], followUps: [], customers: [{ ...ada, ownerId: null }], memberships: [{ id: 'm', role: 'SALESPERSON', groupId: 'group', personId: 'mia', showroomId: 'harbour' }] });
  shows(draft, openLead, { id: 'new', customerId: 'ada', level: 'H', wanted: [{ make: 'Volkswagen', model: 'ID.4', vehicleId: null }] });
  expect(draft.get('leads', 'new')).toMatchObject({ ownerId: 'mia', wanted: [{ make: 'Volkswagen', model: 'ID.4' }], nextStepAt: '2026-11-21T09:00:00.000Z', currency: lead.currency });
  expect(openOnes(draft, 'new')).toMatchObject([{ reason: 'FIRST_CONTACT' }]);
});
