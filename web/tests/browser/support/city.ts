// The city of a run of browser tests: made once, copied for each file.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { makeCity } from '../../../scripts/server.mjs'

declare module 'vitest' {
  export interface ProvidedContext {
    city: string
  }
}

export default function setup(project: TestProject) {
  // A demonstration that is there already: quicker while one writes tests.
  const given = process.env.JINYUE_TEST_CITY
  if (given) {
    project.provide('city', given)
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'jinyue-city-'))
  makeCity(join(folder, 'data'))
  project.provide('city', join(folder, 'data'))
  return () => rmSync(folder, { recursive: true, force: true })
}
