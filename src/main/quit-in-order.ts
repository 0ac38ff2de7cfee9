import { app } from 'electron'

export interface OrderlyQuit {
  /** Everything that has to be over before the process may end. Called once. */
  stop(): Promise<void>
  /** Asked last; other than 0 after a failure. */
  exitCode(): number
  /** The last act after an orderly stop: quits for good. */
  leave(): void
}

/**
 * However quitting begins (the last window, the menu, a signal), the engine stops first and the process
 * ends after it: an end with live threads is a crash on some systems.
 */
export function quitInOrder({ stop, exitCode, leave }: OrderlyQuit): void {
  let isStopping = false
  let isStopped = false

  app.on('before-quit', (event) => {
    if (isStopped) return
    event.preventDefault()
    if (isStopping) return
    isStopping = true
    void stop().finally(() => {
      isStopped = true
      // `quit` asks the windows first and always ends with 0; after a failure there is nothing to ask.
      if (exitCode() === 0) leave()
      else app.exit(exitCode())
    })
  })
}
