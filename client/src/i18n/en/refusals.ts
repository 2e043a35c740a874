export const refusals = {
  title: 'Needs you',
  youDid: 'What you did',
  why: 'Why it did not work',
  typed: 'What you typed',
  fix: 'Fix and send again',
  handOver: 'Hand to the manager',
  discard: 'Discard',
  discardAsk: 'Type {word} to discard',
  empty: 'Nothing needs you',
  emptyText: 'If something you entered could not be kept as it is, it waits here with all that you typed.',
} as const;
