// Draws the PNG icons from public/icons/icon.svg with the browser that the tests use: `npm run icons`.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../tests/browser/chromium.mjs';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../public/icons');
const svg = readFileSync(join(folder, 'icon.svg'), 'utf8');
const BACKGROUND = '#0f4c5c';

/** Maskable icons are cut to any shape by the launcher: what matters stays within the middle 80 %. */
const PICTURES = [
  { name: 'icon-32.png', size: 32, scale: 1, full: false },
  { name: 'icon-192.png', size: 192, scale: 1, full: false },
  { name: 'icon-512.png', size: 512, scale: 1, full: false },
  { name: 'apple-touch-icon.png', size: 180, scale: 0.9, full: true },
  { name: 'maskable-512.png', size: 512, scale: 0.8, full: true },
];

const browser = await chromium.launch(launchOptions());
const page = await browser.newPage();
for (const { name, size, scale, full } of PICTURES) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>
    body { margin: 0; display: grid; place-items: center; height: 100vh; background: ${full ? BACKGROUND : 'transparent'} }
    svg { width: ${size * scale}px; height: ${size * scale}px }
  </style>${svg}`);
  writeFileSync(join(folder, name), await page.screenshot({ omitBackground: !full }));
  console.log(`  ${name}: ${size} × ${size}`);
}
await browser.close();
