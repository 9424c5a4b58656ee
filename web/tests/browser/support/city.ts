// The city of a run of browser tests: started once, told to the test files.
import type { TestProject } from 'vitest/node'
import { accountsIn, startServer, type Account } from '../../../scripts/server.mjs'

declare module 'vitest' {
  export interface ProvidedContext {
    url: string
    accounts: Record<string, Account>
    folder: string
  }
}

export default async function setup(project: TestProject) {
  // A server that runs already, with the folder of its data: quicker while one writes tests.
  const given = process.env.JINYUE_TEST_URL
  const server = given ? { url: given, folder: process.env.JINYUE_TEST_DATA ?? '', accounts: accountsIn(process.env.JINYUE_TEST_DATA ?? ''), stop: async () => {} } : await startServer()
  project.provide('url', server.url)
  project.provide('accounts', server.accounts)
  project.provide('folder', server.folder)
  return () => server.stop()
}
