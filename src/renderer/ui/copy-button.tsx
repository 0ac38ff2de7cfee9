import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button, IconButton } from './button.tsx'
import { copyText } from './copy-text.ts'
import { showToast } from './toast/toast-store.ts'

interface CopyButtonProps {
  readonly text: string
  /** What is copied, as in "Copy address". */
  readonly what: string
  /** With the word "Copy" beside the icon. */
  readonly hasWord?: boolean
  readonly size?: 'small' | 'medium'
}

const CONFIRMATION_MS = 1500

export function CopyButton({ text, what, hasWord = false, size = 'small' }: CopyButtonProps) {
  const [isCopied, setIsCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setIsCopied(false), CONFIRMATION_MS)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = async () => {
    if (await copyText(text)) setIsCopied(true)
    else showToast({ tone: 'failure', message: `The clipboard refused ${what}; select the text instead.` })
  }
  const icon = isCopied ? Check : Copy
  if (hasWord) {
    return (
      <Button size={size} icon={icon} onClick={() => void copy()} aria-label={`Copy ${what}`}>
        {isCopied ? 'Copied' : 'Copy'}
      </Button>
    )
  }
  return (
    <IconButton
      size={size}
      icon={icon}
      label={isCopied ? 'Copied' : `Copy ${what}`}
      onClick={() => void copy()}
    />
  )
}
