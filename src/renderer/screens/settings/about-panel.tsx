import { ClipboardList, Scale } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { DiagnosticsDialog } from './diagnostics-dialog.tsx'
import { LicencesDialog } from './licences-dialog.tsx'
import { Setting } from './setting.tsx'
import { useStatus } from '../../app/use-status.ts'

/** Which Penstock this is, and what to send along when something is wrong with it. */
export function AboutPanel() {
  const { data: status } = useStatus()
  const [shown, show] = useState<'diagnostics' | 'licences' | null>(null)
  return (
    <Panel title="About">
      <Setting label="Penstock" note="A durable local task broker">
        {status === undefined ? null : `Version ${status.version}`}
      </Setting>
      <Setting
        label="Diagnostics"
        note="Versions, settings, sizes and the last warnings; nothing of any task, no key. You see it first"
      >
        <Button icon={ClipboardList} onClick={() => show('diagnostics')}>
          Copy diagnostics…
        </Button>
      </Setting>
      <Setting label="Licences" note="Of everything that Penstock is made of">
        <Button icon={Scale} onClick={() => show('licences')}>
          Licences…
        </Button>
      </Setting>
      {shown === 'diagnostics' && <DiagnosticsDialog onClose={() => show(null)} />}
      {shown === 'licences' && <LicencesDialog onClose={() => show(null)} />}
    </Panel>
  )
}
