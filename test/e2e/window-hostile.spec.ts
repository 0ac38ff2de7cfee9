import { expect } from '@playwright/test'
import { goTo, test } from './served-window.ts'

const HOSTILE = '<img src=x onerror="window.ranHostile=1"><script>window.ranHostile=1</script>"\'`${1}'

test('hostile text in what is submitted is shown as text and runs nowhere', async ({ server, window }) => {
  await goTo(window, 'Tasks')
  await server.submitAsWindow({ name: HOSTILE, metadata: { [HOSTILE]: HOSTILE } })
  await server.submit({ type: 'fail', payload: { message: HOSTILE, [HOSTILE]: HOSTILE }, max_retries: 0 })

  await expect(window.getByRole('row').filter({ hasText: '<img src=x' }).first()).toBeVisible()
  await window.getByRole('row').filter({ hasText: 'fail' }).first().getByText('fail', { exact: true }).click()
  await expect(window.getByRole('complementary')).toContainText('<script>window.ranHostile=1</script>')
  await goTo(window, 'Overview')
  await goTo(window, 'Events')
  await expect(window.getByText('<img src=x').first()).toBeVisible()

  expect(await window.evaluate(() => 'ranHostile' in window)).toBe(false)
})
