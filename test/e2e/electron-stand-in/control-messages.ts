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
  | { readonly kind: 'evaluated'; readonly id: number; readonly value?: unknown; readonly error?: string }
