import type { drives as english } from '../en/drives';
import type { In } from './in';

export const drives: In<typeof english> = {
  title: '试驾',
  board: '{day}试驾车排期',
  checkOut: '交车试驾',
  takeBack: '还车',
  move: '改期',
  licence: '已核验驾照',
  agreement: '已签试驾协议',
  charge: '电量 {percent}',
  empty: '还没有试驾车',
  emptyText: '可试驾的车会显示在这里，每车一列。',
};
