/** What V8 itself says before it ends a process. Task code prints there too, and must not be quoted in logs. */
const FATAL =
  /FATAL ERROR: (?:[\w:]+(?:\(\))? )?(?:(?:Ineffective mark-compacts near|Reached|invalid array length|invalid table size|Committing semi space failed|Allocation failed)[\w .-]*?)?(?:Allocation failed - JavaScript heap out of memory|Allocation failed|JavaScript heap out of memory)/

/** Why an executor process ended, as far as V8 has told it on standard error; null when it has not. */
export function toLastWords(stderr: string): string | null {
  return FATAL.exec(stderr)?.[0] ?? null
}
