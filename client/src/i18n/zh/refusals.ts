import type { refusals as english } from '../en/refusals';
import type { In } from './in';

export const refusals: In<typeof english> = {
  title: '待您处理',
  youDid: '您的操作',
  why: '没有成功的原因',
  typed: '您填写的内容',
  fix: '修改后重新提交',
  handOver: '转交经理',
  discard: '放弃',
  discardAsk: '输入“{word}”以放弃',
  empty: '没有需要您处理的',
  emptyText: '如果录入的内容未能照原样保存，它会连同您填写的全部内容在这里等您。',
};
