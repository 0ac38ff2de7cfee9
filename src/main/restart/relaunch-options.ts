import type { RelaunchOptions } from 'electron'
import { isLink } from '../links/parse-link.ts'

/**
 * What the next start is begun with: the same program, with what this start was asked for, except for what
 * was of its beginning alone. Whoever restarts from the window wants to see it again, and what a link opened
 * has been opened.
 *
 * @param argv of this process, the program first
 * @param appImage the file that an AppImage was started as; what runs then was unpacked from it, and is gone
 *   with this process
 */
export function relaunchOptions(argv: readonly string[], appImage: string | undefined): RelaunchOptions {
  const args = argv.slice(1).filter((arg) => arg !== '--hidden' && !isLink(arg))
  return appImage === undefined || appImage === '' ? { args } : { args, execPath: appImage }
}
