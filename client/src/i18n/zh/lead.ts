import type { lead as english } from '../en/lead';
import type { In } from './in';

export const lead: In<typeof english> = {
  title: '线索',
  timeline: '跟进记录',
  vehicles: '车辆',
  leads: '线索',
  agreements: '协议',
  purchases: '购车与售后',
  relations: '关系人',
  consents: '授权',
  missing: '待补充',
  bookDrive: '预约试驾',
  wanted: '意向车型',
  rivals: '对比竞品',
  notFound: '本机没有这条线索',
};
