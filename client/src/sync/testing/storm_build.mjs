// `node storm_build.mjs OUT`: the device of a storm as one file that Node runs without further ado.
import { join } from 'node:path';

import { build } from 'vite';

await build({
  root: join(import.meta.dirname, '../../..'),
  configFile: false,
  logLevel: 'warn',
  // Documents by their text: the server of a storm serves no build of the client.
  define: { 'import.meta.env.PROD': 'false' },
  ssr: { noExternal: true },
  build: { ssr: join(import.meta.dirname, 'storm.mjs'), outDir: process.argv[2], emptyOutDir: false, copyPublicDir: false, minify: false, target: 'node20', rollupOptions: { output: { entryFileNames: 'storm.mjs' } } },
});
