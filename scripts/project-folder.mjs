import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that package.json is in. */
export const projectFolder = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
