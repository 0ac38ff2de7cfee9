import { createInterface } from 'node:readline/promises'
import { CommandError } from './exit-codes.ts'

/** Where a command reads and writes; standard output is for what scripts read. */
export interface Terminal {
  out(text: string): void
  /** For people: progress, notices. */
  note(text: string): void
  readonly isInteractive: boolean
  readonly isOutTerminal: boolean
  readonly rows: number
  ask(question: string): Promise<string>
}

export const systemTerminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  note: (text) => void process.stderr.write(text),
  get isInteractive() {
    return process.stdin.isTTY && process.stderr.isTTY
  },
  get isOutTerminal() {
    return process.stdout.isTTY
  },
  get rows() {
    return process.stdout.rows
  },
  async ask(question) {
    const reader = createInterface({ input: process.stdin, output: process.stderr })
    try {
      return await reader.question(question)
    } finally {
      reader.close()
    }
  },
}

/** Asks before something is destroyed; without a terminal only `--yes` will do. @throws CommandError */
export async function confirm(terminal: Terminal, what: string, isYes: boolean): Promise<void> {
  if (isYes) return
  if (!terminal.isInteractive)
    throw new CommandError(`${what} Say --yes to do it; there is no terminal to ask you.`)
  const answer = await terminal.ask(`${what} Go on? [y/N] `)
  if (!/^y(es)?$/i.test(answer.trim())) throw new CommandError('Nothing was done.', 1)
}
