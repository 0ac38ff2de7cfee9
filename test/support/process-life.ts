import { readFileSync } from 'node:fs'

/** Whether a process runs. One that has ended, and that its parent has not collected yet, does not. */
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
