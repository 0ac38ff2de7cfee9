import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import {
  DEFAULT_DEGRADATION_MS,
  DEFAULT_FALLBACK_QUEUE,
  DEGRADATION_STRATEGIES,
  MAX_DEGRADATION_MS,
  type Component,
  type DegradationStrategy,
} from '../../../shared/domain/resilience.ts'
import { QUEUE_NAME_PATTERN } from '../../../shared/domain/limits.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { describeFailure } from '../../app/failure.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { showToast } from '../../ui/toast/toast-store.ts'
import { COMPONENT_NAMES, STRATEGY_NAMES } from './degradation-words.ts'
import styles from './settings.module.css'

const MINUTE_MS = 60_000

interface DegradeDialogProps {
  readonly component: Component
  readonly onClose: () => void
}

/** How to go on while a part ails, and for how long. */
export function DegradeDialog({ component, onClose }: DegradeDialogProps) {
  const { client } = useBroker()
  const queryClient = useQueryClient()
  const id = useId()
  const [strategy, setStrategy] = useState<DegradationStrategy>('return_cached')
  const [minutes, setMinutes] = useState(String(DEFAULT_DEGRADATION_MS / MINUTE_MS))
  const [queue, setQueue] = useState(DEFAULT_FALLBACK_QUEUE)
  const ttlMs = minutes.trim() === '' ? Number.NaN : Math.round(Number(minutes) * MINUTE_MS)
  const isTimeRight = ttlMs >= 1000 && ttlMs <= MAX_DEGRADATION_MS
  const isQueueRight = strategy !== 'queue_to_fallback' || QUEUE_NAME_PATTERN.test(queue)
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      client.resilience.markDegraded({
        component,
        strategy,
        ttlMs,
        ...(strategy === 'queue_to_fallback' ? { fallbackQueue: queue } : {}),
      }),
    onSuccess: async () => {
      showToast({
        tone: 'success',
        message: `${COMPONENT_NAMES[component]}: ${STRATEGY_NAMES[strategy].name.toLowerCase()} for ${minutes} minutes`,
      })
      onClose()
      await queryClient.invalidateQueries()
    },
  })
  return (
    <Dialog
      title={`${COMPONENT_NAMES[component]}: go on with less`}
      description="For as long as the part ails. It ends by itself, and outlives a restart."
      isOpen
      onClose={onClose}
      width="wide"
      footer={
        <>
          {error !== null && (
            <p className={styles.refusal} role="alert">
              {describeFailure(error).message}
            </p>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            isBusy={isPending}
            disabledReason={isTimeRight && isQueueRight ? null : 'Some of it cannot be'}
            onClick={() => mutate()}
          >
            Go on with less
          </Button>
        </>
      }
    >
      <fieldset className={styles.choices}>
        <legend className={styles.label}>How</legend>
        {DEGRADATION_STRATEGIES.map((choice) => (
          <div key={choice} className={styles.choice}>
            <input
              id={`${id}-${choice}`}
              type="radio"
              name="strategy"
              checked={strategy === choice}
              onChange={() => setStrategy(choice)}
              aria-describedby={`${id}-${choice}-does`}
            />
            <p>
              <label htmlFor={`${id}-${choice}`} className={styles.label}>
                {STRATEGY_NAMES[choice].name}
              </label>{' '}
              <span id={`${id}-${choice}-does`} className={styles.note}>
                {STRATEGY_NAMES[choice].does}
              </span>
            </p>
          </div>
        ))}
      </fieldset>
      <div className={styles.pair}>
        <TextInput
          label="For (minutes)"
          value={minutes}
          onChange={setMinutes}
          inputMode="decimal"
          problem={isTimeRight ? null : 'From a second to a day.'}
        />
        {strategy === 'queue_to_fallback' && (
          <TextInput
            label="Queue"
            value={queue}
            onChange={setQueue}
            problem={isQueueRight ? null : 'Letters, digits and _ . : - only; at most 128.'}
          />
        )}
      </div>
    </Dialog>
  )
}
