import type { desk as english } from '../en/desk';
import type { In } from './in';

export const desk: In<typeof english> = {
  title: '看板',
  inHouse: '在店客户',
  rotation: '轮到谁接待',
  carsOut: '外出试驾车',
  alerts: '提醒',
  figures: '数据',
};
