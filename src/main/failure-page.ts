import type { StartUpAction } from '../shared/contract/bridge.ts'
import type { StartFailure } from './start/describe-failure.ts'

/** Has a style and one script of its own; whatever the message says, nothing of it runs. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Beside the page; see `app-scheme.ts`. */
export const FAILURE_SCRIPT_PATH = '/start-up-failed.js'

const LABELS: Readonly<Record<StartUpAction, string>> = {
  'try-again': 'Try again',
  'choose-data-folder': 'Choose another data folder…',
  'choose-tasks-folder': 'Choose another tasks folder…',
  'open-data-folder': 'Open the data folder',
  quit: 'Quit',
}

/** The page shown in the window's place when the engine could not start. */
export function answerWithFailure(failure: StartFailure): Response {
  return answer(failurePage(failure), 'text/html')
}

/** Reports what is clicked, and keeps to the theme that was chosen in the window. */
export function answerWithFailureScript(): Response {
  return answer(SCRIPT, 'text/javascript')
}

function answer(body: string, type: string): Response {
  return new Response(body, {
    headers: {
      'Content-Type': `${type}; charset=utf-8`,
      'Content-Security-Policy': POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
}

const SCRIPT = `
let theme = null
try { theme = localStorage.getItem('penstock.theme') } catch {}
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
document.addEventListener('click', (event) => {
  const action = event.target.closest('button')?.dataset.action
  if (action === undefined) return
  if (action !== 'open-data-folder') {
    for (const button of document.querySelectorAll('button')) button.disabled = true
    document.querySelector('[role=status]')?.replaceChildren(action === 'try-again' ? 'Trying again…' : '')
  }
  window.penstock.startUp(action)
})
addEventListener('DOMContentLoaded', () => document.querySelector('button')?.focus())
`

const STYLE = `
    :root {
      color-scheme: light; --canvas: #fbfbfc; --panel: #fff; --border: #e5e6e9; --control: #d5d7db; --hover: #f3f4f5;
      --text: #191b1f; --text-2: #5a606a; --accent: #0e7490; --accent-hover: #0b6179; --on-accent: #fff; --bad: #b42318;
      font: 13px/20px 'Inter Variable', Inter, system-ui, 'Segoe UI', sans-serif;
    }
    @media (prefers-color-scheme: dark) { :root:not([data-theme='light']) { DARK } }
    :root[data-theme='dark'] { DARK }
    body { margin: 0; background: var(--canvas); color: var(--text) }
    main {
      box-sizing: border-box; max-width: 600px; margin: max(24px, 16vh) auto 24px; padding: 24px 28px; border-radius: 12px;
      border: 1px solid var(--border); background: var(--panel);
    }
    h1 { margin: 0 0 4px; font-size: 13px; font-weight: 500; color: var(--bad) }
    h2 { margin: 0 0 12px; font-size: 20px; line-height: 28px; font-weight: 600 }
    p { margin: 0 0 12px; overflow-wrap: anywhere }
    .quiet { color: var(--text-2) }
    pre {
      max-height: 180px; margin: 0 0 12px; padding: 12px; overflow: auto; border-radius: 6px; background: var(--canvas);
      font: 12px/18px 'JetBrains Mono', ui-monospace, Consolas, monospace; white-space: pre-wrap; overflow-wrap: anywhere;
    }
    summary { cursor: pointer; margin-bottom: 8px; color: var(--text-2) }
    .actions { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 20px }
    button {
      height: 32px; padding: 0 12px; border: 1px solid var(--control); border-radius: 6px; background: var(--panel);
      color: inherit; font: inherit; font-weight: 500;
    }
    button:hover { background: var(--hover) }
    button:first-child { border-color: var(--accent); background: var(--accent); color: var(--on-accent) }
    button:first-child:hover { background: var(--accent-hover) }
    button:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
    button:disabled { opacity: .55 }
`.replaceAll(
  'DARK',
  `color-scheme: dark; --canvas: #0f1113; --panel: #15171a; --border: #25282d; --control: #33373e; --hover: #1b1e22;
      --text: #e8eaed; --text-2: #a2a8b1; --accent: #38a9c0; --accent-hover: #4fbcd2; --on-accent: #04171c; --bad: #ff8f8a;`,
)

/** What is wrong and what can be done, as text and buttons. */
export function failurePage({ title, message, details, actions }: StartFailure): string {
  const buttons = actions.map(
    (action) => `<button type="button" data-action="${action}">${escapeHtml(LABELS[action])}</button>`,
  )
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>Penstock could not start</title>
  <style>${STYLE}</style>
  <script src="${FAILURE_SCRIPT_PATH}"></script>
  <main role="alert">
    <h1>Penstock could not start</h1>
    <h2>${escapeHtml(title)}</h2>
    <p>${escapeHtml(message)}</p>
    ${details === null ? '' : `<details><summary>Where it failed</summary><pre>${escapeHtml(details)}</pre></details>`}
    <p class="quiet">Penstock has changed nothing.</p>
    <div class="actions">${buttons.join('')}</div>
    <p class="quiet" role="status"></p>
  </main>
</html>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}
