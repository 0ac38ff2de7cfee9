/** Has a style of its own and nothing else; whatever the message says, nothing of it runs. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

/** The page shown in the window's place when the engine could not start. */
export function answerWithFailure(message: string): Response {
  return new Response(failurePage(message), {
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': POLICY },
  })
}

/** What is wrong, as text. */
export function failurePage(message: string): string {
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>Penstock could not start</title>
  <style>
    :root { color-scheme: light dark; font: 13px/20px Inter, system-ui, sans-serif }
    main { max-width: 560px; margin: 20vh auto; padding: 0 24px }
    h1 { font-size: 20px; line-height: 28px; font-weight: 600 }
    pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 12px/20px 'JetBrains Mono', ui-monospace, monospace }
  </style>
  <main role="alert">
    <h1>Penstock could not start</h1>
    <pre>${escapeHtml(message)}</pre>
    <p>Nothing was changed. Close this window, put it right, and start again.</p>
  </main>
</html>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}
