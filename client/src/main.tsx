import { render } from 'preact';

import './styles/index.css';
import './mutators';
import { App } from './app';
import { bestLanguage, setLanguage } from './i18n';
import { me, resume, watchIdleness } from './people/session';
import { fetchScreen } from './screens';
import { restoreTheme } from './ui/theme';
import { keepInstalled } from './updates';

async function start(): Promise<void> {
  restoreTheme();
  fetchScreen(location.pathname);
  await resume();
  const mine = me.peek()?.language;
  await setLanguage(mine === 'zh-CN' || mine === 'en' ? mine : bestLanguage(navigator.languages));
  render(<App />, document.getElementById('app')!);
  watchIdleness();
  keepInstalled();
}

void start();
