export const leads = {
  title: 'Leads',
  filters: 'Filters',
  mine: 'Mine',
  overdue: 'Overdue',
  count: { one: '{count} lead', other: '{count} leads' },
  none: 'No lead matches',
  noneText: 'Try a shorter name, the last four digits of the phone, or fewer filters.',
  empty: 'Leads appear here',
  emptyText: 'Everybody who left a number is kept here, also without a network.',
  choose: 'Choose a lead from the list',
} as const;
