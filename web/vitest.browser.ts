import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// Setting up one-time codes can be tried only before another file has set them up for the same account.
class DoorFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const isDoor = (file: TestSpecification) => file.moduleId.endsWith('/door.test.ts')
    const sorted = await super.sort(files)
    return [...sorted.filter(isDoor), ...sorted.filter((file) => !isDoor(file))]
  }
}

// One Chromium and one server for the whole run; files one after the other, so that timings mean something.
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  test: {
    environment: 'node',
    include: ['tests/browser/**/*.test.ts'],
    globalSetup: ['tests/browser/support/city.ts'],
    fileParallelism: false,
    sequence: { sequencer: DoorFirst },
    // Long, since the machine may have other things to do: no test is about time.
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
})
