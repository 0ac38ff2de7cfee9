import { cpus, release, type as systemType } from 'node:os'
import type { ProgramVersions } from '../../shared/domain/program-versions.ts'
import { VERSION } from './version.ts'

/** Of this very process. */
export function programVersions(sqlite: string | null): ProgramVersions {
  const { node, electron } = process.versions
  return {
    penstock: VERSION,
    electron: electron ?? null,
    node,
    sqlite,
    system: `${systemType()} ${release()}`,
    processor: describeProcessor(),
  }
}

function describeProcessor(): string {
  const cores = cpus()
  const model = cores[0]?.model.replaceAll(/\s+/g, ' ').trim() ?? ''
  // Some systems tell nothing of their cores, some only how many there are.
  if (cores.length === 0) return process.arch
  const count = model === '' || model === 'unknown' ? `${cores.length} cores` : `${cores.length} × ${model}`
  return `${process.arch}, ${count}`
}
