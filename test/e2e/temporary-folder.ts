import { mkdtemp, realpath, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string
}

export async function openTemporaryFolder(): Promise<TemporaryFolder> {
  const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'penstock-e2e-')))
  return {
    path: folder,
    // A program that has just ended may still have a file of it open on some systems.
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  }
}
