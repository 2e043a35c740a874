import type { leads as english } from '../en/leads';
import type { In } from './in';

export const leads: In<typeof english> = {
  title: '线索',
  filters: '筛选',
  mine: '我的',
  overdue: '已逾期',
  count: '{count} 条线索',
  none: '没有符合的线索',
  noneText: '试试更短的姓名、手机号后四位，或减少筛选条件。',
  empty: '线索会出现在这里',
  emptyText: '留档的客户都在这里，没有网络也能查看。',
  choose: '请从列表中选择一条线索',
};
