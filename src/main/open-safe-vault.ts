import { app, safeStorage } from 'electron'
import { type Cipher, openEncryptedVault, openVaultLater } from '../server/connections/encrypted-vault.ts'
import { openPlainVault } from '../server/connections/key-file.ts'
import type { KeyVault } from '../server/connections/key-vault.ts'

const BASIC_TEXT_NOTICE =
  'This system has no store for secrets that Penstock knows, so keys are hardly protected: whoever can read your files can read them.'

const cipher: Cipher = {
  encrypt: (text) => safeStorage.encryptStringAsync(text),
  async decrypt(bytes) {
    const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(bytes))
    return { text: result, isStale: shouldReEncrypt }
  },
}

/**
 * Keys of connections in the store for secrets of the operating system; where it has none, in a file that only
 * its owner may read. It is opened when the first key is needed, so that nothing at the start waits for it.
 */
export function openSafeVault(dataFolder: string): KeyVault {
  return openVaultLater(async () => {
    await app.whenReady()
    if (!(await safeStorage.isAsyncEncryptionAvailable())) return openPlainVault(dataFolder)
    const isBasic = process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text'
    return openEncryptedVault({ dataFolder, cipher, notice: isBasic ? BASIC_TEXT_NOTICE : null })
  })
}
