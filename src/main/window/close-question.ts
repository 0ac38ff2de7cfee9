import { app } from 'electron'
import type { WindowMessages } from '../desktop-port/window-messages.ts'
import type { DesktopSettingsStore } from '../preferences/desktop-settings.ts'
import { decideClose } from './decide-close.ts'

export interface CloseQuestionOptions {
  readonly settings: DesktopSettingsStore
  readonly messages: WindowMessages
  /** A broker runs, which could go on without a window. */
  isEngineRunning(): boolean
  hideWindow(): void
}

export interface CloseQuestion {
  /** The window is being closed: what is to become of it. */
  onClose(): 'close' | 'hide' | 'stay'
  answer(choice: 'keep-running' | 'quit' | 'stay'): void
  /** Whether the program goes on without a window. */
  outlivesWindow(): boolean
}

/** What closing the window means: put to the user once, in the window, and then as it was answered. */
export function createCloseQuestion(options: CloseQuestionOptions): CloseQuestion {
  const { settings, messages, isEngineRunning, hideWindow } = options
  let isAsking = false
  let isQuitting = false
  app.on('before-quit', () => {
    isQuitting = true
  })
  const decide = () =>
    decideClose({
      platform: process.platform,
      choice: settings.get().onClose,
      isQuitting,
      isEngineRunning: isEngineRunning(),
      canAsk: messages.isHeard(),
      isAsking,
    })
  return {
    onClose() {
      const decision = decide()
      if (decision !== 'ask') return decision
      isAsking = true
      messages.say({ kind: 'ask-close' })
      return 'stay'
    },
    answer(choice) {
      if (!isAsking) return
      isAsking = false
      if (choice === 'stay') return
      settings.update({ onClose: choice })
      if (choice === 'quit') app.quit()
      else hideWindow()
    },
    outlivesWindow: () => decide() === 'hide',
  }
}
