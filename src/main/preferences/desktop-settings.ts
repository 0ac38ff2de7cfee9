import type {
  CloseChoice,
  DesktopSettings,
  Muted,
  NotificationSettings,
} from '../../shared/contract/desktop-contract.ts'
import type { PreferencesFile } from './preferences-file.ts'

/** Starting with the session of the system; see `login-item.ts`. */
export interface LoginItem {
  get(): DesktopSettings['openAtLogin']
  set(isOn: boolean): void
}

interface SettingsChanges {
  readonly onClose?: CloseChoice
  readonly notifications?: NotificationSettings
  readonly openAtLogin?: boolean
}

/** What of the preferences people see and change in the window. */
export interface DesktopSettingsStore {
  get(): DesktopSettings
  update(changes: SettingsChanges): DesktopSettings
  mute(muted: Muted): void
  unmute(subject: string): DesktopSettings
  isMuted(subject: string): boolean
}

export interface SettingsOptions {
  readonly preferences: PreferencesFile
  readonly loginItem: LoginItem
  /** Epoch milliseconds. */
  now(): number
}

export function createDesktopSettings({
  preferences,
  loginItem,
  now,
}: SettingsOptions): DesktopSettingsStore {
  const standing = () => preferences.get().muted.filter(({ until }) => until > now())
  const get = (): DesktopSettings => {
    const { onClose, notifications } = preferences.get()
    return {
      onClose,
      notifications,
      muted: standing(),
      openAtLogin: loginItem.get(),
      problems: preferences.problems,
    }
  }
  return {
    get,
    update({ openAtLogin, ...changes }) {
      if (openAtLogin !== undefined) loginItem.set(openAtLogin)
      preferences.set(changes)
      return get()
    },
    mute(muted) {
      preferences.set({ muted: [...standing().filter(({ subject }) => subject !== muted.subject), muted] })
    },
    unmute(unwanted) {
      preferences.set({ muted: standing().filter(({ subject }) => subject !== unwanted) })
      return get()
    },
    isMuted: (wanted) => standing().some(({ subject }) => subject === wanted),
  }
}
