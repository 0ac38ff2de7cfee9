import { ensureBuild } from './ensure-build.mjs'
import { ensureDependencies } from './ensure-dependencies.mjs'
import { projectFolder } from './project-folder.mjs'
import { runMain } from './run-main.mjs'

/** `npm run build`: `out/` as the sources have it; nothing to do when it is so already. */
await runMain(async () => {
  const node = await ensureDependencies(projectFolder)
  await ensureBuild(projectFolder, node)
  return 0
})
