import { useEffect, useRef, useState } from 'react'
import type { EpochMs } from '../../../shared/domain/clock.ts'
import { useNow } from '../../ui/now.ts'
import { TIME_FIELDS, type TasksSearch } from './tasks-search.ts'

const STEP_MS = 60_000

/**
 * What "the last 24 hours" are counted back from. It moves on minute by minute while nobody is reading the list,
 * and stands still while somebody is: nothing is taken from under their eyes.
 */
export function useAnchor(search: TasksSearch, isAtRest: () => boolean): EpochMs {
  const key = TIME_FIELDS.map((field) => search[field]).join(' ')
  const now = useNow()
  const [anchor, setAnchor] = useState({ key, at: now })
  if (anchor.key !== key) setAnchor({ key, at: now })
  const latest = useRef(isAtRest)
  useEffect(() => {
    latest.current = isAtRest
  })
  useEffect(() => {
    if (key.trim() === '') return
    const timer = setInterval(() => {
      if (latest.current()) setAnchor({ key, at: Date.now() })
    }, STEP_MS)
    return () => clearInterval(timer)
  }, [key])
  return anchor.at
}
