import { ensureBuild } from './ensure-build.mjs'
import { ensureDependencies } from './ensure-dependencies.mjs'
import { projectFolder as folder } from './project-folder.mjs'
import { runMain } from './run-main.mjs'
import { runServer } from './run-server.mjs'

/** `npm run serve -- …`: the server alone, in the foreground. */
await runMain(async () => {
  const node = await ensureDependencies(folder)
  await ensureBuild(folder, node)
  return runServer(folder, node, ['serve', ...process.argv.slice(2)])
})
