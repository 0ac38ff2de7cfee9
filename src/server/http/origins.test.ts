import { describe, expect, it } from 'vitest'
import { corsHeaders, createOriginPolicy, preflightHeaders } from './origins.ts'

describe('which pages may talk to the server', () => {
  const policy = createOriginPolicy(['https://dash.example'])

  it.each([
    ['http://localhost:3000', 'loopback'],
    ['https://127.0.0.1', 'loopback'],
    ['http://127.255.0.9:1', 'loopback'],
    ['http://[::1]:8080', 'loopback'],
    ['http://192.168.1.5:8080', 'loopback'],
    ['https://dash.example', 'configured'],
    ['HTTPS://DASH.example', 'configured'],
    ['https://dash.example:444', 'refused'],
    ['http://dash.example', 'refused'],
    ['http://192.168.1.5:9090', 'refused'],
    ['http://128.0.0.1', 'refused'],
    ['http://localhost.evil.example', 'refused'],
    ['null', 'refused'],
    ['', 'refused'],
  ] as const)('a page of %s, asking 192.168.1.5:8080, is %s', (origin, verdict) => {
    expect(policy.judge(origin, '192.168.1.5:8080')).toBe(verdict)
  })

  it('null stays refused when it is configured', () => {
    expect(createOriginPolicy(['null', '*']).judge('null', 'localhost:8080')).toBe('refused')
  })
})

describe('what lets a page read an answer', () => {
  it('names the page, and everybody only when every page is allowed', () => {
    expect(corsHeaders(createOriginPolicy([]), 'http://localhost:3000')).toMatchObject({
      'access-control-allow-origin': 'http://localhost:3000',
      vary: 'Origin',
    })
    expect(corsHeaders(createOriginPolicy(['*']), 'http://x.example')).toMatchObject({
      'access-control-allow-origin': '*',
    })
  })

  it('repeats the headers that are asked for, unless they are no list of names', () => {
    expect(preflightHeaders('content-type, x-api-key')['access-control-allow-headers']).toBe(
      'content-type, x-api-key',
    )
    expect(preflightHeaders('a\r\nset-cookie: b')['access-control-allow-headers']).toBe('*')
    expect(preflightHeaders(undefined)['access-control-allow-headers']).toBe('*')
  })
})
