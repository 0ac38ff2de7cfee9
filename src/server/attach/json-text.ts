import type { JsonText } from '../../shared/domain/json.ts'

/** A JSON object of fields that are JSON already, so that no digit of theirs changes; undefined ones are left out. */
export function objectText(fields: Readonly<Record<string, JsonText | undefined>>): string {
  const members = Object.entries(fields).filter(
    (member): member is [string, JsonText] => member[1] !== undefined,
  )
  return `{${members.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`
}

/** A plain value as JSON; undefined stays undefined. */
export function textOf<Value extends string | number | boolean | null>(value: Value): JsonText
export function textOf<Value extends string | number | boolean | null>(
  value: Value | undefined,
): JsonText | undefined
export function textOf(value: string | number | boolean | null | undefined): JsonText | undefined {
  return value === undefined ? undefined : (JSON.stringify(value) as JsonText)
}
