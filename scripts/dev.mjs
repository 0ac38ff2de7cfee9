import { spawn } from 'node:child_process'
import path from 'node:path'
import { downloadElectron, findElectron } from './electron-binary.mjs'
import { ensureBuild, forgetBuild } from './ensure-build.mjs'
import { ensureDependencies } from './ensure-dependencies.mjs'
import { projectEnvironment } from './node-runtime.mjs'
import { projectFolder as folder } from './project-folder.mjs'
import { runMain } from './run-main.mjs'
import { SetupFailure } from './setup-failure.mjs'
import { exitCodeOf, supervisedSpawnOptions, superviseChild } from './supervise-child.mjs'

/** `npm run dev -- …`: the desktop window, built for development by electron-vite. Needs Electron. */
await runMain(async () => {
  const node = await ensureDependencies(folder)
  // electron-vite only looks for the binary, it never downloads it.
  const missing = findElectron(folder) === null ? await downloadElectron(folder, node) : null
  if (missing !== null) {
    throw new SetupFailure(`npm run dev needs Electron, and ${missing}. npm start does without it.`)
  }
  // What electron-vite does not build while developing, the built window above all, has to be there.
  await ensureBuild(folder, node)
  forgetBuild(folder)
  const { ELECTRON_RUN_AS_NODE: _, ...env } = projectEnvironment(folder, node)
  const tool = path.join(folder, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const child = spawn(node, [tool, 'dev', '--', ...process.argv.slice(2)], {
    cwd: folder,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    ...supervisedSpawnOptions,
  })
  return exitCodeOf(await superviseChild(child))
})
