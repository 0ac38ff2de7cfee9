import { mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { crc32 } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { untilFinal, untilTask } from '../support/until.ts'
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.ts'
import { PORT_8000 } from './documented/port-8000.ts'
import { openServer, type TestServer } from './open-server.ts'

const TASKS = path.resolve(import.meta.dirname, '../../examples/tasks')
const NAME = 'image_super_resolution_pipeline'
const THREADS = 2

let server: TestServer
let folder: TemporaryFolder
let site: Server
let siteUrl: string
/** Where nobody listens. */
let closedPort: number
const uploads = new Map<string, { readonly type: string | undefined; readonly body: Buffer }>()
const at = (name: string) => path.join(folder.path, name)

beforeAll(async () => {
  folder = temporaryFolder()
  await drawings()
  site = createServer(answer).listen(0, '127.0.0.1')
  await once(site, 'listening')
  siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  const gone = createServer().listen(0, '127.0.0.1')
  await once(gone, 'listening')
  closedPort = (gone.address() as AddressInfo).port
  gone.close()
  server = await openServer({ dialects: PORT_8000, tasksFolder: TASKS, threads: THREADS })
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  site.closeAllConnections()
  site.close()
  folder[Symbol.dispose]()
})

const colour = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#3b82f6' } })

async function drawings(): Promise<void> {
  await colour(64, 36).png().toFile(at('wide.png'))
  await colour(30, 45).jpeg().toFile(at('tall.jpg'))
  await colour(20, 20).webp().toFile(at('square.webp'))
  // As a phone held upright writes it: 40 × 20, to be turned by a quarter.
  await colour(40, 20).withMetadata({ orientation: 6 }).jpeg().toFile(at('turned.jpg'))
  writeFileSync(at('drawing.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
  writeFileSync(at('letter.txt'), 'no image at all')
  writeFileSync(at('empty.png'), '')
  writeFileSync(at('bomb.png'), pngHeader(100_000, 100_000))
  writeFileSync(at('large.png'), pngHeader(6000, 5000))
  writeFileSync(at('heavy.png'), '')
  truncateSync(at('heavy.png'), 50 * 1_048_576 + 1)
  mkdirSync(at('a-folder.png'))
}

/** The beginning of a PNG that says to be so large; a few bytes that would need gigabytes. */
function pngHeader(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const length = Buffer.alloc(4)
    length.writeUInt32BE(data.length)
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const size = Buffer.alloc(13)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  size.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', size),
    chunk('IDAT', Buffer.alloc(0)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function answer(...[request, response]: Parameters<Parameters<typeof createServer>[1] & object>): void {
  const url = request.url ?? ''
  if (request.method === 'PUT') {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      if (url.startsWith('/forbidden')) return void response.writeHead(403).end()
      uploads.set(url, { type: request.headers['content-type'], body: Buffer.concat(parts) })
      response.writeHead(200).end()
    })
  } else if (url === '/tall.jpg')
    void colour(30, 45)
      .jpeg()
      .toBuffer()
      .then((image) => response.end(image))
  else if (url === '/endless.png') {
    const piece = Buffer.alloc(1_048_576)
    const more = () => {
      while (!response.destroyed && response.write(piece));
    }
    response.on('drain', more)
    more()
  } else if (url === '/broken.png') response.writeHead(503).end()
  else response.writeHead(404).end()
}

const submit = async (args: readonly unknown[], kwargs: object = {}, sync = true) =>
  (await server.post('/api/v1/tasks', { task_name: NAME, args, kwargs, sync })).body

describe('the pipeline of the document', () => {
  it('answers as it shows: reads a file, classifies it, enlarges it and writes a file', async () => {
    const body = await submit([at('wide.png'), at('wide-large.png')])

    expect(body).toMatchObject({ state: 'SUCCESS', progress: 1, error: null })
    expect(body.result).toEqual({
      task_id: body.task_id,
      input_url: at('wide.png'),
      output_url: at('wide-large.png'),
      classification: { category: 'landscape', width: 64, height: 36, aspect_ratio: 1.78 },
      enlarged: { width: 128, height: 72, format: 'png', bytes: expect.any(Number) },
    })
    expect(await sharp(at('wide-large.png')).metadata()).toMatchObject({
      format: 'png',
      width: 128,
      height: 72,
    })
  })

  it('does its stages as tasks of their own, and tells how far it is', async () => {
    const body = await submit([at('wide.png'), at('staged.png')])
    const subtasks = await Promise.all(body.subtasks.map((id: string) => untilFinal(server.broker, id)))

    expect(subtasks.map(({ name, queue, state }) => [name, queue, state])).toEqual([
      ['image_read', 'io', 'succeeded'],
      ['image_classify', 'cpu', 'succeeded'],
      ['image_enlarge', 'cpu', 'succeeded'],
      ['image_write', 'io', 'succeeded'],
    ])
    const history = await server.broker.progressHistory(body.task_id, { limit: 100 })
    expect(history.map(({ stage, fraction }) => [stage, fraction])).toEqual([
      ['reading', 0],
      ['classifying', 0.3],
      ['enlarging', 0.4],
      ['writing', 0.8],
      ['done', 1],
    ])
    expect(readdirSync(path.join(tmpdir(), 'penstock-images'))).not.toContain(`${body.task_id}-1`)
  })

  it('reads from the web and uploads with PUT', async () => {
    const body = await submit([`${siteUrl}/tall.jpg`, `${siteUrl}/bucket/output.jpg?sign=1`], { scale: 3 })

    expect(body.result).toMatchObject({
      classification: { category: 'portrait', width: 30, height: 45, aspect_ratio: 0.67 },
      enlarged: { width: 90, height: 135, format: 'jpeg' },
    })
    const upload = uploads.get('/bucket/output.jpg?sign=1')!
    expect(upload.type).toBe('image/jpeg')
    expect(upload.body).toHaveLength(body.result.enlarged.bytes)
    expect(await sharp(upload.body).metadata()).toMatchObject({ format: 'jpeg', width: 90, height: 135 })
  })

  it.each([
    ['square.webp', { category: 'square', width: 20, height: 20, aspect_ratio: 1 }],
    ['turned.jpg', { category: 'portrait', width: 20, height: 40, aspect_ratio: 0.5 }],
  ])('classifies %s as it is seen', async (file, classification) => {
    const target = at(`${file}-large.avif`)
    const { result } = await submit([pathToFileURL(at(file)).href, target])

    expect(result.classification).toEqual(classification)
    expect(await sharp(target).metadata()).toMatchObject({
      width: 2 * classification.width,
      height: 2 * classification.height,
    })
  })

  it('takes its two places by name as well, and keeps the format where no ending says another', async () => {
    const body = await submit([], { input_url: at('square.webp'), output_url: at('plain') })

    expect(body.result.enlarged).toMatchObject({ format: 'webp' })
  })

  it('ends however many of them there are for the threads', async () => {
    const many = Array.from({ length: 4 * THREADS }, (_, index) => at(`many-${index}.png`))
    const ids = await Promise.all(
      many.map(async (target) => (await submit([at('wide.png'), target], {}, false)).task_id as string),
    )
    const tasks = await Promise.all(ids.map((id) => untilFinal(server.broker, id)))

    expect(tasks.map(({ state }) => state)).toEqual(many.map(() => 'succeeded'))
  }, 60_000)
})

describe('what is hostile or wrong', () => {
  const GOOD = () => at('refused.png')
  interface Case {
    readonly args: () => readonly unknown[]
    readonly message: RegExp
    readonly kwargs?: object
  }
  const CASES: readonly (readonly [what: string, Case])[] = [
    ['nothing', { args: () => [], message: /^Give the input as an http/ }],
    ['no output', { args: () => [at('wide.png')], message: /^Give the output as an http/ }],
    ['a number', { args: () => [5, GOOD()], message: /^Give the input as/ }],
    ['a relative path', { args: () => ['images/wide.png', GOOD()], message: /'images\/wide\.png' is none/ }],
    ['a path out of the folder', { args: () => ['../../etc/passwd', GOOD()], message: /is none/ }],
    ['a zero byte', { args: () => [`${at('wide.png')}\0.png`, GOOD()], message: /zero byte/ }],
    [
      'another protocol',
      { args: () => ['ftp://example.com/a.png', GOOD()], message: /'ftp:' is not understood/ },
    ],
    [
      'a file of another machine',
      { args: () => ['file://elsewhere/a.png', GOOD()], message: /no file of this machine/ },
    ],
    [
      'a password',
      { args: () => ['http://a:b@127.0.0.1/a.png', GOOD()], message: /must not have a name and a password/ },
    ],
    [
      'a file that is not there',
      { args: () => [at('nowhere.png'), GOOD()], message: /nowhere\.png cannot be read: ENOENT/ },
    ],
    ['a folder', { args: () => [at('a-folder.png'), GOOD()], message: /is no file\.$/ }],
    ['a device without an end', { args: () => ['/dev/zero', GOOD()], message: /\/dev\/zero is no file\.$/ }],
    ['an empty file', { args: () => [at('empty.png'), GOOD()], message: /^There is nothing in/ }],
    ['text', { args: () => [at('letter.txt'), GOOD()], message: /no image that can be read/ }],
    [
      'a drawing that is a program',
      { args: () => [at('drawing.svg'), GOOD()], message: /kind 'svg' is not taken/ },
    ],
    [
      'a bomb',
      { args: () => [at('bomb.png'), GOOD()], message: /100000 × 100000 pixels, which is too many/ },
    ],
    ['too many bytes', { args: () => [at('heavy.png'), GOOD()], message: /at most 50 MB/ }],
    [
      'too many bytes of the web',
      { args: () => [`${siteUrl}/endless.png`, GOOD()], message: /at most 50 MB/ },
    ],
    [
      'a page that is not there',
      { args: () => [`${siteUrl}/nowhere.png`, GOOD()], message: /nowhere\.png answered 404/ },
    ],
    [
      'what would be too large',
      {
        args: () => [at('large.png'), GOOD()],
        message: /24000 × 20000 pixels.*smaller scale/,
        kwargs: { scale: 4 },
      },
    ],
    [
      'half an image',
      { args: () => [at('large.png'), GOOD()], message: /cannot be enlarged/, kwargs: { scale: 1 } },
    ],
    [
      'a wrong scale',
      {
        args: () => [at('wide.png'), GOOD()],
        message: /'scale' must be a number, 1 to 4/,
        kwargs: { scale: 9 },
      },
    ],
    [
      'an output of another kind',
      { args: () => [at('wide.png'), at('run.exe')], message: /cannot be written as '\.exe'/ },
    ],
    [
      'an output that is the input',
      { args: () => [at('wide.png'), at('wide.png')], message: /must not be the input/ },
    ],
    [
      'an output nowhere',
      { args: () => [at('wide.png'), at('none/out.png')], message: /is there a folder .*none, and/ },
    ],
    [
      'an output that is a folder',
      { args: () => [at('wide.png'), at('a-folder.png')], message: /is there and is no file/ },
    ],
    [
      'an upload that is refused',
      { args: () => [at('wide.png'), `${siteUrl}/forbidden.png`], message: /answered 403 to the upload/ },
    ],
  ]

  it.each(CASES)(
    '%s is refused in clear words, once and for all',
    async (_what, { args, message, kwargs }) => {
      const body = await submit(args(), kwargs)

      expect(body).toMatchObject({ state: 'FAILURE', result: null, retry_count: 0 })
      expect(body.error).toMatch(message)
    },
  )

  it.each([
    ['does not answer', () => `http://127.0.0.1:${closedPort}/a.png`, /cannot be reached: .*ECONNREFUSED/],
    ['has no name', () => 'http://nobody.invalid/a.png', /nobody\.invalid cannot be reached: /],
    ['is out of order', () => `${siteUrl}/broken.png`, /broken\.png answered 503/],
  ])('a site that %s is tried again', async (_what, source, message) => {
    const { task_id: id } = await submit([source(), at('later.png')], {}, false)
    const task = await untilTask(server.broker, id, ({ state }) => state === 'retrying')

    expect(task.error?.message).toMatch(message)
    await server.broker.cancel(id, { terminate: true })
  })

  it('a stage that nobody may submit touches no file', async () => {
    for (const kwargs of [
      {},
      { pipeline: '../../etc', attempt: 1 },
      { pipeline: 5, attempt: 1, source: '/etc/passwd' },
    ]) {
      const { body } = await server.post('/api/v1/tasks', { task_name: 'image_read', kwargs, sync: true })
      expect(body).toMatchObject({
        state: 'FAILURE',
        error: expect.stringContaining('submitted by its pipeline'),
      })
    }
  })
})
