import { describe, expect, it } from 'vitest'
import { createLeaseBook, type NewLease } from './lease-book.ts'

const lease = (taskId: string, more: Partial<NewLease> = {}): NewLease => ({
  taskId,
  leaseToken: `token-${taskId}`,
  workerId: 'w',
  name: 't',
  queue: 'q',
  since: 0,
  leaseMs: 100,
  timeoutMs: 1000,
  ...more,
})
const ids = (leases: readonly { readonly taskId: string }[]) => leases.map(({ taskId }) => taskId)

describe('the lease book', () => {
  it('finds a lease for its worker, under its token, until it runs out', () => {
    const book = createLeaseBook()
    book.add(lease('a'), 1000)
    expect(book.find('w', lease('a'), 1099)).toMatchObject({ taskId: 'a' })
    expect(book.find('w', lease('a'), 1100)).toBeNull()
    expect(book.find('other', lease('a'), 1000)).toBeNull()
    expect(book.find('w', { taskId: 'a', leaseToken: 'old' }, 1000)).toBeNull()
  })

  it('counts a renewal from when it is told, shorter ones too', () => {
    const book = createLeaseBook()
    book.add(lease('a'), 0)
    book.renew(book.find('w', lease('a'), 50)!, 200, 50)
    expect(book.expired(249, 10)).toEqual([])
    expect(ids(book.expired(250, 10))).toEqual(['a'])
    book.renew(book.find('w', lease('a'), 200)!, 10, 200)
    expect(ids(book.expired(210, 10))).toEqual(['a'])
  })

  it('lets no lease run out while an answer about it is on its way', () => {
    const book = createLeaseBook()
    book.add(lease('a'), 0)
    const booked = book.find('w', lease('a'), 0)!
    booked.answering += 1
    expect(book.expired(500, 10)).toEqual([])
    expect(book.overtime(5000, 10)).toEqual([])
    booked.answering -= 1
    expect(ids(book.expired(500, 10))).toEqual(['a'])
  })

  it('counts the limit of an attempt from its lease, and anew from its start', () => {
    const book = createLeaseBook()
    book.add(lease('a', { leaseMs: 10_000 }), 0)
    expect(ids(book.overtime(1000, 10))).toEqual(['a'])
    book.start(book.find('w', lease('a'), 900)!, 7, 900)
    expect(book.overtime(1899, 10)).toEqual([])
    expect(ids(book.overtime(1900, 10))).toEqual(['a'])
    expect(book.heldBy('w')).toMatchObject([{ since: 7 }])
  })

  it('names a lease that ran out once, whatever its limit', () => {
    const book = createLeaseBook()
    book.add(lease('a'), 0)
    expect(ids(book.expired(2000, 10))).toEqual(['a'])
    expect(book.overtime(2000, 10)).toEqual([])
  })

  it('removes a lease, and not a later one of the same task', () => {
    const book = createLeaseBook()
    book.add(lease('a'), 0)
    book.add(lease('a', { leaseToken: 'newer' }), 10)
    book.remove(lease('a'))
    expect(book.heldBy('w')).toHaveLength(1)
    book.remove(lease('a', { leaseToken: 'newer' }))
    expect(book.heldBy('w')).toEqual([])
  })

  it('names no more at once than is asked for', () => {
    const book = createLeaseBook()
    for (const id of ['a', 'b', 'c']) book.add(lease(id, { workerId: id }), 0)
    expect(ids(book.expired(100, 2))).toEqual(['a', 'b'])
  })
})
