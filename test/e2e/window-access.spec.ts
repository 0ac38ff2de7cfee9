import { expect } from '@playwright/test'
import { keepPicture } from './served-window.ts'
import type { HeadlessServer } from './headless-server.ts'
import { findBarriers, test } from './shared-window.ts'

const READY = 'Ready to look at'

/** What a page shows once it has been read. */
const PAGES = [
  ['workflows', READY],
  ['schedules', READY],
  ['alerts?view=rules', 'No worker takes tasks'],
  ['analytics?period=1h', 'Failure patterns'],
  ['api', 'Submit a task'],
  ['settings', 'Remote connections'],
] as const

for (const colorScheme of ['light', 'dark'] as const) {
  test(`everybody can read plans, figures and settings when it is ${colorScheme}`, async ({
    server,
    window,
    visit,
  }) => {
    const id = await prepare(server)
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const [address, shown] of PAGES) {
      await visit(`/${address}`)
      await expect(window.getByRole('main').getByText(shown).first()).toBeVisible()
      await keepPicture(window, `${address.replace(/\W.*/, '')}-${colorScheme}`)
      expect(await findBarriers(window), address).toEqual([])
    }

    await visit(`/workflows?open=${id}&node=two`)
    await expect(window.getByRole('complementary', { name: 'Node two' })).toBeVisible()
    expect(await findBarriers(window), 'the graph of a workflow').toEqual([])
    await visit('/schedules')
    await window.getByRole('button', { name: READY }).first().click()
    await expect(window.getByRole('complementary')).toContainText('At 09:00 on Monday')
    expect(await findBarriers(window), 'a schedule').toEqual([])
    await window.getByRole('button', { name: 'Edit…' }).click()
    await expect(window.getByRole('dialog').getByRole('list', { name: 'Next fires' })).toContainText('09:00')
    expect(await findBarriers(window), 'the form of a schedule').toEqual([])
  })
}

test('every page fits a window of 900 by 600', async ({ server, window, visit }) => {
  await prepare(server)
  await window.setViewportSize({ width: 900, height: 600 })
  for (const [address, shown] of PAGES) {
    await visit(`/${address}`)
    await expect(window.getByRole('main').getByText(shown).first()).toBeVisible()
    const excess = () => window.getByRole('main').evaluate((main) => main.scrollWidth - main.clientWidth)
    await expect.poll(excess, address).toBeLessThanOrEqual(0)
  }
})

/** A schedule, and a workflow whose id it answers. */
async function prepare(server: HeadlessServer): Promise<string> {
  const task = { name: 'sleep', kwargs: '{"ms":1,"token":"x"}' }
  const { schedules } = await server.call<{ schedules: { name: string }[] }>('/rpc/schedules/list', {})
  if (!schedules.some(({ name }) => name === READY))
    await server.call('/rpc/schedules/create', {
      name: READY,
      timing: { kind: 'cron', expression: '0 9 * * 1', timeZone: 'UTC' },
      task,
    })
  const nodes = [
    { key: 'one', parents: [], onFailure: 'fail', task },
    { key: 'two', parents: ['one'], onFailure: 'fail', task },
  ]
  return (await server.call<{ id: string }>('/rpc/workflows/submit', { name: READY, nodes })).id
}
