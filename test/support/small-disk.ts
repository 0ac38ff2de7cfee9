import { spawnSync } from 'node:child_process'
import { temporaryFolder } from './temporary-folder.ts'

/** Whether a test may have a disk of its own: on Linux, as root, where no container forbids it. */
export const canMakeDisks: boolean = process.platform === 'linux' && process.getuid?.() === 0 && canMount()

/** Makes a folder a disk of so many megabytes, in memory, until the end of the scope. */
export function smallDisk(folder: string, megabytes: number): Disposable {
  const { status, stderr } = mount(folder, megabytes)
  if (status !== 0) throw new Error(`no disk could be made: ${stderr}`)
  return {
    // What still has a file of it open must not keep it mounted.
    [Symbol.dispose]: () => void spawnSync('umount', ['--lazy', folder]),
  }
}

function mount(folder: string, megabytes: number) {
  const args = ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'penstock-test', folder]
  return spawnSync('mount', args, { encoding: 'utf8' })
}

function canMount(): boolean {
  using folder = temporaryFolder()
  if (mount(folder.path, 1).status !== 0) return false
  spawnSync('umount', ['--lazy', folder.path])
  return true
}
