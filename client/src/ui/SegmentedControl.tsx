import { roam } from './roving';

export interface SegmentedControlProps<V extends string> {
  label: string;
  options: readonly { value: V; label: string }[];
  value: V;
  onChange: (value: V) => void;
}

/** Two to four short choices of which one always holds. */
export function SegmentedControl<V extends string>({ label, options, value, onChange }: SegmentedControlProps<V>) {
  return (
    <div class="segments" role="radiogroup" aria-label={label}
      onKeyDown={(event) => roam(event, '[role=radio]', (index) => options[index] && onChange(options[index].value))}>
      {options.map((option) => (
        <button key={option.value} type="button" class="segment" role="radio" aria-checked={option.value === value}
          tabIndex={option.value === value ? 0 : -1} onClick={() => onChange(option.value)}>
          {option.label}
        </button>
      ))}
    </div>
  );
}
