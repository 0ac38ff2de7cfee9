export type CsvCell = string | number | null

/** A spreadsheet takes such text for a formula, also behind spaces and in full-width characters. */
const FORMULA = /^(?:[\t\r\n]|\s*[=+\-@＝＋－＠])/
const NEEDS_QUOTES = /[",;\t\r\n']|^\s|\s$/

/**
 * One line of RFC 4180, with its end. Text that a spreadsheet would run as a formula gets an apostrophe
 * in front, which it shows as text.
 */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(toField).join(',')}\r\n`
}

function toField(cell: CsvCell): string {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = FORMULA.test(cell) ? `'${cell}` : cell
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
