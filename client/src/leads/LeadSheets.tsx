import { ConsentSheet } from '../customers/ConsentSheet';
import { ContactSheet } from '../customers/ContactSheet';
import { EditSheet } from '../customers/EditSheet';
import { OwnedCarSheet } from '../customers/OwnedCarSheet';
import { LogSheet } from '../follow_ups/LogSheet';
import { OutcomeSheet } from '../follow_ups/OutcomeSheet';
import { PlanSheet } from '../follow_ups/PlanSheet';
import { PromiseSheet } from '../follow_ups/PromiseSheet';
import type { LeadRow } from '../model';
import { LostSheet } from '../sales/LostSheet';
import { NotNowSheet } from '../sales/NotNowSheet';
import { RefuseSheet } from '../sales/RefuseSheet';
import { SoldSheet } from '../sales/SoldSheet';
import { CarsSheet } from './CarsSheet';
import { LevelSheet } from './LevelSheet';
import { MoreSheet } from './MoreSheet';
import { nextStepOf, waitingLoss } from './queries';
import { ReassignSheet } from './ReassignSheet';
import type { Open, Opened, SheetName } from './sheets';

/** Every sheet of a lead. They stay mounted, so that each can leave as it came. */
export function LeadSheets({ lead, opened, open, close }: { lead: LeadRow; opened: Opened | null; open: Open; close: (name: SheetName) => void }) {
  const is = (name: SheetName) => opened?.name === name;
  const bind = (name: SheetName) => ({ lead, open: is(name), onClose: () => close(name) });
  const customer = { customerId: lead.customerId };
  return (
    <>
      <OutcomeSheet followUp={is('outcome') ? nextStepOf(lead.id) ?? null : null} onClose={() => close('outcome')} />
      <PlanSheet lead={is('move') ? lead : null} onClose={() => close('move')} />
      <PlanSheet lead={is('plan') ? lead : null} another onClose={() => close('plan')} />
      <LevelSheet {...bind('level')} />
      <CarsSheet {...bind('cars')} />
      <LogSheet {...bind('log')} />
      <PromiseSheet {...bind('promise')} />
      <SoldSheet {...bind('sold')} />
      <LostSheet {...bind('lost')} />
      <RefuseSheet loss={is('refuse') ? waitingLoss(lead.id) ?? null : null} onClose={() => close('refuse')} />
      <NotNowSheet {...bind('notNow')} />
      <ReassignSheet {...bind('reassign')} />
      <MoreSheet {...bind('more')} show={open} />
      <EditSheet {...customer} open={is('edit')} onClose={() => close('edit')} />
      <ContactSheet {...customer} pointId={opened?.of} open={is('contact')} onClose={() => close('contact')} />
      <OwnedCarSheet {...customer} open={is('ownedCar')} onClose={() => close('ownedCar')} />
      <ConsentSheet {...customer} open={is('consent')} onClose={() => close('consent')} />
    </>
  );
}
