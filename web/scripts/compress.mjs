// Puts .br and .gz beside every file of dist (or of the folder that is named) that is worth it; the server sends them as they are.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const dist = process.argv[2] ?? new URL('../dist', import.meta.url).pathname
const files = readdirSync(dist, { recursive: true })
  .map((name) => join(dist, name))
  .filter((path) => /\.(js|css|html|svg|json|webmanifest|txt)$/.test(path) && statSync(path).isFile())
for (const path of files) {
  const content = readFileSync(path)
  if (content.length < 600) continue
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }
  writeFileSync(path + '.br', brotliCompressSync(content, options))
  writeFileSync(path + '.gz', gzipSync(content, { level: 9 }))
}
console.log(`compressed ${files.length} files`)
