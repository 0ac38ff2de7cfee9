import { useQuery } from '@tanstack/react-query'
import { QueryContent } from '../../app/frame/query-content.tsx'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import styles from './settings.module.css'

/** Written by the build, beside the page. */
const FILE = 'licences.txt'

async function readLicences(): Promise<string> {
  const answer = await fetch(FILE)
  if (!answer.ok) throw new Error('They are in licences.txt beside the built window; build Penstock first.')
  return answer.text()
}

/** Under which licence everything is that Penstock is made of. */
export function LicencesDialog({ onClose }: { readonly onClose: () => void }) {
  const licences = useQuery({ queryKey: ['licences'], queryFn: readLicences, staleTime: Infinity })
  return (
    <Dialog
      title="Licences"
      description="Of everything that Penstock is made of."
      isOpen
      onClose={onClose}
      width="wide"
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <QueryContent query={licences} what="licences">
        {(text) => (
          <pre className={styles.text} tabIndex={0} aria-label="Licences">
            {text}
          </pre>
        )}
      </QueryContent>
    </Dialog>
  )
}
