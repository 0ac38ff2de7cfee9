import type { NotificationSettings } from '../../../shared/contract/desktop-contract.ts'
import { ALERT_TYPES, type AlertType } from '../../../shared/domain/alert.ts'
import { Checkbox } from '../../ui/checkbox.tsx'
import { Switch } from '../../ui/switch.tsx'
import { ALERT_TITLES } from '../alerts/alert-words.ts'
import { readTimeText, toTimeText } from './quiet-hours.ts'
import { Setting } from './setting.tsx'
import styles from './settings.module.css'

interface NotificationsSettingProps {
  readonly settings: NotificationSettings
  readonly onChange: (settings: NotificationSettings) => void
}

/** What is worth a notification, and when none is wanted. */
export function NotificationsSetting({ settings, onChange }: NotificationsSettingProps) {
  const { failedTasks, alerts, quietHours } = settings
  const change = (changes: Partial<NotificationSettings>) => onChange({ ...settings, ...changes })
  const toggle = (type: AlertType, isOn: boolean) =>
    change({ alerts: ALERT_TYPES.filter((known) => (known === type ? isOn : alerts.includes(known))) })
  const setTime = (end: 'from' | 'until', text: string) => {
    const minutes = readTimeText(text)
    if (minutes !== null) change({ quietHours: { ...quietHours, [end]: minutes } })
  }
  return (
    <>
      <Setting
        label="Notifications of failed tasks"
        note="Of those that became dead letters, while the window is not in front; many at once come as one"
      >
        <Switch
          label="Notifications of failed tasks"
          isLabelHidden
          isOn={failedTasks}
          onChange={(isOn) => change({ failedTasks: isOn })}
        />
      </Setting>
      <Setting label="Notifications of alerts" note="By rule">
        <div className={styles.checks} role="group" aria-label="Notifications of alerts">
          {ALERT_TYPES.map((type) => (
            <label key={type} className={styles.check}>
              <Checkbox
                label={ALERT_TITLES[type]}
                isChecked={alerts.includes(type)}
                onChange={(isOn) => toggle(type, isOn)}
              />
              <span aria-hidden>{ALERT_TITLES[type]}</span>
            </label>
          ))}
        </div>
      </Setting>
      <Setting label="Quiet hours" note="What happens then is summed up in one notification at their end">
        {quietHours.isOn && (
          <>
            <TimeInput
              label="Quiet from"
              minutes={quietHours.from}
              onChange={(text) => setTime('from', text)}
            />
            <span className={styles.note}>to</span>
            <TimeInput
              label="Quiet until"
              minutes={quietHours.until}
              onChange={(text) => setTime('until', text)}
            />
          </>
        )}
        <Switch
          label="Quiet hours"
          isLabelHidden
          isOn={quietHours.isOn}
          onChange={(isOn) => change({ quietHours: { ...quietHours, isOn } })}
        />
      </Setting>
    </>
  )
}

interface TimeInputProps {
  readonly label: string
  readonly minutes: number
  readonly onChange: (text: string) => void
}

const TimeInput = ({ label, minutes, onChange }: TimeInputProps) => (
  <input
    type="time"
    className={styles.time}
    aria-label={label}
    defaultValue={toTimeText(minutes)}
    onBlur={(event) => onChange(event.target.value)}
    required
  />
)
