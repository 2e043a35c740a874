import type { leads as english } from '../en/leads';
import type { In } from './in';

export const leads: In<typeof english> = {
  title: '线索',
  filters: '筛选',
  search: '搜索线索',
  mine: '我的',
  all: '全部',
  pool: '公海',
  whose: '归属',
  overdue: '已逾期',
  moreFilters: '更多筛选',
  clearFilters: '清除全部筛选',
  showCount: '查看 {count} 条线索',
  count: '{count} 条线索',
  none: '没有符合的线索',
  noneText: '试试更短的姓名、手机号后四位，或减少筛选条件。',
  empty: '线索会出现在这里',
  emptyText: '留档的客户都在这里，没有网络也能查看。',
  choose: '请从列表中选择一条线索',
  chooseText: '下一步、跟进记录、车辆和协议会显示在这里。',
  hidden: '客户查看时已隐藏',
  inPool: '公海',
  models: '意向车型',
  seeAllFound: '查看全部 {count} 条线索',
  lossWaiting: '战败待审批',
  noStep: '尚无下一步',
};
