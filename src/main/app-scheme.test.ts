import { describe, expect, it } from 'vitest'
import { isAppUrl } from './app-scheme.ts'

describe('the window’s own origin', () => {
  it.each(['app://bundle/index.html', 'app://bundle/', 'app://bundle/index.html#/tasks?state=failed'])(
    'takes %s as its own',
    (url) => {
      expect(isAppUrl(url)).toBe(true)
    },
  )

  it.each([
    'https://example.com/',
    'https://example.com/?next=app://bundle/index.html',
    'app://bundle.example.com/index.html',
    'app://bundle@example.com/index.html',
    'app://bundle:99/index.html',
    'app://other/index.html',
    'apps://bundle/index.html',
    'file:///index.html',
    'javascript:alert(1)//app://bundle/',
    'about:blank',
    'not a url',
    '',
  ])('takes %s as foreign', (url) => {
    expect(isAppUrl(url)).toBe(false)
  })
})
