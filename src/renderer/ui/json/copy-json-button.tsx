import { Copy } from 'lucide-react'
import { IconButton } from '../button.tsx'
import { copyText } from '../copy-text.ts'
import { countOf } from '../format/count.ts'
import { showToast } from '../toast/toast-store.ts'
import { maskedText } from './masked-text.ts'
import { useSecretWords } from './secret-words.ts'

interface CopyJsonButtonProps {
  readonly json: string
  /** What is copied, as in "Copy the input". */
  readonly what: string
}

/** Copies a payload; its secrets only when that is asked for in so many words. */
export function CopyJsonButton({ json, what }: CopyJsonButtonProps) {
  const words = useSecretWords()
  const copy = async (text: string, done: string, count = 0) => {
    const isCopied = await copyText(text)
    showToast(
      isCopied
        ? {
            tone: 'success',
            message: done,
            ...(count > 0 && {
              action: {
                label: 'Copy with secrets',
                run: () => void copy(json, `Copied ${what} with its secrets`),
              },
            }),
          }
        : { tone: 'failure', message: `The clipboard refused ${what}; select the text instead.` },
    )
  }
  const copyMasked = () => {
    const { text, count } = maskedText(json, words)
    const note = count === 0 ? '' : `; ${countOf(count, 'secret')} in it masked`
    void copy(text, `Copied ${what}${note}`, count)
  }
  return <IconButton size="small" icon={Copy} label={`Copy ${what}`} onClick={copyMasked} />
}
