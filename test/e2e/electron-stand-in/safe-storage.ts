import type * as Electron from 'electron'
import { strict } from './strict.ts'

const KEY = 0x5a
const MARK = 'stand-in:'

const turn = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ KEY))

/** Hides texts from a reader of the file and no more; knows what it has made itself. */
export const safeStorage = strict('safeStorage', {
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (text: string) => turn(Buffer.from(`${MARK}${text}`)),
  async decryptStringAsync(encrypted: Buffer) {
    const text = turn(encrypted).toString()
    if (!text.startsWith(MARK)) throw new Error('not encrypted here')
    return { result: text.slice(MARK.length), shouldReEncrypt: false }
  },
  getSelectedStorageBackend: () => 'basic_text' as const,
} satisfies Pick<
  Electron.SafeStorage,
  'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
>)
