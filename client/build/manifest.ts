import type { ManifestOptions } from 'vite-plugin-pwa';

/** What the device is told when somebody installs the app. */
export const manifest: Partial<ManifestOptions> = {
  id: '/',
  name: 'Forecourt',
  short_name: 'Forecourt',
  description: "The showroom's leads, visits and test drives, with or without a network.",
  start_url: '/',
  scope: '/',
  display: 'standalone',
  orientation: 'any',
  background_color: '#faf8f5',
  theme_color: '#0f4c5c',
  categories: ['business', 'productivity'],
  icons: [
    { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
  ],
};
