import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Component tests ask for a page themselves: `// @vitest-environment happy-dom` on their first line.
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['./build/test-setup.ts'],
    restoreMocks: true,
    testTimeout: 20_000,
    passWithNoTests: false,
  },
});
