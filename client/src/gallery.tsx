// Everything that the kit has, for those who draw. Served by `vite` at /gallery.html; not part of the build.
// ?lang=zh-CN &theme=dark &page=controls|lists|lead|visit|drives|states &open=sheet|menu|toast|search|privacy
import { render } from 'preact';
import { Router } from 'wouter-preact';
import { Gallery, type GalleryPage } from './gallery/Gallery';
import { setLanguage, timeZone, type Language } from './i18n';
import { setTheme, type Theme } from './ui/theme';
import './styles/index.css';

const asked = new URLSearchParams(location.search);
setTheme((asked.get('theme') ?? 'auto') as Theme);
timeZone.value = 'Asia/Shanghai';
await setLanguage((asked.get('lang') ?? 'en') as Language);
const path = { lead: '/leads/1', lists: '/leads', visit: '/visits/new', drives: '/drives' }[asked.get('page') ?? ''] ?? '/today';
const here = (): [string, () => void] => [path, () => undefined];
render(
  <Router hook={here}>
    <Gallery page={(asked.get('page') ?? 'controls') as GalleryPage} open={asked.get('open')} />
  </Router>,
  document.getElementById('app')!,
);
