import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { DesktopMessage } from '../../../shared/contract/desktop-contract.ts'
import type { JsonText } from '../../../shared/domain/json.ts'
import { showToast } from '../../ui/toast/toast-store.ts'
import { overlay } from '../overlay-store.ts'
import { useFixedEntries } from '../palette/use-palette-entries.ts'
import { desktopClient } from './desktop-client.ts'
import { followMessages } from './follow-messages.ts'
import { readMessage } from './read-message.ts'

/** Does what the desktop app asks of its window: a click in the menu bar, a link, a notification. */
export function DesktopMessages(): null {
  const navigate = useNavigate()
  const entries = useFixedEntries()
  const heed = (message: DesktopMessage) => {
    switch (message.kind) {
      case 'command': {
        if (message.id === 'palette') return overlay.open('palette')
        overlay.close()
        return entries.find(({ id }) => id === message.id)?.run()
      }
      case 'open-task':
        overlay.close()
        return void navigate({ to: '/tasks', search: { task: message.taskId } })
      case 'fill-submit': {
        // Whoever sent the link does not know what is being typed there.
        if (overlay.isShown('submit'))
          return showToast({
            tone: 'plain',
            message: 'A link would fill in a task. Close the one you are writing and open the link again.',
          })
        const { name, queue, input } = message
        return overlay.openSubmit({
          name: name ?? undefined,
          queue: queue ?? undefined,
          // The dialog reads it as JSON, and says where it is none.
          input: input === null ? undefined : (input as JsonText),
        })
      }
      case 'tell':
        return showToast({ tone: message.tone, message: message.message })
      case 'ask-close':
        return overlay.open('close')
    }
  }
  const latest = useRef(heed)
  useEffect(() => {
    latest.current = heed
  })
  useEffect(() => {
    if (desktopClient === null) return
    const end = new AbortController()
    const client = desktopClient
    void followMessages({
      open: () => client.messages(undefined, { signal: end.signal }),
      onMessage(said) {
        const message = readMessage(said)
        if (message !== null) latest.current(message)
      },
      signal: end.signal,
    })
    return () => end.abort()
  }, [])
  return null
}
