import { useEffect } from 'preact/hooks';
import { Frame } from '../frame/Frame';
import { useScreen } from '../frame/screen';
import { t } from '../i18n';
import { showToast } from '../ui/Toast';
import { cast, say } from './cast';
import { ControlsPage } from './ControlsPage';
import { DrivesPage } from './DrivesPage';
import { LeadsPage } from './LeadsPage';
import { PersonRow } from './PersonRow';
import { StatesPage } from './StatesPage';
import { VisitPage } from './VisitPage';

export type GalleryPage = 'controls' | 'lists' | 'lead' | 'visit' | 'drives' | 'states';

const pages = { controls: ControlsPage, lists: LeadsPage, lead: LeadsPage, visit: VisitPage, drives: DrivesPage, states: StatesPage };

export function Gallery({ page, open }: { page: GalleryPage; open: string | null }) {
  const Shown = pages[page];
  useScreen({ title: titleOf(page), back: page === 'lead' ? '/leads' : undefined });
  useEffect(() => {
    if (open === 'toast') showToast({ text: say('Done. Next step: tomorrow', '已完成。下次跟进：明天'), undo: () => undefined });
    if (open === 'menu') document.querySelector<HTMLElement>('button.nav__item')?.click();
    if (open === 'privacy') document.querySelector<HTMLElement>('[aria-pressed]')?.click();
    if (open === 'search') setTimeout(search, 50);
  }, []);
  return (
    <Frame desk person={{ name: say('Lin Yue', '林悦'), role: t('words.role_manager'), showroom: 'Harbour Volkswagen' }}
      sync={{ online: page !== 'visit', waiting: page === 'visit' ? 3 : 0, refused: page === 'controls' ? 2 : 0 }}
      onSync={() => undefined} onSearch={() => undefined} onLock={() => undefined} onSignOut={() => undefined}
      onSwitchShowroom={() => undefined} checkPin={async (pin) => pin === '1234'}
      results={() => <ul class="rows">{cast(3).map((somebody) => <PersonRow key={somebody.id} somebody={somebody} />)}</ul>}>
      <Shown detail={page === 'lead'} open={open} />
    </Frame>
  );
}

function titleOf(page: GalleryPage): string {
  return {
    controls: t('common.navToday'), lists: t('leads.title'), lead: cast()[0]!.name,
    visit: t('visits.title'), drives: t('drives.title'), states: t('refusals.title'),
  }[page];
}

function search(): void {
  const field = document.querySelector<HTMLInputElement>('.frame__search-field input')!;
  const button = document.querySelector<HTMLElement>('.frame__search-open button')!;
  if (button.offsetParent) button.click();
  setTimeout(() => {
    field.focus();
    field.value = 'wang';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, 30);
}
