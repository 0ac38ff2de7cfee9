import { describe, expect, it } from 'vitest'
import type { DesktopMessage } from '../../shared/contract/desktop-contract.ts'
import { createWindowMessages } from './window-messages.ts'

const command: DesktopMessage = { kind: 'command', id: 'page:/tasks' }
const tell = (message: string): DesktopMessage => ({ kind: 'tell', tone: 'plain', message })

describe('what the app says to its window', () => {
  it('waits for a window that does not listen yet, in order', async () => {
    const messages = createWindowMessages()
    messages.say(command)
    messages.say(tell('later'))
    expect(messages.isHeard()).toBe(false)
    const reader = messages.read(undefined)
    expect((await reader.next()).value).toEqual(command)
    expect((await reader.next()).value).toEqual(tell('later'))
    const pending = reader.next()
    expect(messages.isHeard()).toBe(true)
    messages.say(tell('now'))
    expect((await pending).value).toEqual(tell('now'))
  })

  it('is heard by one page only, the last that began to listen', async () => {
    const messages = createWindowMessages()
    const first = messages.read(undefined).next()
    const second = messages.read(undefined)
    const pending = second.next()
    expect(await first).toEqual({ done: true, value: undefined })
    messages.say(command)
    expect((await pending).value).toEqual(command)
  })

  it('is heard by nobody once the page is gone, and kept for the next one', async () => {
    const messages = createWindowMessages()
    const gone = new AbortController()
    const pending = messages.read(gone.signal).next()
    gone.abort()
    expect((await pending).done).toBe(true)
    expect(messages.isHeard()).toBe(false)
    messages.say(command)
    expect((await messages.read(undefined).next()).value).toEqual(command)
  })

  it('keeps the newest of what nobody hears, and not all of it for ever', async () => {
    const messages = createWindowMessages()
    for (let number = 0; number < 1000; number += 1) messages.say(tell(String(number)))
    expect((await messages.read(undefined).next()).value).toEqual(tell('980'))
  })
})
