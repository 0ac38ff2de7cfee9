import { describe, expect, it } from 'vitest'
import { START_UP_ACTIONS } from '../shared/contract/bridge.ts'
import { answerWithFailure, failurePage } from './failure-page.ts'

const FAILURE = { title: 'It is so', message: 'Put it right.', details: null, actions: START_UP_ACTIONS }

describe('the page of a failed start', () => {
  it('shows what went wrong as text, whatever is in it', () => {
    const hostile = `<script>alert("1")</script> & 'more'`
    const page = failurePage({ ...FAILURE, title: hostile, message: hostile, details: hostile })
    const shown = '&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62; &#38; &#39;more&#39;'
    expect(page.split(shown)).toHaveLength(4)
    expect(page).not.toContain('<script>')
  })

  it('has a button for each thing that can be done', () => {
    const page = failurePage(FAILURE)
    for (const action of START_UP_ACTIONS) expect(page).toContain(`data-action="${action}"`)
  })

  it('runs its own script and nothing else', () => {
    const policy = answerWithFailure(FAILURE).headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
  })
})
