import { useQuery } from '@tanstack/react-query'
import type { ComboboxOption } from '../../ui/combobox.tsx'
import { useBroker } from '../broker-connection.tsx'

/** The handlers that can run here, as suggestions for a task's name. */
export function useHandlerOptions(): readonly ComboboxOption[] {
  const { queries } = useBroker()
  const { data } = useQuery(queries.handlers.queryOptions({ staleTime: 5_000 }))
  return (data?.handlers ?? []).map(({ name, file }) => ({ value: name, hint: file ?? 'built in' }))
}

/** An input that shows something for the built-in handlers; an empty object for any other. */
export function sampleInputOf(name: string): string {
  return SAMPLE_INPUTS[name] ?? '{}'
}

const SAMPLE_INPUTS: Readonly<Record<string, string>> = {
  demo: '{ "message": "Hello",\n  "count": 5 }',
  sleep: '{ "seconds": 3 }',
  fail: '{ "message": "It broke" }',
}
