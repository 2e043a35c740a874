import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import { IconButton } from './Button';
import { Field } from './Field';
import { SegmentedControl } from './SegmentedControl';

/** `path` is SVG path data in a box of `width` × `height` px: some hundred bytes, sharp at any size. */
export type Signature = { kind: 'drawn'; path: string; width: number; height: number } | { kind: 'typed'; name: string };

export interface SignaturePadProps {
  /** Who signs what, in words. */
  label: string;
  value: Signature | null;
  onChange: (value: Signature | null) => void;
}

/** Drawn with a finger, or the name typed by those who cannot draw. */
export function SignaturePad({ label, value, onChange }: SignaturePadProps) {
  const [way, setWay] = useState<Signature['kind']>(value?.kind ?? 'drawn');
  const ways = [{ value: 'drawn', label: t('common.signDraw') }, { value: 'typed', label: t('common.signType') }] as const;
  return (
    <div class="signature" role="group" aria-label={label}>
      <SegmentedControl label={label} options={ways} value={way} onChange={(next) => (setWay(next), onChange(null))} />
      {way === 'drawn'
        ? <Paper value={value?.kind === 'drawn' ? value : null} onChange={onChange} />
        : <Field label={t('common.signTyped')} autocomplete="off" value={value?.kind === 'typed' ? value.name : ''}
            onInput={(name) => onChange(name.trim() ? { kind: 'typed', name } : null)} />}
    </div>
  );
}

type Drawn = Extract<Signature, { kind: 'drawn' }>;

function Paper({ value, onChange }: { value: Drawn | null; onChange: (value: Drawn | null) => void }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const stroke = useRef<string>('');

  useEffect(() => paint(canvas.current!, value?.path ?? ''), [value]);

  function point(event: PointerEvent): string {
    const box = canvas.current!.getBoundingClientRect();
    return `${Math.round(event.clientX - box.left)} ${Math.round(event.clientY - box.top)}`;
  }

  function down(event: PointerEvent) {
    canvas.current!.setPointerCapture(event.pointerId);
    stroke.current = `M${point(event)}l0 0`;
  }

  function move(event: PointerEvent) {
    if (!stroke.current) return;
    for (const step of event.getCoalescedEvents?.() ?? [event]) stroke.current += `L${point(step)}`;
    paint(canvas.current!, (value?.path ?? '') + stroke.current);
  }

  function up() {
    if (!stroke.current) return;
    const { clientWidth: width, clientHeight: height } = canvas.current!;
    onChange({ kind: 'drawn', path: (value?.path ?? '') + stroke.current, width, height });
    stroke.current = '';
  }

  return (
    <div class="signature__paper">
      <canvas ref={canvas} class="signature__canvas" role="img" aria-label={t('common.signHere')}
        onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={up} />
      {value
        ? <IconButton class="signature__clear" label={t('common.signClear')} icon="undo" onClick={() => onChange(null)} />
        : <span class="signature__ask" aria-hidden="true">{t('common.signHere')}</span>}
    </div>
  );
}

function paint(canvas: HTMLCanvasElement, path: string): void {
  const ratio = devicePixelRatio || 1;
  canvas.width = canvas.clientWidth * ratio;
  canvas.height = canvas.clientHeight * ratio;
  const pen = canvas.getContext('2d');
  if (!pen) return;
  pen.scale(ratio, ratio);
  pen.lineWidth = 2.5;
  pen.lineCap = pen.lineJoin = 'round';
  pen.strokeStyle = getComputedStyle(canvas).color;
  pen.stroke(new Path2D(path));
}
