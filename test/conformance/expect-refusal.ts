import { expect } from 'vitest'
import { type BrokerErrorCode, isBrokerError } from '../../src/shared/domain/errors.ts'

/** The call must be refused with this code and a message for people; answers the refusal's details. */
export async function expectRefusal(
  call: Promise<unknown>,
  code: BrokerErrorCode,
): Promise<Record<string, unknown>> {
  const error = await call.then(
    () => new Error(`It was not refused; ${code} was expected.`),
    (thrown: unknown) => thrown,
  )
  if (!isBrokerError(error)) throw error
  expect(error.code).toBe(code)
  expect(error.message.length).toBeGreaterThan(10)
  return { ...error.details }
}
