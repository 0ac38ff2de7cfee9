import { AttachError } from '../attach/attach-error.ts'
import { encryptedKeyTexts, type KeyTexts, plainKeyTexts } from './key-file.ts'
import type { KeyVault } from './key-vault.ts'

/** The store for secrets of the operating system. */
export interface Cipher {
  encrypt(text: string): Promise<Uint8Array>
  /** `isStale`: encrypted in a way that is not the system's newest; encrypt it again. */
  decrypt(bytes: Uint8Array): Promise<{ readonly text: string; readonly isStale: boolean }>
}

export interface EncryptedVaultOptions {
  readonly dataFolder: string
  readonly cipher: Cipher
  readonly notice: string | null
}

/**
 * Keys encrypted by the operating system. Those that stand unencrypted in the data folder, from a program without
 * such a store or from the command line, are moved in, each deleted there only once it can be read here.
 */
export async function openEncryptedVault({
  dataFolder,
  cipher,
  notice,
}: EncryptedVaultOptions): Promise<KeyVault> {
  const plain = plainKeyTexts(dataFolder)
  const encrypted = encryptedKeyTexts(dataFolder)

  async function keep(name: string, key: string): Promise<void> {
    const bytes = await cipher.encrypt(key)
    const { text } = await cipher.decrypt(bytes)
    if (text !== key) throw new Error("the system's store for secrets does not give back what it is given")
    encrypted.set(name, Buffer.from(bytes).toString('base64'))
    plain.delete(name)
  }

  /** What the command line has added since is newer than what is here. */
  async function moveIn(name: string): Promise<void> {
    const key = plain.textOf(name)
    if (key !== null) await keep(name, key)
  }

  for (const name of plain.names()) await moveIn(name)
  return {
    notice: async () => notice,
    names: async () => new Set([...encrypted.names(), ...plain.names()]),
    async keyOf(name) {
      await moveIn(name)
      return decrypted({ name, encrypted, cipher, keep })
    },
    keep,
    async forget(name) {
      plain.delete(name)
      encrypted.delete(name)
    },
  }
}

interface Decryption {
  readonly name: string
  readonly encrypted: KeyTexts
  readonly cipher: Cipher
  readonly keep: (name: string, key: string) => Promise<void>
}

async function decrypted({ name, encrypted, cipher, keep }: Decryption): Promise<string | null> {
  const text = encrypted.textOf(name)
  if (text === null) return null
  const bytes = Buffer.from(text, 'base64')
  const opened = await cipher.decrypt(bytes).catch((error: unknown) => {
    // Another user, another machine, or a store that was reset.
    const why = error instanceof Error ? error.message : String(error)
    throw new AttachError(
      'refused',
      `This system's store for secrets does not open the key of '${name}' (${why}). Give the key again.`,
    )
  })
  if (!opened.isStale) return opened.text
  const fresh = await cipher.decrypt(bytes)
  await keep(name, fresh.text)
  return fresh.text
}

/** Opens the vault when it is first needed; a failure is met again by whoever asks next. */
export function openVaultLater(open: () => Promise<KeyVault>): KeyVault {
  let opening: Promise<KeyVault> | null = null
  const vault = () =>
    (opening ??= open().catch((error: unknown) => {
      opening = null
      throw error
    }))
  return {
    notice: async () => (await vault()).notice(),
    names: async () => (await vault()).names(),
    keyOf: async (name) => (await vault()).keyOf(name),
    keep: async (name, key) => (await vault()).keep(name, key),
    forget: async (name) => (await vault()).forget(name),
  }
}
