// A city of its own for one run: `jinyue demo` into a folder under the system's temporary one, `jinyue serve` on
// a free port, and how to end both. Needs the server's binary (JINYUE_BINARY, or the newest build) and the built
// pages (JINYUE_PAGES, or dist).
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** How many times longer than usual to wait, on a machine that is busy with other things. */
export const patience = Number(process.env.JINYUE_PATIENCE ?? 1)
export const projectRoot = new URL('../../', import.meta.url).pathname

export function binary() {
  const named = process.env.JINYUE_BINARY
  if (named) return named
  const built = ['dev', 'release'].map((preset) => join(projectRoot, 'build', preset, 'src/cli/jinyue')).filter((path) => existsSync(path))
  if (!built.length) throw new Error('no jinyue binary: build it (./check build, ./up) or set JINYUE_BINARY')
  return built.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0]
}

/** The made-up accounts of a demonstration, by login. */
export function accountsIn(data) {
  const accounts = {}
  for (const line of readFileSync(join(data, 'accounts.txt'), 'utf8').split('\n')) {
    const found = /^(\w+)\s+(\S+)\s+(.*)$/.exec(line)
    if (found) accounts[found[1]] = { login: found[1], password: found[2], who: found[3] }
  }
  return accounts
}

/** Makes a demonstration in the folder `data`; without days (null) the city of ./up. */
export function makeCity(data, days = 12, more = []) {
  const made = spawnSync(binary(), ['demo', '--data', data, ...(days === null ? [] : ['--days', String(days)]), ...more], { cwd: projectRoot, encoding: 'utf8' })
  if (made.status !== 0) throw new Error('jinyue demo failed: ' + made.stderr + made.stdout)
}

/** @param {{days?: number | null, demo?: string[], config?: object, pages?: string, data?: string, copyOf?: string}} options; without days
 *  (null) the city is that of ./up; `data` is a demonstration that is there already, which is served and stays; of `copyOf` a copy is served */
export async function startServer(options = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'jinyue-web-'))
  const jinyue = binary()
  const data = options.data ?? join(folder, 'data')
  const stopFolder = () => rmSync(folder, { recursive: true, force: true })
  try {
    if (options.copyOf) cpSync(options.copyOf, data, { recursive: true })
    else if (!options.data) makeCity(data, options.days, options.demo)
  } catch (error) {
    stopFolder()
    throw error
  }
  const config = join(folder, 'serve.json')
  // One address sends all requests of a run, faster than people do.
  const limits = { requests_per_second: 0, connections_per_address: 1000, streams_per_address: 200 }
  writeFileSync(config, JSON.stringify({ pages: options.pages ?? process.env.JINYUE_PAGES ?? join(projectRoot, 'web/dist'), accounts: { requests_per_second: 0 }, ...options.config, server: { limits } }))
  const child = spawn(jinyue, ['serve', '--config', config, '--data', data, '--port', '0', '--development'], { cwd: projectRoot, stdio: ['ignore', 'ignore', 'pipe'] })
  let output = ''
  const url = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the server did not start: ' + output)), 30_000 * patience)
    child.stderr.on('data', (chunk) => {
      output += chunk
      const found = /https?:\/\/[0-9.:]+/.exec(output)
      if (found) {
        clearTimeout(timer)
        resolve(found[0])
      }
    })
    child.on('exit', (code) => reject(new Error(`the server ended (${code}): ${output}`)))
  })
  return {
    url,
    accounts: accountsIn(data),
    folder,
    log: () => output,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      await ended
      stopFolder()
    },
  }
}
