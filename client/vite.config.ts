import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { budget } from './build/budget.ts';
import { trustedDocuments } from './build/documents.ts';
import { manifest } from './build/manifest.ts';

const SERVER = process.env.FORECOURT_SERVER ?? 'http://127.0.0.1:8000';

export default defineConfig({
  build: {
    target: ['chrome111', 'safari16.4', 'firefox114'],
    // Content-Security-Policy is 'self' for everything: nothing inlined, no data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    proxy: { '/graphql': { target: SERVER, ws: true }, '/healthz': SERVER, '/readyz': SERVER },
  },
  plugins: [
    VitePWA({
      strategies: 'injectManifest',
      // Never autoUpdate: an update waits until nothing is half-typed and nothing is being sent.
      registerType: 'prompt',
      injectRegister: false,
      srcDir: 'src',
      filename: 'service-worker.ts',
      manifest,
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,webmanifest}', 'icons/icon-192.png'],
        rollupFormat: 'iife',
      },
    }),
    trustedDocuments({ keep: 20 }),
    budget({ firstScriptKiB: { reach: 110, never: 150 }, precacheKiB: { reach: 500, never: 800 } }),
  ],
});
