import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import type { CloseChoice, DesktopSettings } from '../../../shared/contract/desktop-contract.ts'
import { DESKTOP_SETTINGS_KEY, desktopClient, type DesktopClient } from '../../app/desktop/desktop-client.ts'
import { describeFailure } from '../../app/failure.ts'
import { QueryContent } from '../../app/frame/query-content.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Switch } from '../../ui/switch.tsx'
import { showToast } from '../../ui/toast/toast-store.ts'
import { DataFolderSetting } from './data-folder-setting.tsx'
import { MutedSetting } from './muted-setting.tsx'
import { NotificationsSetting } from './notifications-setting.tsx'
import { Setting } from './setting.tsx'
import { UpdatesSetting } from './updates-setting.tsx'
import styles from './settings.module.css'

const CLOSE_WORDS: readonly { readonly value: CloseChoice; readonly label: string }[] = [
  { value: 'ask', label: 'Ask' },
  { value: 'keep-running', label: 'Keep running' },
  { value: 'quit', label: 'Quit' },
]

export type DesktopChanges = Parameters<DesktopClient['settings']['update']>[0]

/** What only the desktop app has: its window, notifications, the session of this computer. */
export function DesktopPanel() {
  return desktopClient === null ? <NoDesktop /> : <Desktop client={desktopClient} />
}

function NoDesktop() {
  const reason = <span className={styles.note}>In the desktop app only</span>
  return (
    <Panel title="Desktop" note="This window is in a browser">
      <Setting label="When the window is closed">{reason}</Setting>
      <Setting label="Open at login">{reason}</Setting>
      <Setting label="Notifications" note="Of failed tasks and alerts, with quiet hours">
        {reason}
      </Setting>
      <Setting label="Moving the data folder" note="Or stopped, with penstock move-data">
        {reason}
      </Setting>
      <Setting label="Newer versions">{reason}</Setting>
    </Panel>
  )
}

function Desktop({ client }: { readonly client: DesktopClient }) {
  const queryClient = useQueryClient()
  // Muted from a notification, meanwhile: asked again when the window or this page is looked at.
  const settings = useQuery({
    queryKey: DESKTOP_SETTINGS_KEY,
    queryFn: () => client.settings.get(),
    refetchOnMount: 'always',
    refetchOnWindowFocus: 'always',
  })
  const { mutate } = useMutation({
    mutationFn: (change: () => Promise<DesktopSettings>) => change(),
    onSuccess: (changed) => queryClient.setQueryData(DESKTOP_SETTINGS_KEY, changed),
    onError: (error) => showToast({ tone: 'failure', message: describeFailure(error).message }),
  })
  const update = (changes: DesktopChanges) => mutate(() => client.settings.update(changes))
  return (
    <Panel title="Desktop" note="of this computer">
      <QueryContent query={settings} what="desktop app’s settings">
        {({ onClose, openAtLogin, notifications, muted, problems }) => (
          <>
            {problems.map((problem) => (
              <div key={problem} className={styles.problem} role="status">
                <TriangleAlert size={16} strokeWidth={1.5} aria-hidden />
                <p>{problem}</p>
              </div>
            ))}
            <Setting
              label="When the window is closed"
              note="Kept running, Penstock is in the tray, and programs reach it"
            >
              <Segmented
                label="When the window is closed"
                choices={CLOSE_WORDS}
                value={onClose}
                onChange={(choice) => update({ onClose: choice })}
              />
            </Setting>
            <Setting label="Open at login" note={openAtLogin.reason ?? 'In the tray, without a window'}>
              <Switch
                label="Open at login"
                isLabelHidden
                isOn={openAtLogin.isOn}
                isDisabled={openAtLogin.reason !== null}
                onChange={(isOn) => update({ openAtLogin: isOn })}
              />
            </Setting>
            <NotificationsSetting
              settings={notifications}
              onChange={(changed) => update({ notifications: changed })}
            />
            <MutedSetting
              muted={muted}
              onUnmute={(subject) => mutate(() => client.settings.unmute({ subject }))}
            />
            <DataFolderSetting client={client} />
            <UpdatesSetting client={client} />
          </>
        )}
      </QueryContent>
    </Panel>
  )
}
