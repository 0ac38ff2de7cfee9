import * as z from 'zod'
import { CLOSE_CHOICES, notificationSettings } from '../../shared/contract/desktop-contract.ts'
import { ALERT_TYPES } from '../../shared/domain/alert.ts'

/** Everything, but not at night once quiet hours are switched on. */
const USUAL_NOTIFICATIONS = {
  failedTasks: true,
  alerts: [...ALERT_TYPES],
  quietHours: { isOn: false, from: 22 * 60, until: 7 * 60 },
}

const muted = z.object({ subject: z.string(), label: z.string(), until: z.number() })

const place = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  isMaximized: z.boolean(),
})

/** Where the window was when it was seen last, in the coordinates of all screens together. */
export type WindowPlace = z.infer<typeof place>

/**
 * What the desktop app remembers of its own. Not of the broker: that is in the data folder, and this
 * says which folder that is. Whatever a file lacks has its default, so that an older file is read too.
 */
export const preferencesSchema = z.object({
  window: place.nullable().default(null),
  /** Null is the usual one, `data` beside this file. */
  dataFolder: z.string().min(1).nullable().default(null),
  /** Null is the usual one, `tasks` beside this file. */
  tasksFolder: z.string().min(1).nullable().default(null),
  onClose: z.enum(CLOSE_CHOICES).default('ask'),
  notifications: notificationSettings.default(USUAL_NOTIFICATIONS),
  muted: z.array(muted).max(1000).default([]),
})

export type Preferences = z.infer<typeof preferencesSchema>

export const DEFAULT_PREFERENCES: Preferences = preferencesSchema.parse({})
