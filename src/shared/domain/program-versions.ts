/** What a program of Penstock is and what it runs on; what people put into a report of a bug. */
export interface ProgramVersions {
  readonly penstock: string
  /** Null where it runs without. */
  readonly electron: string | null
  readonly node: string
  /** Null where it has no database of its own. */
  readonly sqlite: string | null
  /** The operating system with its version, as it names itself: `Linux 6.12.0`. */
  readonly system: string
  /** Architecture, cores and model: `x64, 8 × AMD Ryzen 7`. */
  readonly processor: string
}

/** One line each, for pasting. */
export function describeProgram(versions: ProgramVersions): string {
  const { penstock, sqlite, system, processor } = versions
  const database = sqlite === null ? [] : [`SQLite ${sqlite}`]
  return [`Penstock ${penstock}`, describeRuntime(versions), ...database, system, processor].join('\n')
}

export function describeRuntime({ electron, node }: Pick<ProgramVersions, 'electron' | 'node'>): string {
  return electron === null ? `Node ${node}` : `Electron ${electron}, Node ${node}`
}
