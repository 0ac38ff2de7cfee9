import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { Component, ComponentState } from '../../../shared/domain/resilience.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { QueryContent } from '../../app/frame/query-content.tsx'
import { useAction } from '../../app/use-action.ts'
import { useLiveQuery } from '../../live/use-live-query.ts'
import { useUnchangeable } from '../../app/use-lacking.ts'
import { Button } from '../../ui/button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { COMPONENT_NAMES, STRATEGY_NAMES } from './degradation-words.ts'
import { DegradeDialog } from './degrade-dialog.tsx'
import { Setting } from './setting.tsx'
import styles from './settings.module.css'

/** What the broker stands on, and going on with less while a part ails. */
export function HealthPanel() {
  const { client, live, queries } = useBroker()
  const act = useAction()
  const unchangeable = useUnchangeable('resilience')
  const [marked, setMarked] = useState<Component | null>(null)
  const resilience = useLiveQuery({
    live,
    query: queries.resilience.get.queryOptions(),
    everyMs: 5_000,
    idleMs: 10_000,
  })
  const clear = (component: Component) =>
    void act(async () => {
      await client.resilience.clear({ component })
      return `${COMPONENT_NAMES[component]} counts as well again`
    }, 'The mark is still there.')
  return (
    <Panel
      title="Health"
      note={resilience.data === undefined ? null : `${resilience.data.score} % of the parts are well`}
    >
      <QueryContent query={resilience} what="state of the parts">
        {({ components }) =>
          components.map((component) => (
            <Setting
              key={component.name}
              label={COMPONENT_NAMES[component.name]}
              note={<Note component={component} />}
            >
              <Mark component={component} />
              {component.degradation === null ? (
                <Button disabledReason={unchangeable} onClick={() => setMarked(component.name)}>
                  Go on with less…
                </Button>
              ) : (
                <Button disabledReason={unchangeable} onClick={() => clear(component.name)}>
                  Back to normal
                </Button>
              )}
            </Setting>
          ))
        }
      </QueryContent>
      {marked !== null && <DegradeDialog component={marked} onClose={() => setMarked(null)} />}
    </Panel>
  )
}

function Note({ component: { detail, degradation } }: { readonly component: ComponentState }) {
  if (degradation === null) return detail
  return (
    <>
      {STRATEGY_NAMES[degradation.strategy].name}
      {degradation.fallbackQueue !== null && ` ${degradation.fallbackQueue}`}
      {degradation.claimsPerSecond !== null && `, ${degradation.claimsPerSecond} a second`}
      {', ends '}
      <RelativeTime at={degradation.until} />
    </>
  )
}

function Mark({ component: { isHealthy, degradation } }: { readonly component: ComponentState }) {
  const isWell = isHealthy && degradation === null
  const Icon = isWell ? CircleCheck : TriangleAlert
  return (
    <span className={styles.health} data-look={isHealthy ? (isWell ? 'well' : 'less') : 'ill'}>
      <Icon size={14} strokeWidth={1.75} aria-hidden />
      {isHealthy ? (isWell ? 'Well' : 'With less') : 'Ails'}
    </span>
  )
}
