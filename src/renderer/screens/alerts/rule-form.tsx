import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AlertRule } from '../../../shared/domain/alert.ts'
import { DEFAULT_ALERT_RULES } from '../../../shared/domain/alert-rules.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { describeFailure } from '../../app/failure.ts'
import { useModEnter } from '../../app/keys/use-mod-enter.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextInput } from '../../ui/field.tsx'
import { showToast } from '../../ui/toast/toast-store.ts'
import { ALERT_TITLES, describeRule, THRESHOLD_FIELDS } from './alert-words.ts'
import styles from './alerts.module.css'
import { draftOfRule, readRuleDraft, type RuleDraft } from './rule-draft.ts'

interface RuleFormProps {
  readonly rule: AlertRule
  readonly onClose: () => void
}

/** The thresholds of one rule; open alerts are looked at anew with them at once. */
export function RuleForm({ rule, onClose }: RuleFormProps) {
  const { client } = useBroker()
  const queryClient = useQueryClient()
  const [draft, setDraft] = useState<RuleDraft>(() => draftOfRule(rule))
  const { changes, problems } = readRuleDraft(rule, draft)
  const { mutate, isPending, error } = useMutation({
    mutationFn: (wanted: NonNullable<typeof changes>) =>
      client.alerts.updateRule({ type: rule.type, changes: wanted }),
    onSuccess: async () => {
      showToast({ tone: 'success', message: `Changed: ${ALERT_TITLES[rule.type]}` })
      onClose()
      await queryClient.invalidateQueries()
    },
  })
  const save = () => {
    if (changes !== null && !isPending) mutate(changes)
  }
  const form = useModEnter<HTMLFormElement>(save)
  const { label, unit } = THRESHOLD_FIELDS[rule.type]
  return (
    <Dialog
      title={ALERT_TITLES[rule.type]}
      description={changes === null ? describeRule(rule) : describeRule({ ...rule, ...changes })}
      isOpen
      onClose={onClose}
      footer={
        <>
          {error !== null && (
            <p className={styles.refusal} role="alert">
              {describeFailure(error).message}
            </p>
          )}
          <Button
            variant="ghost"
            onClick={() => setDraft(draftOfRule(DEFAULT_ALERT_RULES[rule.type]))}
            className={styles.defaults}
          >
            Use the defaults
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            onClick={save}
            isBusy={isPending}
            disabledReason={changes === null ? 'Some of it cannot be' : null}
          >
            Save
          </Button>
        </>
      }
    >
      <form ref={form} className={styles.form} onSubmit={(event) => event.preventDefault()}>
        <TextInput
          label={`${label} (${unit})`}
          value={draft.threshold}
          onChange={(threshold) => setDraft({ ...draft, threshold })}
          inputMode="decimal"
          problem={problems?.threshold}
        />
        {rule.type === 'HIGH_FAILURE_RATE' && (
          <TextInput
            label="Of at least (tasks)"
            value={draft.minimumCount}
            onChange={(minimumCount) => setDraft({ ...draft, minimumCount })}
            inputMode="numeric"
            problem={problems?.minimumCount}
            hint="With fewer, a share means little"
          />
        )}
        <TextInput
          label="Not again within (minutes)"
          value={draft.cooldown}
          onChange={(cooldown) => setDraft({ ...draft, cooldown })}
          inputMode="decimal"
          problem={problems?.cooldown}
          hint="After it was over, so that what comes and goes does not shout"
        />
      </form>
    </Dialog>
  )
}
