import { app } from 'electron'
import { enableCompileCache } from 'node:module'
import path from 'node:path'
import { chooseHome } from './choose-home.ts'

// What the last start compiled is not compiled again; all but these lines is loaded after this.
chooseHome()
enableCompileCache(path.join(app.getPath('userData'), 'compile-cache'))
await import('./main.ts')
