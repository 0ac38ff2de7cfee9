import { describe, expect, it } from 'vitest'
import { autostartEntry, autostartFile } from './autostart-entry.ts'

describe('starting with a session on Linux', () => {
  it('is a file where desktops look for it', () => {
    expect(autostartFile({}, '/home/p')).toBe('/home/p/.config/autostart/penstock.desktop')
    expect(autostartFile({ XDG_CONFIG_HOME: '/etc/mine' }, '/home/p')).toBe(
      '/etc/mine/autostart/penstock.desktop',
    )
    expect(autostartFile({ XDG_CONFIG_HOME: 'relative' }, '/home/p')).toBe(
      '/home/p/.config/autostart/penstock.desktop',
    )
  })

  it('starts that very program, whatever is in its path', () => {
    expect(autostartEntry('/opt/Penstock/penstock')).toContain('\nExec="/opt/Penstock/penstock" --hidden\n')
    expect(autostartEntry('/home/p/100% "mine"/$HOME\\x')).toContain(
      String.raw`Exec="/home/p/100%% \\"mine\\"/\\$HOME\\\\x" --hidden`,
    )
  })
})
