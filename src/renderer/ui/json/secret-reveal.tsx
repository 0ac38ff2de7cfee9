import { Eye, EyeOff } from 'lucide-react'
import { useCallback, useState } from 'react'
import { Button } from '../button.tsx'
import { countOf } from '../format/count.ts'
import { maskInText } from './mask-in-text.ts'
import { useSecretWords } from './secret-words.ts'

interface RevealButtonProps {
  readonly count: number
  readonly isRevealed: boolean
  readonly onToggle: () => void
  readonly disabledReason?: string | null
}

/** Shows what is masked, and hides it again. */
export function RevealButton({ count, isRevealed, onToggle, disabledReason = null }: RevealButtonProps) {
  return (
    <Button
      size="small"
      variant="ghost"
      icon={isRevealed ? EyeOff : Eye}
      disabledReason={disabledReason}
      onClick={onToggle}
    >
      {isRevealed ? 'Hide' : 'Show'} {countOf(count, 'secret')}
    </Button>
  )
}

/** Masks what programs have written, for places too small to ask for more. */
export function useMaskText(): (text: string) => string {
  const words = useSecretWords()
  return useCallback((text) => maskInText(text, words).text, [words])
}

/**
 * The words that are secret right now: none once the reader has asked to see the secrets of `subject`. Those of
 * the next subject are masked again.
 */
export function useReveal(subject: string): {
  readonly words: readonly string[]
  readonly secretWords: readonly string[]
  readonly isRevealed: boolean
  readonly toggle: () => void
} {
  const secretWords = useSecretWords()
  const [revealed, setRevealed] = useState<string | null>(null)
  const isRevealed = revealed === subject
  return {
    words: isRevealed ? NO_WORDS : secretWords,
    secretWords,
    isRevealed,
    toggle: () => setRevealed(isRevealed ? null : subject),
  }
}

const NO_WORDS: readonly string[] = []
