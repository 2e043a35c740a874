import type { today as english } from '../en/today';
import type { In } from './in';

export const today: In<typeof english> = {
  title: '今日',
  morning: '{name}，早上好',
  afternoon: '{name}，下午好',
  evening: '{name}，晚上好',
  due: '待跟进',
  done: '已完成',
  appointments: '预约',
  overdue: '已逾期',
  now: '现在',
  later: '稍后',
  finished: '已完成',
  tick: '{name}已跟进',
  outcomeTitle: '跟进结果',
  proposes: '下一步：{day}{step}',
  completed: '已完成。下次跟进：{day}',
  empty: '暂无待跟进',
  emptyText: '到期的电话和预约会出现在这里。有客户进店吗？',
  allDone: '今天的跟进都完成了',
};
