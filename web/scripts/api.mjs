// The types of the interface from the server's OpenAPI document: `write` makes src/shared/api-types.d.ts anew,
// `check` says whether it is what the server has. Refusals are the same everywhere and are left out, and so are
// headers that the client sends by itself.
import { readFileSync, writeFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'
import { startServer } from './server.mjs'

const target = new URL('../src/shared/api-types.d.ts', import.meta.url)

function slim(document) {
  const sent = new Set(['If-None-Match', 'Idempotency-Key'])
  for (const operations of Object.values(document.paths)) {
    for (const operation of Object.values(operations)) {
      if (!operation.responses) continue
      operation.responses = Object.fromEntries(Object.entries(operation.responses).filter(([status]) => status.startsWith('2')))
      for (const answer of Object.values(operation.responses)) delete answer.headers
      operation.parameters = (operation.parameters ?? []).filter((parameter) => !sent.has(parameter.name))
      delete operation.description
      delete operation.operationId
    }
  }
  const texts = (node) => {
    if (!node || typeof node !== 'object') return
    for (const name of ['summary', 'description', 'example', 'examples', 'format', 'pattern']) if (typeof node[name] === 'string' || name.startsWith('example')) delete node[name]
    Object.values(node).forEach(texts)
  }
  texts(document.paths)
  texts(document.components.schemas)
  document.components = { schemas: document.components.schemas }
  return document
}

export async function typesFrom(url) {
  const answer = await fetch(url + '/api/v1/openapi.json')
  const types = astToString(await openapiTS(slim(await answer.json()), { emptyObjectsUnknown: true, alphabetize: true }))
  return '// Made by `npm run api` from the OpenAPI document of the server; not to be changed by hand.\n' + types
}

export const keptTypes = () => readFileSync(target, 'utf8')

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const given = process.env.JINYUE_SERVER
  const server = given ? { url: given, stop: async () => {} } : await startServer({ days: 1 })
  try {
    const types = await typesFrom(server.url)
    if (process.argv[2] === 'write') writeFileSync(target, types)
    else if (types !== keptTypes()) {
      console.error('src/shared/api-types.d.ts is not what the server has: npm run api')
      process.exitCode = 1
    }
  } finally {
    await server.stop()
  }
}
