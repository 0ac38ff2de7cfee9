import { say } from './say.mjs'
import { SetupFailure } from './setup-failure.mjs'

/**
 * Runs a script's main function and exits with the code it answers. A failure the person can act on
 * ends as one line after the failing tool's own output; a bug ends with its stack.
 *
 * @param {() => Promise<number>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    if (error instanceof SetupFailure) {
      if (error.output !== '') process.stderr.write(`${error.output.trimEnd()}\n`)
      say(error.message)
    } else {
      console.error(error)
    }
    process.exitCode = 1
  }
}
