// How much compressed JavaScript and CSS each page needs, from the build's manifest: what it loads at once, and
// what its designers load on demand. Fails over the limit.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const root = new URL('../', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('dist/.vite/manifest.json', root), 'utf8'))
const sizes = new Map()

/** Bytes with gzip, the worse of the two codings that the server sends. */
function size(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(new URL(`dist/${file}`, root)), { level: 9 }).length)
  return sizes.get(file)
}

function needs(name, seen = new Set(), files = new Set()) {
  if (seen.has(name)) return files
  seen.add(name)
  const chunk = manifest[name]
  files.add(chunk.file)
  for (const css of chunk.css ?? []) files.add(css)
  for (const inner of chunk.imports ?? []) needs(inner, seen, files)
  return files
}

const union = (...sets) => new Set(sets.flatMap((set) => [...set]))
const sum = (files) => [...files].reduce((total, file) => total + size(file), 0)
/** Chunks whose source path contains one of these. */
const named = (...parts) => Object.keys(manifest).filter((name) => parts.some((part) => name.includes(part)))

const pages = JSON.parse(readFileSync(new URL('budgets.json', root), 'utf8'))
let bad = 0
for (const page of pages) {
  const first = union(...[page.entry, ...named(...(page.first ?? []))].map((name) => needs(name)))
  const files = page.more
    ? new Set([...union(...named(...page.more).map((name) => needs(name)))].filter((file) => !first.has(file)))
    : first
  const kb = sum(files) / 1000
  const over = kb > page.limit_kb
  if (over) bad++
  console.log(`${over ? 'OVER' : 'ok  '} ${page.name}: ${kb.toFixed(1)} of ${page.limit_kb} KB in ${files.size} files`)
}
process.exit(bad ? 1 : 0)
