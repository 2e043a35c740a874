import type { visits as english } from '../en/visits';
import type { In } from './in';

export const visits: In<typeof english> = {
  title: '新到店',
  number: '手机号',
  who: '来了几位',
  one: '一位',
  couple: '两位',
  family: '一家人',
  brought: '到店渠道',
  car: '意向车型',
  carSearch: '其他车型',
  level: '意向级别',
  justLooking: '看车未留档',
  filed: '已记到店',
  onFile: '已建卡',
  lastTouch: '最近跟进 {when}',
  ownedBy: '归属 {name}',
  noMatch: '该号码未留档',
  name: '姓名',
};
