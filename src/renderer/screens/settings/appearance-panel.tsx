import { chooseTheme, useThemeChoice } from '../../app/theme.ts'
import { chooseDensity, useDensity } from '../../ui/density.ts'
import { Panel } from '../../ui/panel.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Setting } from './setting.tsx'

const THEMES = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const
const DENSITIES = [
  { value: 'regular', label: 'Regular' },
  { value: 'compact', label: 'Compact' },
] as const

export function AppearancePanel() {
  return (
    <Panel title="Appearance" note="of this window, on this computer">
      <Setting label="Theme">
        <Segmented label="Theme" choices={THEMES} value={useThemeChoice()} onChange={chooseTheme} />
      </Setting>
      <Setting label="Density" note="Height of the rows of a list">
        <Segmented label="Density" choices={DENSITIES} value={useDensity()} onChange={chooseDensity} />
      </Setting>
    </Panel>
  )
}
