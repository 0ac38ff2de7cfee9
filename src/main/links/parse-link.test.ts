import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { desktopMessage } from '../../shared/contract/desktop-contract.ts'
import { linkAmong, parseLink } from './parse-link.ts'

const TASK = '0199b2c4-7a1e-7c3d-9f00-aa117b02f9c4'

describe('a link', () => {
  it.each([`penstock://task/${TASK}`, `penstock://task/${TASK.toUpperCase()}/`, `PENSTOCK://task/${TASK}`])(
    'opens the task: %s',
    (link) => {
      expect(parseLink(link)).toEqual({ kind: 'open-task', taskId: TASK })
    },
  )

  it('fills in the submit dialog, and what it leaves out stays empty', () => {
    const input = encodeURIComponent('{"width": 800}')
    expect(parseLink(`penstock://submit?name=resize&queue=images&input=${input}`)).toEqual({
      kind: 'fill-submit',
      name: 'resize',
      queue: 'images',
      input: '{"width": 800}',
    })
    expect(parseLink('penstock://submit')).toEqual({
      kind: 'fill-submit',
      name: null,
      queue: null,
      input: null,
    })
  })

  it.each([
    '',
    'penstock:',
    'penstock://',
    'penstock://task/',
    'penstock://task/7',
    `penstock://task/../settings`,
    `penstock://task/${TASK}/cancel`,
    `penstock://task/${TASK}?do=retry`,
    `penstock://user:secret@task/${TASK}`,
    `penstock://task:8080/${TASK}`,
    `penstock://purge/default`,
    'penstock://submit?name=x&send=true',
    'penstock://submit/now?name=x',
    `penstock://submit?name=${'x'.repeat(257)}`,
    `penstock://submit?input=${'x'.repeat(10_000)}`,
    `https://example.com/?penstock://task/${TASK}`,
    'javascript:alert(1)',
  ])('that says anything else is refused in words: %s', (link) => {
    expect(parseLink(link)).toMatchObject({ kind: 'tell', tone: 'failure' })
  })

  it('is always something that the window knows, whatever is in it', () => {
    const link = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.string().map((rest) => `penstock://${rest}`),
    )
    fc.assert(
      fc.property(link, (text) => {
        const message = parseLink(text)
        expect(desktopMessage.parse(message)).toEqual(message)
        expect(['open-task', 'fill-submit', 'tell']).toContain(message.kind)
      }),
    )
  })

  it('is found among the arguments of a start, the last one, and nothing else is', () => {
    expect(linkAmong(['penstock', '--listen', '0=asynq', 'penstock://a', 'Penstock://b'])).toBe(
      'Penstock://b',
    )
    expect(linkAmong(['penstock', '.', '--data', '/penstock'])).toBeNull()
  })
})
