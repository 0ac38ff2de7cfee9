import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveFilesOf } from './window-files.ts'

describe('the files of the window', () => {
  let parent: string
  const ask = (url: string, method = 'GET') =>
    serveFilesOf(path.join(parent, 'renderer'))(new Request(url, { method }))

  beforeAll(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'penstock-window-'))
    await mkdir(path.join(parent, 'renderer', 'assets'), { recursive: true })
    await mkdir(path.join(parent, 'renderer-secret'))
    await writeFile(path.join(parent, 'renderer', 'index.html'), '<h1>Penstock</h1>')
    await writeFile(path.join(parent, 'renderer', 'assets', 'index-1.js'), 'export {}')
    await writeFile(path.join(parent, 'renderer', 'notes.unknown'), 'kind unknown')
    await writeFile(path.join(parent, 'secret.json'), '{}')
    await writeFile(path.join(parent, 'renderer-secret', 'index.js'), 'secret')
  })
  afterAll(() => rm(parent, { recursive: true }))

  it('are served with their content type and a policy without inline scripts', async () => {
    const page = await ask('app://bundle/index.html')
    expect(page.status).toBe(200)
    expect(await page.text()).toBe('<h1>Penstock</h1>')
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    expect(page.headers.get('content-security-policy')).toMatch(/script-src 'self';.*frame-ancestors 'none'/)
    const script = await ask('app://bundle/assets/index-1.js')
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  })

  it.each([
    'app://bundle/',
    'app://bundle/missing.js',
    'app://bundle/assets',
    'app://bundle/notes.unknown',
    'app://bundle/..%2fsecret.json',
    'app://bundle/%2e%2e/secret.json',
    'app://bundle/assets/..%2f..%2fsecret.json',
    'app://bundle/..%2frenderer-secret/index.js',
    'app://bundle/..%5csecret.json',
    'app://bundle//etc/hosts.json',
    'app://bundle/index.html%00.js',
    'app://bundle/%',
  ])('do not include %s', async (url) => {
    const answer = await ask(url)
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'")
  })

  it('are read, not written', async () => {
    expect((await ask('app://bundle/index.html', 'POST')).status).toBe(404)
  })
})
