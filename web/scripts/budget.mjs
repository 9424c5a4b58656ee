// How much compressed JavaScript and CSS each page needs, from the build's manifest: what it loads at once, and
// what its designers load on demand. Fails over the limit.
import { readFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const root = new URL('../', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('dist/.vite/manifest.json', root), 'utf8'))
const sizes = new Map()

/** Bytes as they are sent over TLS (Brotli), and to who takes only gzip. */
function size(file) {
  if (!sizes.has(file)) {
    const content = readFileSync(new URL(`dist/${file}`, root))
    sizes.set(file, { brotli: brotliCompressSync(content).length, gzip: gzipSync(content, { level: 9 }).length })
  }
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
const sum = (files, coding) => [...files].reduce((total, file) => total + size(file)[coding], 0) / 1000
/** Chunks whose source path contains one of these. */
const named = (...parts) => Object.keys(manifest).filter((name) => parts.some((part) => name.includes(part)))

const pages = JSON.parse(readFileSync(new URL('budgets.json', root), 'utf8'))
let bad = 0
for (const page of pages) {
  const first = union(...[page.entry, ...named(...(page.first ?? []))].map((name) => needs(name)))
  const files = page.more
    ? new Set([...union(...named(...page.more).map((name) => needs(name)))].filter((file) => !first.has(file)))
    : first
  const kb = sum(files, 'brotli')
  const over = kb > page.limit_kb
  if (over) bad++
  console.log(`${over ? 'OVER' : 'ok  '} ${page.name}: ${kb.toFixed(1)} of ${page.limit_kb} KB in ${files.size} files (gzip ${sum(files, 'gzip').toFixed(1)} KB)`)
}
process.exit(bad ? 1 : 0)
