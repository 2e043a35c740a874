// Fictitious people and cars, with the names that break layouts.
import { language } from '../i18n';
import type { Level } from '../ui/Lozenge';

export interface Somebody {
  id: string;
  name: string;
  car: string;
  why: string;
  level: Level;
  time: string;
  late?: boolean;
}

const english: Omit<Somebody, 'id'>[] = [
  { name: 'Ada Lovelace', car: 'Tiguan L 380 TSI · Pyrite Silver', why: 'Drove the Tiguan yesterday, has not heard since', level: 'H', time: '09:30', late: true },
  { name: 'Wolfeschlegelsteinhausenbergerdorff-Smythe, Maximiliane', car: 'ID.4 CROZZ Prime', why: 'Asked for a trade-in price on Thursday and the appraisal is ready since this morning', level: 'A', time: '10:00', late: true },
  { name: '王小明', car: 'Magotan 330 TSI', why: 'Promised to come in with the family at eleven', level: 'B', time: '11:00' },
  { name: 'Grace Hopper', car: 'Golf GTI', why: 'Three days without a word', level: 'C', time: '14:00' },
  { name: 'Katherine Johnson', car: 'Passat', why: 'New from the website, not called yet', level: 'N', time: '14:30' },
  { name: 'Edsger Dijkstra', car: 'Touareg', why: 'Wanted to think until the end of the lease', level: 'NURTURE', time: '16:00' },
  { name: 'Barbara Liskov', car: 'Tayron', why: 'Ordered, waits for the delivery date', level: 'O', time: '16:30' },
  { name: 'Alan Kay', car: 'Talagon', why: 'Third day after the keys', level: 'D', time: '17:00' },
  { name: 'Niklaus Wirth', car: 'Lavida', why: 'Cancelled the order', level: 'T', time: '17:30' },
];

const chinese: Omit<Somebody, 'id'>[] = [
  { name: '王小明', car: '途观 L 380TSI · 黄铁银', why: '昨天试驾了途观，之后还没有联系', level: 'H', time: '09:30', late: true },
  { name: '欧阳娜娜·阿卜杜热西提·买买提江·艾力', car: 'ID.4 CROZZ Prime', why: '周四问过置换价格，今天早上评估结果已经出来了，请尽快回复客户', level: 'A', time: '10:00', late: true },
  { name: 'Ada Lovelace', car: '迈腾 330TSI', why: '答应十一点带家人到店', level: 'B', time: '11:00' },
  { name: '李娜', car: '高尔夫 GTI', why: '三天没有联系', level: 'C', time: '14:00' },
  { name: '张伟', car: '帕萨特', why: '官网新线索，尚未联系', level: 'N', time: '14:30' },
  { name: '刘洋', car: '途锐', why: '想等租约到期再考虑', level: 'NURTURE', time: '16:00' },
  { name: '陈静', car: '探岳', why: '已订车，等待交车日期', level: 'O', time: '16:30' },
  { name: '杨帆', car: '揽境', why: '交车后第三天回访', level: 'D', time: '17:00' },
  { name: '赵磊', car: '朗逸', why: '已退订', level: 'T', time: '17:30' },
];

export function cast(count?: number): Somebody[] {
  const people = language.value === 'en' ? english : chinese;
  return Array.from({ length: count ?? people.length }, (_, index) => ({ ...people[index % people.length]!, id: String(index) }));
}

export const say = (inEnglish: string, inChinese: string) => (language.value === 'en' ? inEnglish : inChinese);
