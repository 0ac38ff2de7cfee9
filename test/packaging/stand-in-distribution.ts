import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Electron's fuses are found by it. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** As Electron ships its fuses: version 1 of the wire, one character a fuse. */
const WIRE = '101100011'

/**
 * What Electron's own folder holds, as far as packaging looks: an executable with a fuse wire in it, the
 * languages, licences and version. It does not run.
 */
export function writeStandInDistribution(folder: string): void {
  mkdirSync(path.join(folder, 'locales'), { recursive: true })
  mkdirSync(path.join(folder, 'resources'))
  writeFileSync(path.join(folder, 'electron'), programWithFuses(WIRE), { mode: 0o755 })
  for (const language of ['de', 'en-US', 'fr'])
    writeFileSync(path.join(folder, 'locales', `${language}.pak`), language)
  writeFileSync(path.join(folder, 'resources', 'default_app.asar'), 'what Electron shows without an app')
  writeFileSync(path.join(folder, 'LICENSE'), 'of Electron')
  writeFileSync(path.join(folder, 'LICENSES.chromium.html'), 'of Chromium')
  writeFileSync(path.join(folder, 'version'), '45.4.1')
}

/** A program that does nothing, with a fuse wire of version 1: a character a fuse. */
export function programWithFuses(wire: string): Buffer {
  const head = Buffer.from([1, wire.length])
  return Buffer.concat([Buffer.from(`#!/bin/sh\n# ${SENTINEL}`), head, Buffer.from(`${wire}\n`)])
}
