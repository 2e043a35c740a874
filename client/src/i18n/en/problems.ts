// What the server refuses, by its code: what happened, what is safe, what to do. `unknown` is for a code of a later version.
export const problems = {
  unknown: 'The server did not accept this. What you typed is kept here.',
  offline: 'There is no network. What you typed is kept on this device and sent later.',
  KEY_REUSED: 'This entry was sent before with other content. What you typed is kept here.',
  OUT_OF_ORDER: 'An earlier entry has to go first. It is sent again by itself.',
  DEPENDS_ON_REFUSED: 'This belongs to an entry that was refused. Settle that one first.',
  STAGE_CONFLICT: 'Somebody has moved this lead to another stage meanwhile.',
  NO_LONGER_YOURS: 'This lead has another owner now. What you wrote is proposed to them as a note.',
  SLOT_TAKEN: 'The car is taken at that time.',
} as const;
