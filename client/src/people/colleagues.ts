import { signal } from '@preact/signals';

import { unsentOf } from '../sync/leaving';
import * as device from './device';

/** The others who have used this tablet, and how much of theirs waits: counts only. */
export const colleagues = signal<readonly { personId: string; name: string; unsent: number; hasPin: boolean }[]>([]);

export async function countOthers(mine: string | undefined): Promise<void> {
  const others = (await device.people()).filter((one) => one.personId !== mine);
  colleagues.value = await Promise.all(
    others.map(async (one) => ({
      personId: one.personId,
      name: one.name,
      unsent: await unsentOf(one.personId),
      hasPin: Boolean(one.pin) && Date.now() < one.leaseEndsAt,
    })),
  );
}
