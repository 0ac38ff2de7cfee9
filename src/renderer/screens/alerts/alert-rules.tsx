import { Pencil } from 'lucide-react'
import { useState } from 'react'
import type { AlertRule } from '../../../shared/domain/alert.ts'
import { useBroker } from '../../app/broker-connection.tsx'
import { QueryContent } from '../../app/frame/query-content.tsx'
import { useAction } from '../../app/use-action.ts'
import { useUnchangeable } from '../../app/use-lacking.ts'
import { Button } from '../../ui/button.tsx'
import { formatDuration } from '../../ui/format/duration.ts'
import { Switch } from '../../ui/switch.tsx'
import { ALERT_TITLES, describeRule } from './alert-words.ts'
import styles from './alerts.module.css'
import { RuleForm } from './rule-form.tsx'
import { useAlertRules } from './use-alerts.ts'

/** What makes the broker raise an alert. */
export function AlertRules() {
  const { client } = useBroker()
  const rules = useAlertRules()
  const act = useAction()
  const unchangeable = useUnchangeable('alertRules')
  const [edited, setEdited] = useState<AlertRule | null>(null)
  const setEnabled = ({ type }: AlertRule, isEnabled: boolean) =>
    void act(
      async () => {
        await client.alerts.updateRule({ type, changes: { isEnabled } })
        return isEnabled ? `Watching again: ${ALERT_TITLES[type]}` : `Watching no more: ${ALERT_TITLES[type]}`
      },
      `The rule stays ${isEnabled ? 'off' : 'on'}.`,
    )
  return (
    <QueryContent query={rules} what="rules">
      {(all) => (
        <ul className={styles.alerts} aria-label="Rules">
          {all.map((rule) => (
            <li key={rule.type} className={styles.rule} data-enabled={rule.isEnabled}>
              <Switch
                label={ALERT_TITLES[rule.type]}
                isOn={rule.isEnabled}
                onChange={(isOn) => setEnabled(rule, isOn)}
                isLabelHidden
                isDisabled={unchangeable !== null}
              />
              <div className={styles.what}>
                <p className={styles.title}>
                  {ALERT_TITLES[rule.type]} <span className={styles.word}>{rule.severity}</span>
                </p>
                <p className={styles.message}>{describeRule(rule)}</p>
                <p className={styles.note}>
                  {rule.isEnabled
                    ? `Not raised again within ${formatDuration(rule.cooldownMs)} of its end`
                    : 'Off: raises nothing'}
                </p>
              </div>
              <Button
                icon={Pencil}
                disabledReason={unchangeable}
                onClick={() => setEdited(rule)}
                aria-label={`Change ${ALERT_TITLES[rule.type]}`}
              >
                Change…
              </Button>
            </li>
          ))}
          {edited !== null && <RuleForm rule={edited} onClose={() => setEdited(null)} />}
        </ul>
      )}
    </QueryContent>
  )
}
