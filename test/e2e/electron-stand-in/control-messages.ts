/** Between a test and the program it runs, over the pipe of the process. */
export type ToProgram = {
  readonly kind: 'evaluate'
  readonly id: number
  /** Text of a function of the electron module and one argument. */
  readonly source: string
  readonly argument: unknown
}

export type FromProgram =
  | { readonly kind: 'browser'; readonly endpoint: string }
  /** The program has ended, and wants to be started again; told by `app.relaunch` for whoever outlives it. */
  | { readonly kind: 'relaunch'; readonly execPath: string; readonly args: readonly string[] }
  | { readonly kind: 'evaluated'; readonly id: number; readonly value?: unknown; readonly error?: string }
