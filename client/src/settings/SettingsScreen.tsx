import { useState } from 'preact/hooks';
import { Page } from '../frame/Page';
import { useScreen } from '../frame/screen';
import { language, languages, setLanguage, t, type Language } from '../i18n';
import { colleagues, me, setMine } from '../people/session';
import { add } from '../sync/store';
import { Button } from '../ui/Button';
import { Card, Tag } from '../ui/Card';
import { SegmentedControl } from '../ui/SegmentedControl';
import { setTheme, theme, themes, type Theme } from '../ui/theme';
import { ListRow, Rows } from '../ui/ListRow';
import { Icon } from '../ui/Icon';
import { Device } from './Device';
import { updateMySettings } from './mutators';
import { PinCard } from './PinCard';
import { ShowroomSheet } from './ShowroomSheet';
import { SignOutSheet } from './SignOutSheet';
import './settings.css';

const own = { en: 'English', 'zh-CN': '中文' } as const;
const stored = { auto: 'SYSTEM', light: 'LIGHT', dark: 'DARK' } as const;

export default function SettingsScreen() {
  useScreen({ title: t('settings.title') });
  const [asks, setAsks] = useState<'signOut' | 'showroom' | null>(null);
  const mine = me.value;
  const showroom = mine?.showrooms.find(({ id }) => id === mine.showroomId);
  return (
    <Page>
      <Card title={t('settings.language')}>
        <SegmentedControl label={t('settings.language')} value={language.value} onChange={speak} options={languages.map((value) => ({ value, label: own[value] }))} />
      </Card>
      <Card title={t('settings.theme')}>
        <SegmentedControl label={t('settings.theme')} value={theme.value} onChange={dress}
          options={themes.map((value) => ({ value, label: t(({ auto: 'settings.themeAuto', light: 'settings.themeLight', dark: 'settings.themeDark' } as const)[value]) }))} />
      </Card>
      <PinCard />
      <Device />
      {mine && mine.showrooms.length > 1 && (
        <Card title={t('settings.showroom')} aside={<Button onClick={() => setAsks('showroom')}>{t('common.change')}</Button>}>
          <p>{t('common.actingAt', { showroom: showroom?.name ?? '' })}</p>
        </Card>
      )}
      <Colleagues />
      <Button wide icon="signOut" onClick={() => setAsks('signOut')}>{t('common.signOut')}</Button>
      <SignOutSheet open={asks === 'signOut'} onClose={() => setAsks(null)} />
      <ShowroomSheet open={asks === 'showroom'} onClose={() => setAsks(null)} />
    </Page>
  );
}

/** At once here; everywhere else when the server has heard. */
function speak(next: Language): void {
  void setLanguage(next);
  void setMine({ language: next });
  void add(updateMySettings, { language: next });
}

function dress(next: Theme): void {
  setTheme(next);
  void setMine({ theme: stored[next] });
  void add(updateMySettings, { theme: stored[next] });
}

/** Of the others' work here only how much there is of it. */
function Colleagues() {
  const people = colleagues.value.filter(({ unsent }) => unsent > 0);
  if (people.length === 0) return null;
  return (
    <Card title={t('settings.colleagues')} flush>
      <Rows label={t('settings.colleagues')}>
        {people.map(({ personId, name, unsent }) => (
          <ListRow key={personId} mark={<Icon name="user" />} title={name} tags={<Tag tone="wait">{t('signIn.unsent', { count: unsent })}</Tag>} />
        ))}
      </Rows>
    </Card>
  );
}
