/**
 * What `npm start -- …` was given: our own flags, and the rest, which the program gets.
 *
 * @typedef {object} StartOptions
 * @property {boolean} isBrowserWanted `--browser`: no desktop window, even where it could be had
 * @property {boolean} mayOpenBrowser false with `--no-open`
 * @property {readonly string[]} electronSwitches Chromium's own, that only Electron understands
 * @property {readonly string[]} programArgs
 */

const ELECTRON_SWITCHES = ['--no-sandbox', '--disable-gpu']

/**
 * @param {readonly string[]} args
 * @returns {StartOptions}
 */
export function parseStartOptions(args) {
  const ours = ['--browser', '--no-open', ...ELECTRON_SWITCHES]
  return {
    isBrowserWanted: args.includes('--browser'),
    mayOpenBrowser: !args.includes('--no-open'),
    electronSwitches: args.filter((arg) => ELECTRON_SWITCHES.includes(arg)),
    programArgs: args.filter((arg) => !ours.includes(arg)),
  }
}
