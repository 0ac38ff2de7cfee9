import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** A process and everything it started, directly or not. Not for Windows. */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const { pid, parent } of process.platform === 'linux' ? readProc() : readPs()) {
    children.set(parent, [...(children.get(parent) ?? []), pid])
  }
  const tree = [root]
  for (const pid of tree) tree.push(...(children.get(pid) ?? []))
  return tree
}

interface ProcessEntry {
  readonly pid: number
  readonly parent: number
}

function readProc(): ProcessEntry[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      // The name, in brackets, may hold anything; the parent comes second after it.
      const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
      return [{ pid: Number(name), parent: Number(parent) }]
    } catch {
      return []
    }
  })
}

function readPs(): ProcessEntry[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n')
  return lines.map((line) => {
    const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number)
    return { pid, parent }
  })
}
