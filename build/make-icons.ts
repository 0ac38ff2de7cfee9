import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { renderIcons } from './render-icons.ts'

/** `node build/make-icons.ts`: the icons of the packages, anew from the drawing that the window has too. */
const source = path.join(import.meta.dirname, '..', 'src', 'renderer', 'app', 'icon.svg')
const folder = path.join(import.meta.dirname, 'icons')
mkdirSync(folder, { recursive: true })
for (const [name, content] of await renderIcons(readFileSync(source))) {
  writeFileSync(path.join(folder, name), content)
  process.stdout.write(`build/icons/${name}: ${content.length} bytes\n`)
}
