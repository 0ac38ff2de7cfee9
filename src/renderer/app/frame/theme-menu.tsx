import { Monitor, Moon, Sun } from 'lucide-react'
import { Menu, MenuChoice } from '../../ui/menu.tsx'
import { chooseTheme, useThemeChoice, type ThemeChoice } from '../theme.ts'
import styles from './rail.module.css'
import themeStyles from './theme-menu.module.css'

const CHOICES: readonly { readonly value: ThemeChoice; readonly label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

const ICON_OF_CHOICE = { system: Monitor, light: Sun, dark: Moon } as const

export function ThemeMenu() {
  const choice = useThemeChoice()
  const Icon = ICON_OF_CHOICE[choice]
  return (
    <div className={themeStyles.place}>
      <Menu
        trigger={
          <button type="button" className={styles.item} aria-label="Theme" title="Theme">
            <Icon size={16} strokeWidth={1.5} aria-hidden />
            <span className={styles.word}>Theme</span>
          </button>
        }
      >
        <MenuChoice label="Theme" choices={CHOICES} value={choice} onChange={chooseTheme} />
      </Menu>
    </div>
  )
}
