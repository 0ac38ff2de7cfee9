/** `camelCase` of the domain as `snake_case` of the wire. */
export const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The same for every key; values stay. */
export function snakeCaseKeys(details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(details).map(([key, value]) => [snakeCase(key), value]))
}
