import { openDesktopWindow } from './desktop-window.mjs'
import { thisMachine } from './electron-obstacle.mjs'
import { ensureBuild } from './ensure-build.mjs'
import { ensureDependencies } from './ensure-dependencies.mjs'
import { openBrowser } from './open-browser.mjs'
import { projectFolder as folder } from './project-folder.mjs'
import { runMain } from './run-main.mjs'
import { runServer } from './run-server.mjs'
import { say } from './say.mjs'
import { parseStartOptions } from './start-options.mjs'

/** `npm start`: the desktop window, or where there can be none the same window in a browser. */
await runMain(async () => {
  const options = parseStartOptions(process.argv.slice(2))
  const node = await ensureDependencies(folder)
  await ensureBuild(folder, node)

  const machine = thisMachine()
  const launch = await openDesktopWindow({ folder, node, options, machine })
  if ('exitCode' in launch) return launch.exitCode

  say(`no desktop window, as ${launch.obstacle}; serving the same window to a browser`)
  return runServer(folder, node, ['start', ...options.programArgs], {
    onListening: (url) => {
      say(`the window is at ${url} (Ctrl-C stops everything)`)
      if (options.mayOpenBrowser) openBrowser(url, machine)
    },
  })
})
