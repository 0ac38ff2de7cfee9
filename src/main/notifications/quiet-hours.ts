import type { NotificationSettings } from '../../shared/contract/desktop-contract.ts'

const DAY_MINUTES = 24 * 60
const MINUTE_MS = 60_000

/**
 * How long no notification is wanted from now on, in milliseconds; 0 outside of quiet hours. Hours whose
 * end is their beginning are the whole day.
 *
 * @param now minutes from midnight by the computer's clock
 */
export function quietForMs({ isOn, from, until }: NotificationSettings['quietHours'], now: number): number {
  if (!isOn) return 0
  const length = until > from ? until - from : until - from + DAY_MINUTES
  const passed = (now - from + DAY_MINUTES) % DAY_MINUTES
  return passed < length ? (length - passed) * MINUTE_MS : 0
}
