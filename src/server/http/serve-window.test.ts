import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHttpServer } from './create-http-server.ts'
import { serveWindow } from './serve-window.ts'
import { WINDOW_POLICY } from './window-policy.ts'

let root: string
let folder: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'penstock-window-'))
  folder = join(root, 'window')
  await mkdir(join(folder, 'assets'), { recursive: true })
  await writeFile(join(root, 'secret.txt'), 'classified')
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Penstock</title>')
  await writeFile(join(folder, 'assets', 'index-B3xYz0aQ.js'), 'export {}')
})
afterAll(() => rm(root, { recursive: true, force: true }))

async function openWindow(windowFolder: string | null) {
  const app = createHttpServer({ logger: pino({ level: 'silent' }), gate: { apiKey: null, corsOrigins: [] } })
  serveWindow(app, { folder: windowFolder })
  await app.ready()
  return app
}

describe('the window over HTTP', () => {
  it('is its page, which may run and load nothing but its own files', async () => {
    await using app = await openWindow(folder)

    const { statusCode, headers, payload } = await app.inject('/')

    expect([statusCode, payload]).toEqual([200, '<!doctype html><title>Penstock</title>'])
    expect(headers['content-type']).toContain('text/html')
    expect(headers).toMatchObject({
      'content-security-policy': WINDOW_POLICY,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    })
    for (const directive of [
      "default-src 'self'",
      "script-src 'self'",
      "object-src 'none'",
      "frame-ancestors 'none'",
    ])
      expect(WINDOW_POLICY).toContain(directive)
    expect(WINDOW_POLICY).not.toContain('unsafe')
  })

  it('lets browsers keep what has its content in its name', async () => {
    await using app = await openWindow(folder)

    const { headers } = await app.inject('/assets/index-B3xYz0aQ.js')

    expect(headers['content-type']).toContain('javascript')
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
  })

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/%2e%2e/secret.txt',
    '/assets',
    '/x.js',
  ])('shows nothing at %s', async (url) => {
    await using app = await openWindow(folder)

    const { statusCode, payload } = await app.inject(url)

    expect(statusCode).toBe(404)
    expect(payload).not.toContain('classified')
  })

  it.each([null, '/nowhere/at/all'])('says that it has not been built (%s)', async (windowFolder) => {
    await using app = await openWindow(windowFolder)

    const { statusCode, headers, payload } = await app.inject('/')

    expect(statusCode).toBe(503)
    expect(headers['content-type']).toContain('text/html')
    expect(headers['content-security-policy']).toBe(WINDOW_POLICY)
    expect(payload).toContain('npm run build')
  })
})
