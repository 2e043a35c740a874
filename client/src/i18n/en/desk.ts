export const desk = {
  title: 'Desk',
  inHouse: 'In the house',
  rotation: 'Who is next',
  carsOut: 'Cars out',
  alerts: 'Alerts',
  figures: 'Figures',
} as const;
