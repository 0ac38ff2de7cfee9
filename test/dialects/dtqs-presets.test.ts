import { expect, test } from 'vitest'
import { NO_FILTERS, toListQuery } from '../../src/renderer/screens/tasks/tasks-search.ts'
import { READY_VIEWS } from '../../src/renderer/screens/tasks/views/task-views.ts'
import { findPreset, toPresetList } from '../../src/server/dialects/dtqs/presets.ts'

const NOW = Date.UTC(2026, 10, 21, 12)

test('the window has a view for every preset of dtqs', () => {
  expect(READY_VIEWS.map(({ preset }) => preset)).toEqual(toPresetList().presets.map(({ name }) => name))
})

test.each(READY_VIEWS.filter(({ preset }) => preset !== 'high_priority_pending'))(
  'the view “$name” lists what the preset $preset lists',
  ({ preset, filters }) => {
    expect(toListQuery(filters, NOW, [])).toEqual(findPreset(preset).toQuery(NOW))
  },
)

test('what dtqs calls PENDING is several states; the view has the one of that name', () => {
  const { states, ...rest } = findPreset('high_priority_pending').toQuery(NOW)
  expect(states).toContain('pending')
  const view = READY_VIEWS.find(({ preset }) => preset === 'high_priority_pending')
  expect(toListQuery(view?.filters ?? NO_FILTERS, NOW, [])).toEqual({ ...rest, states: ['pending'] })
})
