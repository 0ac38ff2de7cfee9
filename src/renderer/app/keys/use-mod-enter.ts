import { useCallback, useEffect, useRef, type RefCallback } from 'react'

/** Ctrl/Cmd+Enter anywhere inside the element that gets the answered ref. */
export function useModEnter<Element extends HTMLElement>(run: () => void): RefCallback<Element> {
  const latestRun = useRef(run)
  useEffect(() => {
    latestRun.current = run
  })
  return useCallback((element: Element | null) => {
    if (element === null) return
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return
      event.preventDefault()
      latestRun.current()
    }
    element.addEventListener('keydown', listen)
    return () => element.removeEventListener('keydown', listen)
  }, [])
}
