import { eventIterator, oc, type } from '@orpc/contract'
import * as z from 'zod'
import { ALERT_TYPES } from '../domain/alert.ts'
import { byBackupName } from './backup-calls.ts'
import type { MoveOutcome } from '../domain/data-move.ts'
import { procedure } from './procedure.ts'
import { updateCalls } from './update-calls.ts'
import { WINDOW_COMMANDS } from './window-commands.ts'

const text = z.string().max(1000)

/** What the desktop app tells its window. Only ever shows, opens or fills in: what is done is done by people. */
export const desktopMessage = z.discriminatedUnion('kind', [
  /** As if the entry had been chosen in the palette. */
  z.strictObject({ kind: z.literal('command'), id: z.enum(WINDOW_COMMANDS) }),
  z.strictObject({ kind: z.literal('open-task'), taskId: z.uuid() }),
  z.strictObject({
    kind: z.literal('fill-submit'),
    name: text.nullable(),
    queue: text.nullable(),
    /** JSON, unread. */
    input: z.string().max(100_000).nullable(),
  }),
  z.strictObject({ kind: z.literal('tell'), tone: z.enum(['success', 'failure', 'plain']), message: text }),
  /** The window is being closed, and nobody has said yet what that means. */
  z.strictObject({ kind: z.literal('ask-close') }),
])
export type DesktopMessage = z.infer<typeof desktopMessage>

const minuteOfDay = z.number().int().min(0).max(1439)

export const notificationSettings = z.strictObject({
  /** Of tasks that became dead letters. */
  failedTasks: z.boolean(),
  /** Of which rules an alert is shown. */
  alerts: z.array(z.enum(ALERT_TYPES)).max(ALERT_TYPES.length),
  /** In minutes from midnight, by the computer's clock; `from` after `until` goes over midnight. */
  quietHours: z.strictObject({ isOn: z.boolean(), from: minuteOfDay, until: minuteOfDay }),
})
export type NotificationSettings = z.infer<typeof notificationSettings>

/** What closing the window means; `ask` until somebody has said. */
export const CLOSE_CHOICES = ['ask', 'keep-running', 'quit'] as const
export type CloseChoice = (typeof CLOSE_CHOICES)[number]

/** Something of which no notification is shown for a while. */
export interface Muted {
  readonly subject: string
  /** For people: a task name, an alert. */
  readonly label: string
  readonly until: number
}

export interface DesktopSettings {
  readonly onClose: CloseChoice
  readonly notifications: NotificationSettings
  readonly muted: readonly Muted[]
  /** `reason` says why it cannot be set here; null where it can. */
  readonly openAtLogin: { readonly isOn: boolean; readonly reason: string | null }
  /** What went wrong with the desktop app's own settings, for people. */
  readonly problems: readonly string[]
}

/** What came of a copy that was to be saved. */
export type SavedCopy =
  | { readonly kind: 'saved'; readonly file: string }
  /** Nobody chose a place. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string }

/** Where the local broker's data are, and are to be. */
export interface DataFolderState {
  readonly folder: string
  /** Where the next start moves them; null for nowhere. */
  readonly askedMove: string | null
  /** What came of it at this start; null when it was not asked for. */
  readonly moved: MoveOutcome | null
}

/**
 * What the window may ask of the desktop app around it. Served over a port of its own, never over HTTP: it
 * is about this computer, whatever broker the window shows.
 */
export const desktopContract = {
  /** Everything the app has to say; one reader at a time, the newest. What is said before waits. */
  messages: oc.output(eventIterator(desktopMessage)),
  settings: {
    get: oc.output(type<DesktopSettings>()),
    /** What is left out stays. */
    update: oc
      .input(
        z.strictObject({
          onClose: z.enum(CLOSE_CHOICES).exactOptional(),
          notifications: notificationSettings.exactOptional(),
          openAtLogin: z.boolean().exactOptional(),
        }),
      )
      .output(type<DesktopSettings>()),
    unmute: oc.input(z.strictObject({ subject: text })).output(type<DesktopSettings>()),
  },
  dataFolder: {
    get: procedure.output(type<DataFolderState>()),
    /** Asks the person with the system's own dialog; no page names a folder. */
    askMove: procedure.output(type<DataFolderState>()),
    withdrawMove: procedure.output(type<DataFolderState>()),
  },
  updates: updateCalls,
  /** Of a backup of the broker on this computer. Where it goes is asked by the system, and never by the page. */
  saveBackupCopy: oc.input(byBackupName).output(type<SavedCopy>()),
  /** Stops in order and starts again. */
  restart: oc.output(type<void>()),
  /** The answer to `ask-close`; both of the choices are remembered. */
  answerClose: oc
    .input(z.strictObject({ choice: z.enum(['keep-running', 'quit', 'stay']) }))
    .output(type<void>()),
}

export type DesktopContract = typeof desktopContract
