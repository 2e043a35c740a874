// Where the browser is: the machine's own Chromium first, then the one that Playwright keeps, or none.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const APPLICATIONS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** The path of an executable, or null when there is no browser on this machine. */
export function findChromium() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const places = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...places, ...APPLICATIONS, chromium.executablePath()].find((path) => existsSync(path)) ?? null;
}

/** Nothing that a browser does on its own account may disturb a test; root has no sandbox to go into. */
export function launchOptions() {
  const root = process.getuid?.() === 0;
  return {
    executablePath: findChromium() ?? undefined,
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      ...(root ? ['--no-sandbox', '--disable-dev-shm-usage'] : []),
    ],
  };
}

// `node tests/browser/chromium.mjs` says where, for the scripts that set a machine up.
if (process.argv[1] === import.meta.filename) {
  const path = findChromium();
  if (path) console.log(path);
  process.exitCode = path ? 0 : 1;
}
