import path from 'node:path'
import { ensureBuild } from './ensure-build.mjs'
import { ensureDependencies } from './ensure-dependencies.mjs'
import { projectEnvironment } from './node-runtime.mjs'
import { projectFolder as folder } from './project-folder.mjs'
import { runCommand } from './run-command.mjs'
import { runMain } from './run-main.mjs'

/** `npm run package -- …`: the installable packages for the system this runs on, in `dist/`. */
await runMain(async () => {
  const node = await ensureDependencies(folder)
  await ensureBuild(folder, node)
  const { code } = await runCommand(node, [path.join(folder, 'build/package.ts'), ...process.argv.slice(2)], {
    cwd: folder,
    env: projectEnvironment(folder, node),
    output: 'inherit',
  })
  return code ?? 1
})
