import { useEffect, useRef } from 'react'
import { keyName, matchKey, type PendingKey } from './key-name.ts'

/** From a key name (`j`, `g o`, `mod+k`) to what it does. */
export type KeyBindings = Readonly<Record<string, (event: KeyboardEvent) => void>>

/**
 * Listens for keys while the component is shown. Plain keys are left alone where the reader types or
 * something lies on top (dialog, menu, list); those with `mod` work from a text field too.
 */
export function useKeys(bindings: KeyBindings): void {
  const latest = useRef(bindings)
  const pending = useRef<PendingKey | null>(null)
  useEffect(() => {
    latest.current = bindings
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const name = event.defaultPrevented || event.isComposing ? null : keyName(event)
      if (name === null || isTaken(event, name)) return
      const found = matchKey(Object.keys(latest.current), name, pending.current, event.timeStamp)
      pending.current = found.pending
      if (found.binding === null) return
      event.preventDefault()
      latest.current[found.binding]?.(event)
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [])
}

function isTaken(event: KeyboardEvent, name: string): boolean {
  if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null) return true
  if (name.startsWith('mod+')) return false
  const { target } = event
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.matches('input, textarea, select')) return true
  // Enter and Space belong to the control that has the focus.
  return (
    (name === 'Enter' || name === ' ') &&
    target.closest('button, a, [role="tab"], [role="checkbox"]') !== null
  )
}
