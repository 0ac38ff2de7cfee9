import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import { type KeyVault, PLAIN_KEYS_NOTICE } from './key-vault.ts'
import { readOwnFile, writeOwnFile } from './own-file.ts'

const keysFile = z.record(z.string(), z.string())

/** By name: what is kept for each connection. */
export interface KeyTexts {
  names(): ReadonlySet<string>
  /** Null when there is none. */
  textOf(name: string): string | null
  set(name: string, text: string): void
  delete(name: string): void
}

/** Texts by name, in a file that only its owner may read. */
function openKeyTexts(file: string): KeyTexts {
  const all = () => readOwnFile(file, keysFile) ?? {}
  return {
    names: () => new Set(Object.keys(all())),
    textOf: (name) => (Object.hasOwn(all(), name) ? all()[name]! : null),
    set(name, text) {
      mkdirSync(dirname(file), { recursive: true })
      writeOwnFile(file, { ...all(), [name]: text })
    },
    delete(name) {
      const { [name]: old, ...others } = all()
      if (old !== undefined) writeOwnFile(file, others)
    },
  }
}

/** Encrypted by the operating system, for the desktop app. */
export const encryptedKeyTexts = (dataFolder: string) =>
  openKeyTexts(join(dataFolder, 'connection-keys.encrypted.json'))

/** Of the data folder; the command line reads it too. */
export const plainKeyTexts = (dataFolder: string) => openKeyTexts(join(dataFolder, 'connection-keys.json'))

/** Keys as they are, for programs that have no better place. */
export function openPlainVault(dataFolder: string): KeyVault {
  const texts = plainKeyTexts(dataFolder)
  return {
    notice: async () => PLAIN_KEYS_NOTICE,
    names: async () => texts.names(),
    keyOf: async (name) => texts.textOf(name),
    keep: async (name, key) => texts.set(name, key),
    forget: async (name) => texts.delete(name),
  }
}
