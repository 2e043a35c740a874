import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import { initials, languageOf, t } from '../i18n';
import { IconButton } from '../ui/Button';
import { isPrivate } from '../ui/privacy';
import { SearchBox } from '../ui/SearchBox';
import { SyncDot, type SyncState } from '../ui/SyncDot';
import type { Person } from './PersonMenu';
import { PrivacySwitch } from './PrivacySwitch';
import { screen } from './screen';

export interface HeaderProps {
  person: Person;
  sync: SyncState;
  onSync: () => void;
  results: (query: string) => ComponentChildren;
  onSearch: (query: string) => void;
  checkPin: (pin: string) => Promise<boolean>;
  searching: boolean;
  setSearching: (on: boolean) => void;
  onPerson: () => void;
  menuOpen: boolean;
}

/** One line: where I am, search, sync, privacy, person. */
export function Header(props: HeaderProps) {
  const { title, back } = screen.value;
  return (
    <header class="frame__head">
      <div class="frame__where">
        {back && <IconButton label={t('common.back')} icon="back" href={back} />}
        <h1 class="frame__title cut" tabIndex={-1} title={title} lang={languageOf(title)}>{title}</h1>
      </div>
      {!isPrivate() && <Search {...props} />}
      <div class="frame__tools">
        <SyncDot state={props.sync} onClick={props.onSync} />
        <PrivacySwitch checkPin={props.checkPin} />
        {!isPrivate() && (
          <button type="button" class="icon-button" aria-haspopup="dialog" aria-expanded={props.menuOpen}
            aria-label={t('common.personMenu', { name: props.person.name })} title={props.person.name} onClick={props.onPerson}>
            <span class="person" aria-hidden="true">{initials(props.person.name)}</span>
          </button>
        )}
      </div>
    </header>
  );
}

/** Always there: a field on tablets; on phones a button that opens it over the line. */
function Search({ results, onSearch, searching, setSearching }: HeaderProps) {
  const [query, setQuery] = useState('');
  const [path] = useLocation();
  const [asked, setAsked] = useState(path);
  if (asked !== path) {
    setAsked(path);
    setQuery('');
    setSearching(false);
  }
  const close = () => (setQuery(''), setSearching(false));
  const ask = () => (onSearch(query.trim()), close());
  const found = query.trim() ? results(query) : null;
  return (
    <div class="frame__search" onFocusOut={(event) => leaves(event) && setSearching(false)}>
      <span class="frame__search-open">
        <IconButton label={t('common.search')} icon="search" onClick={() => open(setSearching)} />
      </span>
      <div class="frame__search-field">
        <span class="frame__search-close"><IconButton label={t('common.close')} icon="back" onClick={close} /></span>
        <SearchBox label={t('common.search')} placeholder={t('common.searchHint')} value={query} onInput={setQuery} slash
          onFocus={() => setSearching(true)} onEscape={close} onEnter={() => query.trim() && ask()} />
      </div>
      {searching && found && (
        <div class="frame__results" role="region" aria-label={t('common.searchResults')}>{found}</div>
      )}
    </div>
  );
}

function leaves(event: FocusEvent): boolean {
  const next = event.relatedTarget as Node | null;
  return next !== null && !(event.currentTarget as HTMLElement).contains(next);
}

function open(setSearching: (on: boolean) => void): void {
  setSearching(true);
  setTimeout(() => document.querySelector<HTMLElement>('.frame__search-field input')?.focus());
}
