import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { ensureBuild } from './ensure-build.mjs'
import { ensureDependencies } from './ensure-dependencies.mjs'
import { projectEnvironment } from './node-runtime.mjs'
import { projectFolder as folder } from './project-folder.mjs'
import { runMain } from './run-main.mjs'
import { exitCodeOf } from './supervise-child.mjs'

/** `npm run -s penstock -- …`: one command of the command line, with this terminal. */
await runMain(async () => {
  const node = await ensureDependencies(folder)
  await ensureBuild(folder, node)
  // The terminal tells the child itself of Ctrl-C; we only wait for its end.
  process.on('SIGINT', () => {})
  const child = spawn(node, [path.join(folder, 'out', 'server', 'cli.js'), ...process.argv.slice(2)], {
    cwd: process.env['INIT_CWD'] ?? process.cwd(),
    env: projectEnvironment(folder, node),
    stdio: 'inherit',
  })
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  const [code, signal] = await once(child, 'exit')
  return exitCodeOf({ code, signal })
})
