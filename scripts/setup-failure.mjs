/** Something the person at the terminal has to act on; its message says what to do. */
export class SetupFailure extends Error {
  /**
   * @param {string} message what went wrong and what to do about it
   * @param {string} [output] what the tool that failed printed
   */
  constructor(message, output = '') {
    super(message)
    this.name = 'SetupFailure'
    this.output = output
  }
}
