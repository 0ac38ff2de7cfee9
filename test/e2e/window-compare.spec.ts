import { expect } from '@playwright/test'
import { HOSTILE_PAYLOADS } from './hostile-payloads.ts'
import { keepPicture } from './served-window.ts'
import { findBarriers, test } from './shared-window.ts'

test('ticked runs are compared side by side: what differs is marked, secrets stay masked, anybody can read it', async ({
  server,
  window,
  visit,
}) => {
  const hostile = HOSTILE_PAYLOADS[0]!
  for (const [seconds, password, note] of [
    [0.05, 'first-secret', 'same'],
    [0.4, 'other-secret', hostile],
  ] as const)
    await server.submit({
      type: 'sleep',
      queue: 'compared',
      payload: { seconds, password, note, kept: 12345678901 },
    })
  await server.submit({
    type: 'fail',
    queue: 'compared',
    payload: { message: `refused {"token":"said aloud"} ${hostile}` },
    max_retries: 0,
  })
  await expect.poll(() => server.count('compared', ['succeeded', 'failed'])).toBe(3)

  await visit('/tasks?queue=compared&order=oldest')
  const boxes = window.getByRole('grid', { name: 'Tasks' }).getByRole('checkbox', { name: /^Tick / })
  await expect(window.getByRole('row').filter({ hasText: 'sleep' })).toHaveCount(2)
  await window.keyboard.press('j')
  await window.keyboard.press('x')
  await expect(boxes.nth(1)).toBeChecked()
  await window.keyboard.press('v')
  await expect(window.getByRole('status').filter({ hasText: 'tick 2 to 4 tasks' })).toBeVisible()
  for (let count = 0; count < 2; count += 1) {
    await window.keyboard.press('j')
    await window.keyboard.press('x')
  }
  await window.getByRole('button', { name: 'Compare', exact: true }).click()

  await expect(window.getByRole('heading', { name: 'Compare runs', level: 1 })).toBeVisible()
  await expect(window).toHaveURL(/\/tasks\/compare\?runs=/)
  const part = (name: string) => window.getByRole('region', { name, exact: true })
  const field = (name: string) => part('Input').getByRole('row').filter({ hasText: name })
  await expect(field('seconds')).toContainText('0.4')
  await expect(field('password').getByText('Differs')).toHaveCount(2)
  await expect(field('note')).toContainText(JSON.stringify(hostile))
  await expect(part('Error')).toContainText('refused {"token":"••••••"}')
  await expect(part('Error')).not.toContainText('said aloud')
  await expect(window.getByRole('main')).not.toContainText(/-secret/)
  await expect(
    part('Timing').getByRole('list', { name: 'Attempts of all runs on one axis' }).getByRole('listitem'),
  ).toHaveCount(3)
  await expect(part('Timing')).toContainText(/waited .+, ran/)

  for (const colorScheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await keepPicture(window, `compare-${colorScheme}`)
    expect(await findBarriers(window)).toEqual([])
  }

  await window.getByRole('button', { name: 'Leave out C' }).click()
  await expect(field('kept').getByText('Differs')).toHaveCount(0)
  await window.getByRole('switch', { name: 'Only differences' }).click()
  await expect(field('kept')).toHaveCount(0)
  await window.getByRole('radio', { name: 'Lines' }).click()
  await expect(part('Input: from A to B')).toContainText(/\+ +"seconds": 0.4/)
  await expect(window.getByRole('main')).not.toContainText(/-secret/)
  await window.setViewportSize({ width: 900, height: 600 })
  await keepPicture(window, 'compare-narrow')
  const excess = () => window.getByRole('main').evaluate((main) => main.scrollWidth - main.clientWidth)
  await expect.poll(excess).toBeLessThanOrEqual(0)

  await window.reload()
  await window.getByRole('button', { name: 'Show secrets' }).click()
  await expect(field('password')).toContainText('other-secret')
})
