import { safeText } from './safe-text.ts'

const GAP = '  '

/** Columns as wide as their widest cell, numbers to the right. Without rows only the heads. */
export function renderTable(
  heads: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  maxCell = 60,
): string {
  const cells = [heads, ...rows].map((row) => row.map((cell) => safeText(String(cell), maxCell)))
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)))
  const isNumeric = heads.map(
    (_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'),
  )
  return cells
    .map((row) =>
      row
        .map((cell, column) =>
          isNumeric[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
        )
        .join(GAP)
        .trimEnd(),
    )
    .join('\n')
}
