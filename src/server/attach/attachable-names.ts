/** What a server elsewhere may speak: the contract of a Penstock's window, or one of the five dialects. */
export const ATTACHABLE_NAMES = ['contract', 'dtqs', 'turbine', 'asynq', 'taskqueue', 'taskmanager'] as const
export type AttachableName = (typeof ATTACHABLE_NAMES)[number]
