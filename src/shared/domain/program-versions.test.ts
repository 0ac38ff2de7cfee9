import { describe, expect, it } from 'vitest'
import { describeProgram, type ProgramVersions } from './program-versions.ts'

const VERSIONS: ProgramVersions = {
  penstock: '0.1.0',
  electron: '45.4.1',
  node: '24.21.0',
  sqlite: '3.51.3',
  system: 'Linux 6.12.0',
  processor: 'x64, 8 × AMD Ryzen 7',
}

describe('what a report of a bug begins with', () => {
  it('is a line for each thing that is in play', () => {
    expect(describeProgram(VERSIONS)).toBe(
      'Penstock 0.1.0\nElectron 45.4.1, Node 24.21.0\nSQLite 3.51.3\nLinux 6.12.0\nx64, 8 × AMD Ryzen 7',
    )
  })

  it('leaves out what there is none of', () => {
    expect(describeProgram({ ...VERSIONS, electron: null, sqlite: null })).toBe(
      'Penstock 0.1.0\nNode 24.21.0\nLinux 6.12.0\nx64, 8 × AMD Ryzen 7',
    )
  })
})
