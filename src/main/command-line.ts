import { parseArgs } from 'node:util'

/** What the command line may say; what it does not say is null, and the program decides. */
export interface CommandLine {
  readonly dataFolder: string | null
  readonly tasksFolder: string | null
  /** Each as `<port>=<dialect>,<dialect>`, unread. */
  readonly listeners: readonly string[] | null
  /** Without a window at first, as when the session begins: the tray opens it. */
  readonly isHidden: boolean
}

const OPTIONS = {
  data: { type: 'string' },
  tasks: { type: 'string' },
  listen: { type: 'string', multiple: true },
  hidden: { type: 'boolean' },
} as const

/**
 * Reads our own flags from what comes after the program's name. Everything else there is Chromium's
 * or Electron's, and none of our business.
 */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: false, allowPositionals: true })
  const { data, tasks, listen, hidden } = values
  return {
    dataFolder: typeof data === 'string' ? data : null,
    tasksFolder: typeof tasks === 'string' ? tasks : null,
    listeners: listen?.filter((value) => typeof value === 'string') ?? null,
    isHidden: hidden === true,
  }
}
