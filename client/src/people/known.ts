import type { ViewerQuery } from '../api/generated/graphql';
import type { Known } from './device';

const HOUR = 3_600_000;

interface Lease {
  offlineLeaseHours?: number;
  idleLockSeconds?: number;
}

/** What the home showroom has decided about tablets; without a word the defaults of the server. */
function leaseOf({ homeShowroomId, showrooms }: Pick<Known, 'homeShowroomId' | 'showrooms'>): Required<Lease> {
  const own = showrooms.find((one) => one.id === homeShowroomId)?.policies as Lease | undefined;
  return { offlineLeaseHours: own?.offlineLeaseHours ?? 12, idleLockSeconds: own?.idleLockSeconds ?? 300 };
}

/** How long rows may be opened after the last contact with the server, in milliseconds. */
export const leaseMsOf = (of: Pick<Known, 'homeShowroomId' | 'showrooms'>): number => leaseOf(of).offlineLeaseHours * HOUR;

/** How long nobody may touch the tablet before it locks, in milliseconds. */
export const idleMsOf = (of: Known): number => leaseOf(of).idleLockSeconds * 1000;

/** Whom the server has just named, as this tablet remembers them: the PIN and the showroom acted in stay. */
export function rememberedOf(viewer: ViewerQuery['viewer'], before: Known | undefined): Known {
  const { person, homeShowroomId, roles } = viewer;
  const showrooms = viewer.showrooms.map(({ uuid, name, timeZone, currency, policies }) => ({
    id: uuid, name, timeZone, currency, policies: policies as Record<string, unknown>,
  }));
  const stillActing = before && roles.some((role) => role.showroomId === before.actingIn);
  return {
    personId: person.uuid, name: person.name, email: person.email, language: person.language, theme: person.theme,
    homeShowroomId, showrooms, roles: roles as Known['roles'],
    actingIn: stillActing ? before.actingIn : homeShowroomId,
    signedInAt: Date.now(),
    leaseEndsAt: Date.now() + leaseMsOf({ homeShowroomId, showrooms }),
    ...(before?.pin ? { pin: before.pin } : {}),
    locked: false,
  };
}
