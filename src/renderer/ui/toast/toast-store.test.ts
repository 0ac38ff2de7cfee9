import { afterEach, describe, expect, it } from 'vitest'
import { dismissToast, showToast, toastStore } from './toast-store.ts'

afterEach(() => toastStore.setState({ toasts: [] }))

const messages = () => toastStore.getState().toasts.map(({ message }) => message)

describe('toasts', () => {
  it('never cover the page: the oldest makes room for the fourth', () => {
    for (const message of ['one', 'two', 'three', 'four']) showToast({ tone: 'plain', message })

    expect(messages()).toEqual(['two', 'three', 'four'])
  })

  it('go one by one, also when they say the same', () => {
    showToast({ tone: 'plain', message: 'same' })
    showToast({ tone: 'plain', message: 'same' })
    const [first] = toastStore.getState().toasts

    dismissToast(first?.id ?? -1)

    expect(messages()).toEqual(['same'])
  })
})
