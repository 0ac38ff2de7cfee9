import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FUSES, setFuses } from '../../build/fuses.ts'
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts'
import { programWithFuses } from './stand-in-distribution.ts'

type Decided = Readonly<Record<keyof typeof FuseV1Options, boolean>>

describe('the fuses', () => {
  let folder: TemporaryFolder
  let file: string
  beforeEach(() => {
    folder = temporaryFolder()
    file = path.join(folder.path, 'electron')
  })
  afterEach(() => folder[Symbol.dispose]())

  it('are all decided: without one of them it would not compile', () => {
    const { WasmTrapHandlers: _, ...incomplete } = FUSES
    // @ts-expect-error one is missing
    const decided: Decided = incomplete
    expect(Object.keys(decided)).toHaveLength(Object.keys(FUSES).length - 1)
  })

  it('keep the program from running as Node, from debuggers and from other apps', () => {
    expect(FUSES).toMatchObject({
      RunAsNode: false,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      OnlyLoadAppFromAsar: true,
      EnableEmbeddedAsarIntegrityValidation: true,
    })
  })

  it('are set in the program, whatever they were', async () => {
    writeFileSync(file, programWithFuses('010011101'))
    await setFuses(file)
    const wire = await getCurrentFuseWire(file)
    for (const [name, isOn] of Object.entries(FUSES))
      expect(wire[FuseV1Options[name as keyof typeof FUSES]]).toBe(
        isOn ? FuseState.ENABLE : FuseState.DISABLE,
      )
  })

  it('of a newer Electron, which nobody has decided, are refused', async () => {
    writeFileSync(file, programWithFuses('1011000111'))
    await expect(setFuses(file)).rejects.toThrow(/has 10 fuses but you only provided a config for 9/)
  })

  it('are looked for in vain in what is no Electron', async () => {
    writeFileSync(file, 'any other program')
    await expect(setFuses(file)).rejects.toThrow(/Could not find sentinel/)
  })
})
