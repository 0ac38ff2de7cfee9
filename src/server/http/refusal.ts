/**
 * An answer that is no success, before a dialect gives it its shape. `code` is a word of the dialect
 * already, or one of the general ones: `INVALID_REQUEST`, `UNAUTHORIZED`, `FORBIDDEN`, `NOT_FOUND`,
 * `INTERNAL_ERROR`.
 */
export interface Problem {
  /** HTTP status, 400 to 599. */
  readonly status: number
  readonly code: string
  /** For people; says what to do. */
  readonly message: string
  readonly details?: Readonly<Record<string, unknown>> | undefined
  /** Further headers of the answer, as `allow`. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/** Throw it in a route to answer with a problem. */
export class HttpRefusal extends Error {
  readonly problem: Problem

  constructor(problem: Problem, options?: { readonly cause?: unknown }) {
    super(problem.message, options)
    this.name = 'HttpRefusal'
    this.problem = problem
  }
}

export const invalidRequest = (message: string, status = 400): Problem => ({
  status,
  code: 'INVALID_REQUEST',
  message,
})
