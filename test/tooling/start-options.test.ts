import { describe, expect, it } from 'vitest'
import { parseStartOptions } from '../../scripts/start-options.mjs'

describe('parseStartOptions', () => {
  it('keeps its own flags and passes the rest to the program, in order', () => {
    expect(
      parseStartOptions(['--browser', '--data', 'there', '--no-open', '--listen', '9000=asynq']),
    ).toEqual({
      isBrowserWanted: true,
      mayOpenBrowser: false,
      electronSwitches: [],
      programArgs: ['--data', 'there', '--listen', '9000=asynq'],
    })
  })

  it('gives Chromium’s switches to Electron alone', () => {
    expect(parseStartOptions(['--no-sandbox', '--data', 'there'])).toMatchObject({
      isBrowserWanted: false,
      mayOpenBrowser: true,
      electronSwitches: ['--no-sandbox'],
      programArgs: ['--data', 'there'],
    })
  })
})
