import type { Known } from './device';

/** Whoever is signed in, as the screens know them. */
export interface Me {
  personId: string;
  name: string;
  email: string;
  language: string;
  theme: string;
  /** The showroom acted as. */
  showroomId: string;
  showrooms: Known['showrooms'];
  roles: Known['roles'];
  /** Manages the showroom acted as. */
  isManager: boolean;
  hasPin: boolean;
}

const MANAGERS = new Set(['MANAGER', 'GROUP_MANAGER', 'ADMINISTRATOR']);

export function meOf(of: Known): Me {
  const here = of.roles.filter((role) => role.showroomId === of.actingIn);
  return {
    personId: of.personId,
    name: of.name,
    email: of.email,
    language: of.language,
    theme: of.theme,
    showroomId: of.actingIn,
    showrooms: of.showrooms,
    roles: of.roles,
    isManager: here.some((role) => MANAGERS.has(role.role)),
    hasPin: Boolean(of.pin),
  };
}
