import { app, Menu, protocol } from 'electron'
import { APP_ID } from './app-id.ts'
import { APP_SCHEME } from './app-scheme.ts'
import { hardenWebContents } from './harden-web-contents.ts'
import { markStart } from './start/start-marks.ts'
import { startDesktop } from './start-desktop.ts'

// All of this has to be said before `ready`, which Electron emits only once this module has been
// evaluated: never wait for it up here.
markStart('modules')

app.enableSandbox()
// Without it Windows shows no notifications.
if (process.platform === 'win32') app.setAppUserModelId(APP_ID)
protocol.registerSchemesAsPrivileged([
  {
    scheme: APP_SCHEME,
    privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
  },
])
// Electron's own would offer reload and developer tools; ours comes with the window.
Menu.setApplicationMenu(null)
app.on('web-contents-created', (_event, contents) => hardenWebContents(contents))

if (app.requestSingleInstanceLock()) {
  startDesktop()
} else {
  process.stdout.write('Penstock is running already; its window has been brought to the front.\n')
  app.quit()
}
