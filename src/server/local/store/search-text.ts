/** Of each field, how many characters can be found. */
const SEARCHED_LENGTH = 16_384

const FIELDS = ['args', 'kwargs', 'metadata', 'error', 'result'] as const

/** What of a task is searched, as SQL. The index is filled from it and every hit is checked against it. */
export const SEARCHED_COLUMNS: readonly string[] = [
  'id',
  'name',
  ...FIELDS.map((field) => `substr(${field}, 1, ${SEARCHED_LENGTH})`),
]

const MAX_TEXT_LENGTH = 256
const PIECE_LENGTH = 3

/** What the index can hold of a piece: no half of a character and no end of a C string. */
const isIndexable = (character: string) => character !== '\0' && !/^[\uD800-\uDFFF]$/.test(character)

/**
 * The forms in which a text may stand in a task: as it is, and as it is written inside JSON. Each is
 * looked for letter for letter, but for upper and lower case of A to Z.
 */
export function formsOf(text: string): readonly string[] {
  const literal = text.slice(0, MAX_TEXT_LENGTH)
  return [...new Set([literal, JSON.stringify(literal).slice(1, -1)])]
}

/**
 * A full-text query for every task that may hold `text`: all its pieces of three letters, each quoted,
 * so that nothing in it is syntax. Null when it is too short to have any.
 */
export function toMatch(text: string): string | null {
  const forms = formsOf(text).map(piecesOf)
  if (forms.some((pieces) => pieces.length === 0)) return null
  return forms.map((pieces) => `(${pieces.map(quote).join(' AND ')})`).join(' OR ')
}

function piecesOf(text: string): readonly string[] {
  const characters = Array.from(text)
  const pieces = new Set<string>()
  for (let start = 0; start + PIECE_LENGTH <= characters.length; start += 1) {
    const piece = characters.slice(start, start + PIECE_LENGTH)
    if (piece.every(isIndexable)) pieces.add(piece.join(''))
  }
  return [...pieces]
}

const quote = (piece: string) => `"${piece.replaceAll('"', '""')}"`
