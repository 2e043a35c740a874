import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { formatHour, formatMinutes, languageOf, t } from '../i18n';
import { classes } from './classes';
import { freeSteps, snapped, type Span } from './gaps';
import { pixelsPerMinute, useBlockDrag } from './blockDrag';

export interface GridColumn {
  id: string;
  title: string;
  /** Plate and charge. */
  subtitle?: string;
}

export interface GridBlock extends Span {
  id: string;
  columnId: string;
  title: string;
  subtitle?: string;
  /** 'requested' until the server has spoken; 'blocked' cannot be opened or moved. */
  state: 'requested' | 'booked' | 'out' | 'done' | 'blocked';
}

export interface TimeGridProps {
  label: string;
  columns: readonly GridColumn[];
  blocks: readonly GridBlock[];
  /** Minutes since midnight in the showroom's zone: opening and closing. */
  from: number;
  to: number;
  /** Length of a gap that can be tapped, and what a drag snaps to. */
  step?: number;
  snap?: number;
  /** Minutes since midnight, or null on another day. */
  now: number | null;
  onGap: (columnId: string, start: number) => void;
  onOpen: (block: GridBlock) => void;
  /** A drag, or Alt and an arrow key. The form behind `onOpen` must offer the same. */
  onMove?: (block: GridBlock, to: { columnId: string; start: number; end: number }) => void;
}

export function TimeGrid(props: TimeGridProps) {
  const { label, columns, blocks, from, to, now, step = 30 } = props;
  const help = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const height = `${(to - from) * pixelsPerMinute}px`;
  const [said, setSaid] = useState('');
  const moved = useRef<string | null>(null);
  useEffect(() => startAt(scroller.current!, { minute: now, from }), []);
  useEffect(() => {
    if (moved.current) scroller.current!.querySelector<HTMLElement>(`[data-block="${CSS.escape(moved.current)}"]`)?.focus();
    moved.current = null;
  }, [blocks]);

  const onMove: TimeGridProps['onMove'] = props.onMove && ((block, to) => {
    moved.current = block.id;
    const car = columns.find((column) => column.id === to.columnId)?.title ?? '';
    setSaid(t('common.gridMoved', { name: block.title, car, time: formatMinutes(to.start) }));
    props.onMove?.(block, to);
  });
  return (
    <div ref={scroller} class="grid" role="region" aria-label={label} tabIndex={-1}>
      <div class="grid__heads">
        {columns.map((column) => <Head key={column.id} column={column} />)}
      </div>
      <div class="grid__body">
        <div class="grid__hours" aria-hidden="true">
          {hours(from, to).map((hour) => (
            <span key={hour} class="grid__hour" style={{ top: offset(hour, from) }}>{formatHour(hour)}</span>
          ))}
        </div>
        {columns.map((column) => {
          const own = blocks.filter((block) => block.columnId === column.id);
          return (
            <div key={column.id} class="grid__column" style={{ height }} role="group" aria-label={column.title}
              data-column={column.id} onKeyDown={roamGaps}>
              <Gaps {...props} column={column} blocks={own} step={step} />
              {own.map((block) => <Block key={block.id} {...props} block={block} column={column} help={help} onMove={onMove} />)}
            </div>
          );
        })}
        {now !== null && now >= from && now <= to && (
          <div class="grid__now" role="img" aria-label={t('common.gridNow', { time: formatMinutes(now) })}
            style={{ top: `calc(12px + ${offset(now, from)})` }} />
        )}
      </div>
      <p class="only-read" id={help}>{t('common.gridHelp')}</p>
      <p class="only-read" role="status">{said}</p>
    </div>
  );
}

function Head({ column }: { column: GridColumn }) {
  return (
    <div class="grid__head">
      <div class="grid__name cut" title={column.title}>{column.title}</div>
      {column.subtitle && <div class="grid__plate cut">{column.subtitle}</div>}
    </div>
  );
}

