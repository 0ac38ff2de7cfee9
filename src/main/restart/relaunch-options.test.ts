import { describe, expect, it } from 'vitest'
import { relaunchOptions } from './relaunch-options.ts'

describe('what a restart starts', () => {
  it('is the same program with the same folders and listeners', () => {
    const argv = ['/opt/Penstock/penstock', '--data', '/data', '--listen', '9000=asynq', '--no-sandbox']
    expect(relaunchOptions(argv, undefined)).toEqual({ args: argv.slice(1) })
  })

  it('shows its window, though this start was hidden, and opens no link again', () => {
    const argv = ['penstock', '--hidden', '--data', '/data', 'penstock://task/x', 'PENSTOCK:submit?name=a']
    expect(relaunchOptions(argv, undefined)).toEqual({ args: ['--data', '/data'] })
  })

  it('is the AppImage itself, not what was unpacked from it', () => {
    expect(relaunchOptions(['/tmp/.mount_x/penstock', '--data', '/d'], '/home/me/Penstock.AppImage')).toEqual(
      {
        args: ['--data', '/d'],
        execPath: '/home/me/Penstock.AppImage',
      },
    )
    expect(relaunchOptions(['penstock'], '')).toEqual({ args: [] })
  })
})
