import { describe, expect, it } from 'vitest'
import { BrokerError } from '../../shared/domain/errors.ts'
import { formatRemoteAddress, parseRemoteAddress } from './remote-address.ts'

describe('an address', () => {
  it.each([
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['localhost:8080', 'http://localhost:8080'],
    ['queue.example.org', 'http://queue.example.org'],
    [' https://Queue.Example.org:443/base// ', 'https://queue.example.org/base'],
    ['http://[::1]:8000/', 'http://[::1]:8000'],
  ])('%s is %s', (text, expected) => {
    expect(formatRemoteAddress(parseRemoteAddress(text))).toBe(expected)
  })

  it.each([
    ['', 'no address'],
    ['http://', 'no address'],
    ['::::', 'no address'],
    ['ftp://example.org', 'only http and https'],
    ['javascript://alert(1)', 'only http and https'],
    ['file:///etc/passwd', 'no address'],
    ['http://user:secret@example.org', 'no user or password'],
    ['http://example.org/?key=1', "no '?'"],
    [`http://${'x'.repeat(3000)}`, 'too long'],
  ])('%s is refused', (text, words) => {
    expect(() => parseRemoteAddress(text)).toThrow(BrokerError)
    expect(() => parseRemoteAddress(text)).toThrow(words)
  })

  it('never repeats a password that was in it', () => {
    expect(() => parseRemoteAddress('http://user:hunter2@example.org')).not.toThrow('hunter2')
  })
})