function Gaps({ column, blocks, from, to, step, onGap }: TimeGridProps & { column: GridColumn; step: number }) {
  return (
    <>
      {freeSteps(blocks, { from, to, step }).map(({ start, end }, index) => (
        <button key={start} type="button" class="grid__gap" tabIndex={index === 0 ? 0 : -1}
          style={{ top: offset(start, from), height: offset(end, start) }}
          aria-label={t('common.gridBook', { car: column.title, time: formatMinutes(start) })}
          onClick={() => onGap(column.id, start)}>
          <span aria-hidden="true">{formatMinutes(start)}</span>
        </button>
      ))}
    </>
  );
}

function Block({ block, column, help, columns, from, to, snap = 15, onOpen, onMove }: TimeGridProps & {
  block: GridBlock; column: GridColumn; help: string;
}) {
  const [drag, setDrag] = useState<{ x: number; by: number } | null>(null);
  const still = block.state === 'blocked' || block.state === 'done' || !onMove;
  const shown = drag ? snapped(block, { by: drag.by, from, to, step: snap }) : block;
  const handlers = useBlockDrag({
    can: !still,
    onMove: setDrag,
    onDrop: (by, columnId) => {
      setDrag(null);
      drop(columnId ?? column.id, by);
    },
  });

  function drop(columnId: string, by: number) {
    const at = snapped(block, { by, from, to, step: snap });
    if (columnId !== block.columnId || at.start !== block.start) onMove?.(block, { columnId, ...at });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (!event.altKey || still || !event.key.startsWith('Arrow')) return;
    event.preventDefault();
    event.stopPropagation();
    const beside = { ArrowLeft: -1, ArrowRight: 1 }[event.key] ?? 0;
    const next = columns[columns.findIndex((other) => other.id === column.id) + beside];
    if (next) drop(next.id, { ArrowUp: -snap, ArrowDown: snap }[event.key] ?? 0);
  }

  const short = block.end - block.start < 40;
  const times = { from: formatMinutes(shown.start), to: formatMinutes(shown.end) };
  return (
    <button type="button" data-block={block.id} class={classes('grid__block', `grid__block--${block.state}`, short && 'grid__block--short', drag && 'grid__block--dragged')}
      style={{ top: offset(shown.start, from), height: offset(shown.end, shown.start), transform: drag ? `translateX(${drag.x}px)` : '' }}
      aria-label={[t('common.gridBlock', { name: block.title, car: column.title, ...times }), block.subtitle].filter(Boolean).join(', ')}
      aria-describedby={still ? undefined : help} {...handlers} onKeyDown={onKeyDown} onClick={() => onOpen(block)}>
      <b class="cut" lang={languageOf(block.title)}>{block.title}</b>
      <small class="cut">{lineOf(block, { ...times, short, moving: !!drag })}</small>
    </button>
  );
}

interface Line {
  from: string;
  to: string;
  short: boolean;
  moving: boolean;
}

function lineOf(block: GridBlock, { from, to, short, moving }: Line): string {
  if (short) return from;
  return block.subtitle && !moving ? `${from} · ${block.subtitle}` : `${from} – ${to}`;
}

const offset = (minute: number, from: number) => `${(minute - from) * pixelsPerMinute}px`;

function hours(from: number, to: number): number[] {
  const first = Math.ceil(from / 60) * 60;
  return Array.from({ length: Math.floor((to - first) / 60) + 1 }, (_, index) => first + index * 60);
}

/** Opens with now in the upper third. */
function startAt(scroller: HTMLElement, { minute, from }: { minute: number | null; from: number }): void {
  if (minute !== null) scroller.scrollTop = Math.max(0, (minute - from) * pixelsPerMinute - scroller.clientHeight / 3);
}

/** Up and down go from gap to gap, so that a column is one tab stop beside its blocks. */
function roamGaps(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const at = document.activeElement as HTMLElement;
  if (!step || event.altKey || !at.classList.contains('grid__gap')) return;
  event.preventDefault();
  const gaps = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>('.grid__gap')];
  gaps[gaps.indexOf(at) + step]?.focus();
}
