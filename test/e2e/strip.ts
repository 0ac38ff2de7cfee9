import type { Locator, Page } from '@playwright/test'

// While a page's code is loaded, the page of before is there too, hidden, with a strip of its own.

/** What says that the window has its broker. */
export const connected = (window: Page): Locator =>
  window.getByText('Connected', { exact: true }).filter({ visible: true })

/** Where the window says that its broker listens, as `127.0.0.1:40123`. */
export const shownAddress = (window: Page): Locator =>
  window.getByText(/^127\.0\.0\.1:\d+$/).filter({ visible: true })
