import type { ComponentChildren } from 'preact';
import { t } from '../i18n';
import { Button } from './Button';
import { Icon, type IconName } from './Icon';

export interface EmptyStateProps {
  title: string;
  /** What will appear here. */
  text?: string;
  icon?: IconName;
  /** The first thing that one can do. */
  action?: ComponentChildren;
}

export function EmptyState({ title, text, icon = 'info', action }: EmptyStateProps) {
  return (
    <div class="state">
      <div class="state__mark"><Icon name={icon} size={32} /></div>
      <h2>{title}</h2>
      {text && <p class="state__text">{text}</p>}
      {action && <div class="state__actions">{action}</div>}
    </div>
  );
}

export interface ErrorStateProps {
  /** What happened. */
  title?: string;
  /** What to do. */
  text?: string;
  /** What is safe; says that nothing typed is lost unless told otherwise. */
  safe?: string;
  onRetry?: () => void;
  action?: ComponentChildren;
}

export function ErrorState({ title, text, safe, onRetry, action }: ErrorStateProps) {
  return (
    <div class="state state--bad" role="alert">
      <div class="state__mark"><Icon name="warning" size={32} /></div>
      <h2>{title ?? t('common.errorTitle')}</h2>
      {text && <p>{text}</p>}
      <p class="state__text">{safe ?? t('common.errorSafe')}</p>
      <div class="state__actions">
        {onRetry && <Button onClick={onRetry}>{t('common.retry')}</Button>}
        {action}
      </div>
    </div>
  );
}

/** The shape of what comes, only where a network is truly waited for. */
export function Skeleton({ rows = 0, blocks = 0 }: { rows?: number; blocks?: number }) {
  return (
    <div class="skeleton" role="status" aria-label={t('common.loading')}>
      {Array.from({ length: blocks }, (_, index) => <div key={`b${index}`} class="skeleton__block" />)}
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} class="skeleton__row">
          <div class="skeleton__mark" />
          <div class="skeleton__text">
            <div class="skeleton__bar" />
            <div class="skeleton__bar skeleton__bar--short" />
          </div>
        </div>
      ))}
    </div>
  );
}
