import { Link } from '@tanstack/react-router'
import { FolderOpen } from 'lucide-react'
import { useBroker } from '../../app/broker-connection.tsx'
import { QueryContent } from '../../app/frame/query-content.tsx'
import { useAction } from '../../app/use-action.ts'
import { useStatus } from '../../app/use-status.ts'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Setting } from './setting.tsx'
import styles from './settings.module.css'

/** What the window is connected to, and where its files are. */
export function ConnectionPanel() {
  const { client } = useBroker()
  const act = useAction()
  const status = useStatus()
  const openFolder = () =>
    void act(async () => {
      await client.system.openTasksFolder()
      return 'Opened the tasks folder'
    }, 'The folder was not opened.')
  return (
    <Panel title="Connection">
      <QueryContent query={status} what="connection’s details">
        {({ brokerName, version, listeners, dataFolder, tasksFolder, canOpenFolders, isKeyRequired }) => (
          <>
            <Setting
              label="Broker"
              note="Of this computer; others are added in the menu of brokers, above the pages"
            >
              {brokerName}, version {version}
            </Setting>
            <Setting
              label="Addresses"
              note={
                <>
                  What is spoken there, and examples: <Link to="/api">API</Link>
                </>
              }
            >
              {listeners.map(({ address, dialects }) => (
                <span key={address} className={styles.line}>
                  <span className={styles.quiet}>{dialects.join(', ')}</span> <code>{address}</code>
                </span>
              ))}
            </Setting>
            <Setting label="Key" note="--api-key or PENSTOCK_API_KEY, when Penstock is started">
              {isKeyRequired ? 'Every call over HTTP needs it' : 'None is needed'}
            </Setting>
            <Setting label="Data folder" note="Everything there is; --data, when Penstock is started">
              <Folder path={dataFolder} what="the path of the data folder" />
            </Setting>
            <Setting label="Tasks folder" note="Where handlers come from; --tasks, when Penstock is started">
              <Folder path={tasksFolder} what="the path of the tasks folder" />
              <Button
                icon={FolderOpen}
                onClick={openFolder}
                disabledReason={canOpenFolders ? null : 'Folders can be opened from the desktop app only'}
              >
                Open
              </Button>
            </Setting>
            <Setting
              label="Durability"
              note="What was acknowledged survives a crash of Penstock, and of the computer"
            >
              Every write is on disk before it is answered
            </Setting>
          </>
        )}
      </QueryContent>
    </Panel>
  )
}

const Folder = ({ path, what }: { readonly path: string; readonly what: string }) => (
  <span className={styles.folder}>
    <code>{path}</code>
    <CopyButton text={path} what={what} />
  </span>
)
