// The city of a run of browser tests: started once, told to the test files.
import type { TestProject } from 'vitest/node'
import { startServer, type Account } from '../../../scripts/server.mjs'

declare module 'vitest' {
  export interface ProvidedContext {
    url: string
    accounts: Record<string, Account>
    folder: string
  }
}

export default async function setup(project: TestProject) {
  const server = await startServer()
  project.provide('url', server.url)
  project.provide('accounts', server.accounts)
  project.provide('folder', server.folder)
  return () => server.stop()
}
