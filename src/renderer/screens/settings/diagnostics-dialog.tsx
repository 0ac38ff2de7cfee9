import { useQuery } from '@tanstack/react-query'
import { Copy } from 'lucide-react'
import { useBroker } from '../../app/broker-connection.tsx'
import { QueryContent } from '../../app/frame/query-content.tsx'
import { Button } from '../../ui/button.tsx'
import { copyText } from '../../ui/copy-text.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { showToast } from '../../ui/toast/toast-store.ts'
import styles from './settings.module.css'

/** What would be copied, to be read before it leaves this computer. */
export function DiagnosticsDialog({ onClose }: { readonly onClose: () => void }) {
  const { queries } = useBroker()
  const diagnostics = useQuery(queries.system.diagnostics.queryOptions({ staleTime: 0, gcTime: 0 }))
  const { data: text } = diagnostics
  const copy = async () => {
    if (text === undefined) return
    const isCopied = await copyText(text)
    showToast(
      isCopied
        ? { tone: 'success', message: 'The diagnostics are copied' }
        : { tone: 'failure', message: 'They were not copied. Select the text, and copy it yourself.' },
    )
  }
  return (
    <Dialog
      title="Diagnostics"
      description="This is all that is copied. Nothing is sent anywhere."
      isOpen
      onClose={onClose}
      width="wide"
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            variant="primary"
            icon={Copy}
            disabledReason={text === undefined ? 'They are being read' : null}
            onClick={() => void copy()}
          >
            Copy
          </Button>
        </>
      }
    >
      <QueryContent query={diagnostics} what="diagnostics">
        {(shown) => (
          <pre className={styles.text} tabIndex={0} aria-label="Diagnostics">
            {shown}
          </pre>
        )}
      </QueryContent>
    </Dialog>
  )
}
