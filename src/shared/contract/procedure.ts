import { oc, type } from '@orpc/contract'

/**
 * Code of every refusal, as the `data` of an error; see `domain/errors.ts`. Input that does not fit
 * this contract is refused the same way, as `INVALID_REQUEST` with the `path` of the field.
 */
const failures = {
  REFUSED: { status: 422, data: type<{ readonly code: string; readonly details: unknown }>() },
}

/** What every call of the contract begins with. */
export const procedure = oc.errors(failures)
