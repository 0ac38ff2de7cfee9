import { expect, it } from 'vitest'
import { failurePage } from './failure-page.ts'

it('shows what went wrong as text, whatever is in it', () => {
  const page = failurePage(`<script>alert("1")</script> & 'more'`)
  expect(page).toContain('&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62; &#38; &#39;more&#39;')
  expect(page).not.toContain('<script>')
})
