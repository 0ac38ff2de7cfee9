import { useEffect, useState } from 'react'

function readRem(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
}

/**
 * One rem in CSS pixels: what lists that place their own rows need, so that rows grow with the reader's text
 * size. Read seldom, not with every render: reading it makes the browser lay the page out.
 */
export function useRem(): number {
  const [rem, setRem] = useState(readRem)
  useEffect(() => {
    const read = () => setRem(readRem())
    window.addEventListener('resize', read)
    return () => window.removeEventListener('resize', read)
  }, [])
  return rem
}
