export const settings = {
  title: 'Settings',
  language: 'Language',
  theme: 'Appearance',
  themeAuto: 'Like the device',
  themeLight: 'Light',
  themeDark: 'Dark',
  pin: 'PIN',
  device: 'This device',
  lastSynced: 'Last synced',
  never: 'never',
  waits: 'Waiting to be sent',
} as const;
