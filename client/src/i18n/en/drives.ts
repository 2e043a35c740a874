export const drives = {
  title: 'Test drives',
  board: 'Demo cars of {day}',
  checkOut: 'Check out',
  takeBack: 'Take back',
  move: 'Move',
  licence: 'Licence checked',
  agreement: 'Agreement signed',
  charge: '{percent} charged',
  empty: 'No demo cars yet',
  emptyText: 'Cars that may be driven appear here, a column each.',
} as const;
