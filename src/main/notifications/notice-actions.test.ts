import { describe, expect, it, vi } from 'vitest'
import type { Broker } from '../../shared/domain/broker.ts'
import { createWindowMessages } from '../desktop-port/window-messages.ts'
import type { DesktopSettingsStore } from '../preferences/desktop-settings.ts'
import { createNoticeActions } from './notice-actions.ts'
import type { Notice } from './notification-plan.ts'

const TASK = '0199b2c4-7a1e-7c3d-9f00-aa117b02f9c4'
const NOTICE: Notice = {
  title: 'resize failed',
  body: '',
  page: 'dead-letters',
  notable: {
    kind: 'task',
    subject: 'task:default/resize',
    label: 'resize',
    title: 'resize failed',
    body: '',
    taskId: TASK,
    alertType: null,
  },
}
const SUMMARY: Notice = { ...NOTICE, notable: null }

function open(replay: Broker['replay']) {
  const messages = createWindowMessages()
  const showWindow = vi.fn<() => void>()
  const showPage = vi.fn<(page: string) => void>()
  const mute = vi.fn<DesktopSettingsStore['mute']>()
  const settings = { mute } as Partial<DesktopSettingsStore> as DesktopSettingsStore
  const actions = createNoticeActions({
    broker: () => ({ replay }),
    settings,
    messages,
    showWindow,
    showPage,
  })
  const said = async () => (await messages.read(undefined).next()).value as unknown
  return { actions, said, showWindow, showPage, mute }
}

describe('the buttons of a notification', () => {
  it('run a task again once, however often they are pressed', async () => {
    const replay = vi.fn<Broker['replay']>().mockResolvedValue({} as Awaited<ReturnType<Broker['replay']>>)
    const { actions, said, showWindow } = open(replay)
    await Promise.all([actions.retry(NOTICE), actions.retry(NOTICE)])
    expect(replay.mock.calls).toEqual([[TASK, {}]])
    expect(await said()).toEqual({ kind: 'tell', tone: 'success', message: 'Running resize again' })
    expect(showWindow).not.toHaveBeenCalled()
  })

  it('say in the window what could not be done', async () => {
    const { actions, said, showWindow } = open(() => Promise.reject(new Error('There is no such task.')))
    await actions.retry(NOTICE)
    expect(await said()).toEqual({
      kind: 'tell',
      tone: 'failure',
      message: 'resize was not run again. There is no such task.',
    })
    expect(showWindow).toHaveBeenCalledOnce()
  })

  it('open the task, or of a summary the page', async () => {
    const { actions, said, showPage } = open(() => Promise.reject(new Error('not asked')))
    actions.open(NOTICE)
    expect(await said()).toEqual({ kind: 'open-task', taskId: TASK })
    actions.open(SUMMARY)
    expect(showPage.mock.calls).toEqual([['dead-letters']])
  })

  it('mute tasks of that name, or of a summary everything', () => {
    const { actions, mute } = open(() => Promise.reject(new Error('not asked')))
    actions.mute(NOTICE)
    actions.mute(SUMMARY)
    expect(mute.mock.calls.map(([{ subject }]) => subject)).toEqual(['task:default/resize', 'everything'])
  })
})
