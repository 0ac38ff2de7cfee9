import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { CirclePlay, Copy, Keyboard, ListChecks, Plus, Search, SunMoon } from 'lucide-react'
import { WINDOW_ACTIONS } from '../../../shared/contract/window-commands.ts'
import { copyText } from '../../ui/copy-text.ts'
import { showToast } from '../../ui/toast/toast-store.ts'
import { useBroker } from '../broker-connection.tsx'
import { MOD_KEY } from '../keys/mod-key.ts'
import { overlay } from '../overlay-store.ts'
import { PAGES } from '../pages.ts'
import { runSampleLoad } from '../sample-load.ts'
import { useHandlerOptions } from '../submit/use-handler-options.ts'
import { chooseTheme, THEME_CHOICES } from '../theme.ts'
import { useStatus } from '../use-status.ts'
import { isTaskId, matchEntries, type IconEntry, type PaletteMatch } from './palette-entries.ts'
import { useConnectionEntries } from './use-connection-entries.ts'
import { useSteeringEntries } from './use-steering-entries.ts'

/** More than these nobody reads; another letter tells them apart. */
const MAX_STEERING = 30

/** What the palette offers for a text: pages, actions, queues and workers to steer, and tasks by id or by what they contain. */
export function usePaletteMatches(text: string): readonly PaletteMatch<IconEntry>[] {
  const fixed = useFixedEntries()
  const steering = useSteeringEntries()
  const search = useSearchEntries(text.trim())
  // There may be hundreds of queues: they are offered once something of them is typed.
  const steered = text.trim() === '' ? [] : matchEntries(steering, text).slice(0, MAX_STEERING)
  return [...matchEntries(fixed, text), ...steered, ...search.map((entry) => ({ entry, range: null }))]
}

/** What is always offered; the menu bar of the desktop app offers the same, by the ids. */
export function useFixedEntries(): readonly IconEntry[] {
  const { client, connection } = useBroker()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const handlers = useHandlerOptions()
  const { data: status } = useStatus()
  const address = status?.listeners[0]?.address

  const pages = PAGES.map(({ path, title, icon, key }): IconEntry => ({
    id: `page:${path}`,
    group: 'Pages',
    title,
    icon,
    keys: ['G', key.toUpperCase()],
    run: () => void navigate({ to: path }),
  }))
  const submits = handlers.map(({ value, hint }): IconEntry => ({
    id: `submit:${value}`,
    group: 'Actions',
    title: `Submit ${value}…`,
    note: hint,
    icon: Plus,
    run: () => overlay.openSubmit({ name: value }),
  }))
  const themes = THEME_CHOICES.map((choice): IconEntry => ({
    id: `theme:${choice}`,
    group: 'Actions',
    title: WINDOW_ACTIONS[`theme:${choice}`],
    keywords: 'switch colour color mode',
    icon: SunMoon,
    run: () => chooseTheme(choice),
  }))
  const copyAddress = (text: string): IconEntry => ({
    id: 'copy-address',
    group: 'Actions',
    title: WINDOW_ACTIONS['copy-address'],
    note: text.replace(/^https?:\/\//, ''),
    icon: Copy,
    run: () => void copyText(text).then(() => showToast({ tone: 'success', message: `Copied ${text}` })),
  })
  const sampleLoad: IconEntry = {
    id: 'sample',
    group: 'Actions',
    title: WINDOW_ACTIONS.sample,
    note: '2,000 tasks in one minute',
    icon: CirclePlay,
    run: () => void runSampleLoad(client, queryClient),
  }
  const switches = useConnectionEntries()
  return [
    ...pages,
    ...switches,
    {
      id: 'submit',
      group: 'Actions',
      title: WINDOW_ACTIONS.submit,
      keywords: 'new enqueue send',
      icon: Plus,
      keys: ['N'],
      run: () => overlay.openSubmit(),
    },
    ...submits,
    ...(connection === null ? [sampleLoad] : []),
    ...(address === undefined ? [] : [copyAddress(address)]),
    ...themes,
    {
      id: 'shortcuts',
      group: 'Actions',
      title: WINDOW_ACTIONS.shortcuts,
      keywords: 'help keys',
      icon: Keyboard,
      keys: ['?'],
      run: () => overlay.open('shortcuts'),
    },
  ]
}

function useSearchEntries(text: string): readonly IconEntry[] {
  const navigate = useNavigate()
  if (text.length < 2) return []
  if (isTaskId(text)) {
    return [
      {
        id: 'task',
        group: 'Tasks',
        title: 'Open this task',
        note: text,
        icon: ListChecks,
        run: () => void navigate({ to: '/tasks', search: { task: text.toLowerCase() } }),
      },
    ]
  }
  return [
    {
      id: 'search',
      group: 'Tasks',
      title: `Find tasks with “${text}”`,
      note: 'in id, name, input, error or metadata',
      icon: Search,
      keys: [MOD_KEY, 'Enter'],
      run: () => void navigate({ to: '/tasks', search: { text } }),
    },
  ]
}
