import type { settings as english } from '../en/settings';
import type { In } from './in';

export const settings: In<typeof english> = {
  title: '设置',
  language: '语言',
  theme: '外观',
  themeAuto: '跟随系统',
  themeLight: '浅色',
  themeDark: '深色',
  pin: 'PIN 码',
  device: '本机',
  lastSynced: '最近同步',
  never: '从未',
  waits: '待上传',
};
