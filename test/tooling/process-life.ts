import { readFileSync } from 'node:fs'

/** Whether a process runs; one that has ended but was not collected by its parent yet does not. */
export function isAlive(id: number): boolean {
  try {
    process.kill(id, 0)
  } catch {
    return false
  }
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${id}/stat`, 'utf8'))
  } catch {
    return process.platform !== 'linux'
  }
}
