import { useMemo } from 'react'
import type { FailureGroup } from '../../../shared/domain/broker.ts'
import { useMaskText } from '../../ui/json/secret-reveal.tsx'

/** Groups of failures with the secrets in their messages masked. */
export function useMaskedFailures(groups: readonly FailureGroup[]): readonly FailureGroup[] {
  const mask = useMaskText()
  return useMemo(() => groups.map((group) => ({ ...group, message: mask(group.message) })), [groups, mask])
}
