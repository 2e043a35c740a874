import { useState } from 'preact/hooks';
import { formatMinutes, t } from '../i18n';
import { showToast } from '../ui/Toast';
import { TimeGrid, type GridBlock } from '../ui/TimeGrid';
import { cast, say } from './cast';

export function DrivesPage() {
  const people = cast();
  const cars = [say('Tiguan L 380 TSI', '途观 L 380TSI'), 'ID.4 CROZZ', say('Magotan', '迈腾'), 'Golf GTI', say('Touareg', '途锐'), 'ID.6'];
  const [blocks, setBlocks] = useState<GridBlock[]>([
    { id: '1', columnId: '0', start: 570, end: 615, title: people[0]!.name, state: 'done', subtitle: t('words.drive_returned') },
    { id: '2', columnId: '0', start: 660, end: 705, title: people[1]!.name, state: 'booked' },
    { id: '3', columnId: '1', start: 600, end: 660, title: people[2]!.name, state: 'out', subtitle: t('words.drive_out') },
    { id: '4', columnId: '2', start: 690, end: 735, title: people[3]!.name, state: 'requested', subtitle: t('words.drive_requested') },
    { id: '5', columnId: '3', start: 540, end: 720, title: say('Charging', '充电中'), state: 'blocked' },
    { id: '6', columnId: '1', start: 780, end: 810, title: people[5]!.name, state: 'booked' },
  ]);
  return (
    <TimeGrid label={t('drives.board', { day: t('common.today') })} from={540} to={1200} now={640} blocks={blocks}
      columns={cars.map((title, index) => ({ id: String(index), title, subtitle: `沪A·D${1200 + index} · ${88 - index * 9} %` }))}
      onGap={(column, start) => showToast({ text: t('common.gridBook', { car: cars[Number(column)]!, time: formatMinutes(start) }) })}
      onOpen={(block) => showToast({ text: block.title })}
      onMove={(block, to) => setBlocks(blocks.map((other) => (other.id === block.id ? { ...other, ...to, state: 'requested' } : other)))} />
  );
}
