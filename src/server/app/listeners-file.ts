import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ListenerInfo } from '../../shared/contract/contract.ts'

const fileIn = (dataFolder: string) => join(dataFolder, 'listeners.json')

/** Says in the data folder where its broker listens, for the commands that talk to it. After a crash it stays. */
export function tellListeners(dataFolder: string, listeners: readonly ListenerInfo[]): void {
  const addresses = listeners.map(({ address }) => address)
  writeFileSync(fileIn(dataFolder), JSON.stringify({ pid: process.pid, addresses }))
}

export function forgetListeners(dataFolder: string): void {
  rmSync(fileIn(dataFolder), { force: true })
}
