import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { patience } from './scripts/server.mjs'

// Each file has a server with a city of its own, so files may run beside one another: JINYUE_BROWSERS says how many. One
// process runs one file after the other in one Chromium.
const browsers = Number(process.env.JINYUE_BROWSERS ?? 1)
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  test: {
    environment: 'node',
    include: ['tests/browser/**/*.test.ts'],
    globalSetup: ['tests/browser/support/city.ts'],
    pool: 'forks',
    isolate: false,
    maxWorkers: browsers,
    fileParallelism: browsers > 1,
    // Long, since the machine may have other things to do: no test is about time.
    testTimeout: 600_000 * patience,
    hookTimeout: 120_000 * patience,
    expect: { poll: { timeout: 20_000 * patience } },
  },
})
