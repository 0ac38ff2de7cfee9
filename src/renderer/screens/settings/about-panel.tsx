import { useQuery } from '@tanstack/react-query'
import { ClipboardList } from 'lucide-react'
import { useState } from 'react'
import { useBroker } from '../../app/broker-connection.tsx'
import { Button } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { DiagnosticsDialog } from './diagnostics-dialog.tsx'
import { Setting } from './setting.tsx'

/** Which Penstock this is, and what to send along when something is wrong with it. */
export function AboutPanel() {
  const { queries } = useBroker()
  const { data: status } = useQuery(queries.system.status.queryOptions({ staleTime: 60_000 }))
  const [isShown, setShown] = useState(false)
  return (
    <Panel title="About">
      <Setting label="Penstock" note="A durable local task broker">
        {status === undefined ? null : `Version ${status.version}`}
      </Setting>
      <Setting
        label="Diagnostics"
        note="Versions, settings, sizes and the last warnings; nothing of any task, no key. You see it first"
      >
        <Button icon={ClipboardList} onClick={() => setShown(true)}>
          Copy diagnostics…
        </Button>
      </Setting>
      {isShown && <DiagnosticsDialog onClose={() => setShown(false)} />}
    </Panel>
  )
}
