import type { LucideIcon } from 'lucide-react'

/** One line of the palette. */
export interface PaletteEntry {
  readonly id: string
  readonly group: string
  readonly title: string
  /** A few quiet words after the title. */
  readonly note?: string | undefined
  /** Found by these as well as by its title. */
  readonly keywords?: string | undefined
  readonly run: () => void
}

export interface IconEntry extends PaletteEntry {
  readonly icon: LucideIcon
  /** Keys that do the same. */
  readonly keys?: readonly string[] | undefined
}

export interface PaletteMatch<Entry extends PaletteEntry = PaletteEntry> {
  readonly entry: Entry
  /** Where in the title the text was found; null when it was found elsewhere. */
  readonly range: readonly [start: number, end: number] | null
}

/** Entries that contain every word of `text`, those whose title begins with it first; their own order otherwise. */
export function matchEntries<Entry extends PaletteEntry>(
  entries: readonly Entry[],
  text: string,
): readonly PaletteMatch<Entry>[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return entries.map((entry) => ({ entry, range: null }))
  const words = wanted.split(/\s+/)
  return entries.flatMap((entry): readonly PaletteMatch<Entry>[] => {
    const title = entry.title.toLowerCase()
    const all = `${title} ${entry.note ?? ''} ${entry.keywords ?? ''}`.toLowerCase()
    if (!words.every((word) => all.includes(word))) return []
    const start = title.indexOf(wanted)
    return [{ entry, range: start < 0 ? null : [start, start + wanted.length] }]
  })
}

/** Whether the text looks like the id of a task, whole, as a UUID. */
export function isTaskId(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text.trim())
}
