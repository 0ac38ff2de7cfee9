import { describe, expect, it } from 'vitest'
import { DEFAULT_QUEUE_SETTINGS, type QueueSettings } from '../../../shared/domain/queue-settings.ts'
import { draftOfSettings, readSettingsDraft, type SettingsDraft } from './settings-draft.ts'

const own: QueueSettings = {
  concurrency: 8,
  rateLimit: { count: 90, perMs: 60_000 },
  timeoutMs: 30_000,
  queueTimeoutMs: null,
  maxRetries: 0,
  backoff: { baseMs: 500, factor: 1.5, capMs: 60_000, jitter: 'none' },
  retentionMs: 86_400_000,
  retentionCount: null,
}
const read = (changes: Partial<SettingsDraft>, settings = own) =>
  readSettingsDraft({ ...draftOfSettings(settings), ...changes }, settings)

describe('the form of a queue’s settings', () => {
  it('changes nothing as long as nobody has typed', () => {
    expect(read({})).toEqual({ changes: {}, problems: null })
    expect(read({}, DEFAULT_QUEUE_SETTINGS)).toEqual({ changes: {}, problems: null })
  })

  it('sends what was changed, and nothing else', () => {
    expect(read({ concurrency: '12', timeout: '1m 30s' })).toEqual({
      changes: { concurrency: 12, timeoutMs: 90_000 },
      problems: null,
    })
  })

  it('takes a setting away where the field was emptied', () => {
    expect(read({ rateCount: '', maxRetries: ' ' })).toEqual({
      changes: { rateLimit: null, maxRetries: null },
      problems: null,
    })
  })

  it('keeps the spread of a back-off that it does not show', () => {
    expect(read({ backoffBase: '2s' })).toMatchObject({
      changes: { backoff: { baseMs: 2000, factor: 1.5, capMs: 60_000, jitter: 'none' } },
    })
  })

  it.each([
    ['concurrency', '0'],
    ['concurrency', '1.5'],
    ['rateCount', '-3'],
    ['ratePer', 'soon'],
    ['timeout', '0s'],
    ['timeout', '9999h'],
    ['maxRetries', 'many'],
    ['backoffFactor', '0.5'],
    ['retention', '10ms'],
  ] as const)('says what is wrong with %s %j', (field, typed) => {
    expect(Object.keys(read({ [field]: typed }).problems ?? {})).toContain(field)
  })

  it('wants all of a back-off or none', () => {
    expect(read({ backoffCap: '' }).problems).toEqual({ backoffCap: 'All three, or none.' })
    expect(read({ backoffBase: '', backoffFactor: '', backoffCap: '' })).toMatchObject({
      changes: { backoff: null },
    })
  })
})
