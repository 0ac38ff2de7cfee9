import { expect } from '@playwright/test'
import { keepPicture } from './served-window.ts'
import { test, toast } from './shared-window.ts'

test('a workflow is written, drawn, submitted, and followed to its end by keyboard', async ({
  window,
  visit,
}) => {
  await visit('/workflows')
  await window.getByRole('button', { name: 'New workflow…' }).click()
  const form = window.getByRole('dialog', { name: 'New workflow' })
  const source = form.getByLabel('Workflow (JSON)')
  await source.fill(
    '{"name":"Loop","nodes":[{"key":"a","parents":["b"],"task":{"name":"sleep"}},{"key":"b","parents":["a"],"task":{"name":"sleep"}}]}',
  )
  await expect(source).toHaveAccessibleDescription(/closes a cycle/)
  const node = (key: string, parents: readonly string[]) => ({
    key,
    parents,
    task: { name: 'sleep', kwargs: { ms: 30 } },
  })
  const nodes = [
    node('start', []),
    node('left', ['start']),
    node('right', ['start']),
    node('end', ['left', 'right']),
  ]
  await source.fill(JSON.stringify({ name: 'Diamond', nodes }))
  await expect(form.getByRole('group', { name: 'How it will run' })).toContainText('right')
  await keepPicture(window, 'workflow-form')
  await form.getByRole('button', { name: 'Submit workflow' }).click()

  const graph = window.getByRole('group', { name: 'Graph of Diamond' })
  await expect(graph.getByRole('button')).toHaveCount(4)
  await expect(window.getByRole('main').getByText('4 / 4')).toBeVisible()
  await expect(graph.getByRole('button', { name: /^end/ })).toContainText('Succeeded')
  await keepPicture(window, 'workflow-graph')

  await graph.getByRole('button', { name: /^start/ }).focus()
  await window.keyboard.press('ArrowRight')
  await window.keyboard.press('ArrowRight')
  await expect(graph.getByRole('button', { name: /^end/ })).toBeFocused()
  await window.keyboard.press('Enter')
  const drawer = window.getByRole('complementary', { name: 'Node end' })
  await expect(drawer).toContainText('left')
  await drawer.getByRole('button', { name: 'right' }).click()
  await expect(window.getByRole('complementary', { name: 'Node right' })).toBeVisible()
  await window.keyboard.press('Escape')
  await expect(window.getByRole('complementary')).toBeHidden()
})

test.describe('up to its deletion', () => {
  // What is looked at again while its deletion is answered is gone, and that is what the broker says.
  test.use({ mayBeRefused: 'workflows/get' })

  test('a workflow that runs is cancelled, then deleted with its tasks', async ({
    server,
    window,
    visit,
  }) => {
    const node = (key: string, parents: readonly string[]) => ({
      key,
      parents,
      onFailure: 'fail',
      task: { name: 'sleep', kwargs: '{"seconds":60}' },
    })
    const { id } = await server.call<{ id: string }>('/rpc/workflows/submit', {
      name: 'Long one',
      nodes: [node('first', []), node('second', ['first'])],
    })
    await visit('/workflows')
    await window.getByRole('button', { name: 'Long one' }).click()
    const graph = window.getByRole('group', { name: 'Graph of Long one' })
    await expect(graph.getByRole('button', { name: /^first/ })).toContainText('Running')
    await expect(graph.getByRole('button', { name: /^second/ })).toContainText('Waits for 1')

    await window.getByRole('button', { name: 'Cancel…' }).click()
    await window.getByRole('dialog').getByRole('button', { name: 'Ask to stop' }).click()
    await expect(graph.getByRole('button', { name: /^first/ })).toContainText('Cancelled')
    await expect(graph.getByRole('button', { name: /^second/ })).toContainText('Cancelled')

    await window.getByRole('button', { name: 'Delete…' }).click()
    await window.getByRole('dialog').getByRole('button', { name: 'Delete 2 tasks' }).click()
    await expect(toast(window, 'Deleted Long one with its 2 tasks')).toBeVisible()
    await expect(window.getByRole('button', { name: 'Long one' })).toHaveCount(0)
    await expect(server.call('/rpc/workflows/get', { id })).rejects.toThrow('WORKFLOW_NOT_FOUND')
  })
})
