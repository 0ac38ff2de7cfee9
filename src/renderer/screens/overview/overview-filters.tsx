import { useNavigate } from '@tanstack/react-router'
import { ChevronDown } from 'lucide-react'
import type { Queue } from '../../../shared/domain/queue.ts'
import { Button } from '../../ui/button.tsx'
import { formatShortCount } from '../../ui/format/count.ts'
import { Menu, MenuChoice } from '../../ui/menu.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import type { OverviewPeriod } from './overview-search.ts'

const PERIOD_CHOICES: readonly { readonly value: OverviewPeriod; readonly label: string }[] = [
  { value: '15m', label: '15 min' },
  { value: '1h', label: '1 h' },
  { value: '24h', label: '24 h' },
]

/** A queue's name is never empty, so this stands for all of them. */
const ALL = ''

interface OverviewFiltersProps {
  readonly period: OverviewPeriod
  readonly queue: string | undefined
  readonly queues: readonly Queue[]
}

export function OverviewFilters({ period, queue, queues }: OverviewFiltersProps) {
  const navigate = useNavigate({ from: '/' })
  return (
    <>
      <Segmented
        label="Period"
        choices={PERIOD_CHOICES}
        value={period}
        onChange={(next) =>
          void navigate({ search: (search) => ({ ...search, period: next }), replace: true })
        }
      />
      <Menu
        trigger={
          <Button>
            <span className="truncate">{queue ?? 'All queues'}</span>
            <ChevronDown size={14} strokeWidth={1.75} aria-hidden />
          </Button>
        }
      >
        <MenuChoice
          label="Queue"
          choices={[
            { value: ALL, label: 'All queues' },
            ...queues.map(({ name, counts }) => ({
              value: name,
              label: name,
              hint: formatShortCount(counts.pending),
            })),
          ]}
          value={queue ?? ALL}
          onChange={(next) =>
            void navigate({
              search: (search) => ({ ...search, queue: next === ALL ? undefined : next }),
              replace: true,
            })
          }
        />
      </Menu>
    </>
  )
}
