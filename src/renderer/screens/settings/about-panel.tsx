import { useQuery } from '@tanstack/react-query'
import { ClipboardList, Scale } from 'lucide-react'
import { useState } from 'react'
import {
  describeProgram,
  describeRuntime,
  type ProgramVersions,
} from '../../../shared/domain/program-versions.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { QueryContent } from '../../app/frame/query-content.tsx'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { DiagnosticsDialog } from './diagnostics-dialog.tsx'
import { LicencesDialog } from './licences-dialog.tsx'
import { Setting } from './setting.tsx'

/** Which Penstock this is, and what to send along when something is wrong with it. */
export function AboutPanel() {
  const { queries } = useBroker()
  const about = useQuery(queries.system.about.queryOptions({ staleTime: Infinity }))
  const [shown, show] = useState<'diagnostics' | 'licences' | null>(null)
  return (
    <Panel title="About">
      <QueryContent query={about} what="versions">
        {(versions) => <Versions versions={versions} />}
      </QueryContent>
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

function Versions({ versions }: { readonly versions: ProgramVersions }) {
  const { penstock, sqlite, system, processor } = versions
  return (
    <>
      <Setting label="Penstock" note="A durable local task broker">
        Version {penstock}
        <CopyButton text={describeProgram(versions)} what="these versions" />
      </Setting>
      <Setting label="Runs on" note={system}>
        {describeRuntime(versions)}
        {sqlite !== null && `, SQLite ${sqlite}`}
      </Setting>
      <Setting label="Processor">{processor}</Setting>
    </>
  )
}
