import type { ComponentChildren } from 'preact';

export interface ChecklistProps {
  label: string;
  items: readonly { id: string; label: string; hint?: ComponentChildren; checked: boolean }[];
  onToggle: (id: string, checked: boolean) => void;
}

/** Nothing is ticked beforehand. */
export function Checklist({ label, items, onToggle }: ChecklistProps) {
  return (
    <fieldset class="checklist">
      <legend class="only-read">{label}</legend>
      {items.map((item) => (
        <label key={item.id} class="check">
          <input type="checkbox" checked={item.checked} onChange={(event) => onToggle(item.id, event.currentTarget.checked)} />
          <span>
            {item.label}
            {item.hint && <span class="check__hint">{item.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
