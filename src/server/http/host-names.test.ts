import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createHostNames, onlyHost } from './host-names.ts'

const socketAt = (localAddress: string) =>
  Object.defineProperty(new Socket(), 'localAddress', { value: localAddress })

describe('the names of a listener', () => {
  it('are the loopback names with its port', () => {
    const names = createHostNames([])
    names.listenOn({ address: '127.0.0.1', family: 'IPv4', port: 8080 })

    for (const host of ['127.0.0.1:8080', 'localhost:8080', 'LocalHost:8080', '[::1]:8080'])
      expect(names.isOwn(host, socketAt('127.0.0.1'))).toBe(true)
    for (const host of [
      'localhost',
      'localhost:80',
      'localhost:08080',
      '192.168.1.5:8080',
      'penstock.lan:8080',
      '::1:8080',
    ])
      expect(names.isOwn(host, socketAt('127.0.0.1'))).toBe(false)
  })

  it('may leave out port 80, and no other', () => {
    const names = createHostNames([])
    names.listenOn({ address: '127.0.0.1', family: 'IPv4', port: 80 })

    expect(names.isOwn('localhost', socketAt('127.0.0.1'))).toBe(true)
    expect(names.isOwn('localhost:80', socketAt('127.0.0.1'))).toBe(true)
    expect(names.isOwn('localhost:8080', socketAt('127.0.0.1'))).toBe(false)
  })

  it('include the configured ones and the address it listens on', () => {
    const names = createHostNames(['Penstock.lan'])
    names.listenOn({ address: '192.168.1.5', family: 'IPv4', port: 8080 })

    expect(names.isOwn('penstock.lan:8080', socketAt('192.168.1.5'))).toBe(true)
    expect(names.isOwn('192.168.1.5:8080', socketAt('192.168.1.5'))).toBe(true)
    expect(names.isOwn('192.168.1.6:8080', socketAt('192.168.1.5'))).toBe(false)
  })

  it.each([
    ['0.0.0.0', '10.0.0.7', '10.0.0.7:8080'],
    ['::', '::ffff:10.0.0.7', '10.0.0.7:8080'],
    ['::', 'fd00::7', '[fd00::7]:8080'],
  ])('listening on %s are also the address a request came in on', (address, localAddress, host) => {
    const names = createHostNames([])
    names.listenOn({ address, family: 'IPv6', port: 8080 })

    expect(names.isOwn(host, socketAt(localAddress))).toBe(true)
    expect(names.isOwn('10.0.0.8:8080', socketAt(localAddress))).toBe(false)
    expect(names.isOwn('0.0.0.0:8080', socketAt(localAddress))).toBe(false)
  })
})

describe('the Host of a request', () => {
  it('is there once, or not at all', () => {
    expect(onlyHost(['Accept', 'x', 'hOsT', 'a:1'])).toBe('a:1')
    expect(onlyHost(['Host', 'a:1', 'Host', 'a:1'])).toBeNull()
    expect(onlyHost(['Hosts', 'a:1'])).toBeNull()
    expect(onlyHost([])).toBeNull()
  })
})
