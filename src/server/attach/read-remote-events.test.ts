import { describe, expect, it } from 'vitest'
import { readRemoteEvents } from './read-remote-events.ts'

const streamOf = (...chunks: readonly string[]) =>
  new Blob([]).stream().pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      flush(controller) {
        for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk))
      },
    }),
  )

async function read(stream: ReadableStream<Uint8Array>, maxEventBytes?: number) {
  const events = []
  for await (const event of readRemoteEvents(stream, maxEventBytes)) events.push(event)
  return events
}

describe('server-sent events', () => {
  const text =
    ': hello\n\nid: 7\nevent: started\ndata: {"a":\ndata:1}\n\ndata: ü\n\nretry: 5\n\nid: 8\n\ndata: unfinished'
  const expected = [
    { id: '7', name: 'started', data: '{"a":\n1}' },
    { id: '7', name: 'message', data: 'ü' },
  ]

  it.each([
    ['LF', text],
    ['CR LF', text.replaceAll('\n', '\r\n')],
    ['CR', text.replaceAll('\n', '\r')],
  ])('are read with lines that end in %s, whole or byte by byte', async (_name, written) => {
    expect(await read(streamOf(written))).toEqual(expected)
    const bytes = [...new TextEncoder().encode(written)]
    const slowly = new ReadableStream<Uint8Array>({
      pull(controller) {
        const byte = bytes.shift()
        if (byte === undefined) controller.close()
        else controller.enqueue(Uint8Array.of(byte))
      },
    })
    expect(await read(slowly)).toEqual(expected)
  })

  it('are refused when one never ends, and may go on for ever when each does', async () => {
    await expect(read(streamOf('data: x\n\n', 'data: ', 'y'.repeat(200)), 100)).rejects.toThrow(
      'more than 100 bytes',
    )
    const many = Array.from({ length: 50 }, () => 'data: 12345\n\n')
    expect(await read(streamOf(...many), 100)).toHaveLength(50)
  })
})
