import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { formatNumber } from '../i18n';
import { roam } from './roving';

export interface TabsProps<V extends string> {
  label: string;
  tabs: readonly { value: V; label: string; count?: number }[];
  value: V;
  onChange: (value: V) => void;
  /** The panel of the chosen tab. */
  children: ComponentChildren;
}

export function Tabs<V extends string>({ label, tabs, value, onChange, children }: TabsProps<V>) {
  const id = useId();
  return (
    <div>
      <div class="tabs" role="tablist" aria-label={label}
        onKeyDown={(event) => roam(event, '[role=tab]', (index) => tabs[index] && onChange(tabs[index].value))}>
        {tabs.map((tab) => (
          <button key={tab.value} type="button" class="tab" role="tab" id={`${id}-${tab.value}`} aria-controls={`${id}-panel`}
            aria-selected={tab.value === value} tabIndex={tab.value === value ? 0 : -1} onClick={() => onChange(tab.value)}>
            {tab.label}
            {tab.count !== undefined && <span class="tab__count">{formatNumber(tab.count)}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`}>{children}</div>
    </div>
  );
}
