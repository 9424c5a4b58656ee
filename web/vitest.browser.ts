import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

// One Chromium and one server for the whole run; files one after the other, so that timings mean something.
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  test: {
    environment: 'node',
    include: ['tests/browser/**/*.test.ts'],
    globalSetup: ['tests/browser/support/city.ts'],
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 60_000,
  },
})
