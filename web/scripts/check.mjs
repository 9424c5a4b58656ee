// `npm run check`: types, unit tests, build, budgets, the interface's types. Everything runs, so
// that one call tells all that is wrong; the exit code is 0 when nothing failed.
import { spawnSync } from 'node:child_process'

const steps = [
  ['types', ['run', '-s', 'types']],
  ['unit tests', ['run', '-s', 'unit']],
  ['build', ['run', '-s', 'build']],
  ['budgets', ['run', '-s', 'budget']],
  ['types of the interface', ['run', '-s', 'api:check']],
]
const failed = []
for (const [name, args] of steps) {
  const began = Date.now()
  console.log(`== ${name}`)
  if (spawnSync('npm', args, { stdio: 'inherit' }).status !== 0) failed.push(name)
  console.log(`== ${name}: ${failed.includes(name) ? 'FAILED' : 'ok'}, ${((Date.now() - began) / 1000).toFixed(1)} s`)
}
if (failed.length) console.error('failed: ' + failed.join(', '))
process.exit(failed.length ? 1 : 0)
