// Rules that a compiler does not check.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(vue|ts|css)$/.test(name) && !name.endsWith('api-types.d.ts'))
  .map((name) => ({ name, text: readFileSync(`src/${name}`, 'utf8') }))

const without = (what: RegExp, only: RegExp = /./) =>
  files.filter(({ name, text }) => only.test(name) && what.test(text)).map(({ name }) => name)

test('no page writes HTML from a text', () => {
  expect(without(/v-html|\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write/)).toEqual([])
})

test('no page evaluates a text as a script', () => {
  expect(without(/\beval\(|new Function\(/)).toEqual([])
})

test('style sheets use nothing that the oldest browsers lack', () => {
  expect(without(/:has\(|color-mix\(|@container|@layer|\bsubgrid\b/, /\.(vue|css)$/)).toEqual([])
})
