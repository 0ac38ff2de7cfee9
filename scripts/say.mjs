/**
 * Says what is being done, in one line on standard error: standard output belongs to the program.
 *
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`penstock: ${line}\n`)
}
