import { useState, type ReactElement } from 'react'
import { hideSecrets, putBack, showSecrets } from './hide-secrets.ts'
import { RevealButton } from './secret-reveal.tsx'
import { useSecretWords } from './secret-words.ts'

interface HiddenInput {
  /** What the editors start with: the sources with their secrets hidden. */
  readonly first: readonly string[]
  /** What was typed with the hidden values in their places again, or why that cannot be. */
  readonly read: (text: string) => { readonly text: string; readonly problem: string | null }
  /** Shows what is hidden in these texts and hides it again; nothing where there are no secrets. */
  readonly button: (
    texts: readonly string[],
    onChange: (texts: readonly string[]) => void,
  ) => ReactElement | null
  readonly isRevealed: boolean
}

/**
 * Lets JSON be edited while the secrets in it stay hidden until they are asked for.
 * @param sources what the editing starts from; read once
 */
export function useHiddenSecrets(sources: () => readonly string[]): HiddenInput {
  const words = useSecretWords()
  const [start] = useState(() => hideSecrets(sources(), words))
  const [secrets, setSecrets] = useState(start.secrets)
  const [isRevealed, setIsRevealed] = useState(false)
  return {
    first: start.texts,
    isRevealed,
    // What is in sight can be any text, also one that looks like a mask.
    read: (text) =>
      isRevealed ? { text: showSecrets(text, secrets), problem: null } : putBack(text, secrets, start.texts),
    button: (texts, onChange) => {
      if (secrets.size === 0) return null
      const toggle = () => {
        const hidden = isRevealed ? hideSecrets(texts, words, secrets) : { texts: null, secrets }
        setSecrets(hidden.secrets)
        onChange(hidden.texts ?? texts.map((text) => showSecrets(text, secrets)))
        setIsRevealed(!isRevealed)
      }
      return <RevealButton count={secrets.size} isRevealed={isRevealed} onToggle={toggle} />
    },
  }
}
