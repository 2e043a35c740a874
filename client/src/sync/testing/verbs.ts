import { defineMutator } from '../mutator';

// A small trade to test the sync core with: verbs as the tablet shows them. What the server makes of them is in
// fake_server.ts. Rows have few columns; the core knows none of them.

const row = (of: object): never => of as never;

export const openCustomer = defineMutator<{ id: string; name: string; phone?: string }>({
  name: 'openCustomer',
  show: (draft, { id, name, phone }, at) => draft.put('customers', row({ id, name, phone: phone ?? null, ownerId: at.me })),
});

export const openLead = defineMutator<{ id: string; customerId: string }>({
  name: 'openLead',
  show: (draft, { id, customerId }, at) => draft.put('leads', row({ id, customerId, ownerId: at.me, said: 0 })),
});

/** Text `refuse` is refused, `poison` fails for ever, `stumble` once. */
export const say = defineMutator<{ id: string; leadId: string; text: string }>({
  name: 'say',
  show(draft, { id, leadId, text }) {
    draft.put('touches', row({ id, leadId, text }));
    const lead = draft.get('leads', leadId) as unknown as { said: number } | undefined;
    if (lead) draft.patch('leads', leadId, row({ said: lead.said + 1 }));
  },
});

/** The first who books a slot has it. */
export const book = defineMutator<{ id: string; slot: string; showroomId?: string }>({
  name: 'book',
  show: (draft, { id, slot }, at) => draft.put('testDrives', row({ id, slot, by: at.me })),
});
