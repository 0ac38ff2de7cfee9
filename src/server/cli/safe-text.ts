const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g

/**
 * Text of a broker as it may be shown in a terminal: what could move the cursor, colour or turn around the
 * line is replaced, so a task's name cannot pretend to be our own words.
 * @param most characters; longer text ends with an ellipsis.
 */
export function safeText(text: string, most = 2000): string {
  const flat = text.replaceAll(CONTROL, (character) =>
    character === '\n' || character === '\t' ? ' ' : '\ufffd',
  )
  return flat.length > most ? `${flat.slice(0, most - 1)}…` : flat
}
