import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Cipher, openEncryptedVault } from './encrypted-vault.ts'
import { openPlainVault } from './key-file.ts'

/** Turns each byte over, and says which generation it is of. */
function turnOver(generation: number, opensUpTo = generation): Cipher {
  const turned = (bytes: Uint8Array) => Uint8Array.from(bytes, (byte) => byte ^ 0xff)
  return {
    encrypt: async (text) => Uint8Array.from([generation, ...turned(Buffer.from(text))]),
    async decrypt([made = 0, ...rest]) {
      if (made > opensUpTo) throw new Error('made elsewhere')
      return {
        text: Buffer.from(turned(Uint8Array.from(rest))).toString(),
        isStale: made < generation,
      }
    },
  }
}

describe('keys encrypted by the system', () => {
  let dataFolder: string
  beforeEach(async () => {
    dataFolder = await mkdtemp(path.join(tmpdir(), 'penstock-vault-'))
  })
  afterEach(() => rm(dataFolder, { recursive: true }))
  const read = (name: string) => readFile(path.join(dataFolder, name), 'utf8')
  const open = (cipher: Cipher) => openEncryptedVault({ dataFolder, cipher, notice: null })

  it('stand in no file as they are, and come out again', async () => {
    const vault = await open(turnOver(1))
    await vault.keep('prod', 'very secret')
    expect(await read('connection-keys.encrypted.json')).not.toContain('very secret')
    const again = await open(turnOver(1))
    expect(await again.keyOf('prod')).toBe('very secret')
    expect(await again.keyOf('other')).toBeNull()
    await again.forget('prod')
    expect(await again.keyOf('prod')).toBeNull()
    expect([...(await again.names())]).toEqual([])
  })

  it('take over those that stood unencrypted, and what the command line adds later; none is lost', async () => {
    const plain = openPlainVault(dataFolder)
    await plain.keep('one', 'first')
    await plain.keep('two', 'second')
    const vault = await open(turnOver(1))
    expect(await read('connection-keys.json')).toBe('{}\n')
    expect(await Promise.all([vault.keyOf('one'), vault.keyOf('two')])).toEqual(['first', 'second'])
    await plain.keep('one', 'newer')
    expect(await vault.keyOf('one')).toBe('newer')
    expect(await plain.keyOf('one')).toBeNull()
  })

  it('stay where they are when the system does not give back what it is given', async () => {
    const plain = openPlainVault(dataFolder)
    await plain.keep('one', 'first')
    const forgetful: Cipher = { ...turnOver(1), decrypt: async () => ({ text: '', isStale: false }) }
    await expect(open(forgetful)).rejects.toThrow('does not give back')
    expect(await plain.keyOf('one')).toBe('first')
  })

  it('are encrypted again when the system has a newer way', async () => {
    await (await open(turnOver(1))).keep('prod', 'secret')
    const before = await read('connection-keys.encrypted.json')
    expect(await (await open(turnOver(2))).keyOf('prod')).toBe('secret')
    expect(await read('connection-keys.encrypted.json')).not.toBe(before)
  })

  it('that the system does not open any more are asked for again', async () => {
    await (await open(turnOver(2))).keep('prod', 'secret')
    const vault = await open(turnOver(1))
    await expect(vault.keyOf('prod')).rejects.toMatchObject({
      problem: 'refused',
      message: expect.stringContaining('Give the key again'),
    })
  })
})
