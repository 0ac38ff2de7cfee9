/** The mark: a pipe that turns, and what it feeds. */
export function Logo() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden>
      <rect width="20" height="20" rx="5" fill="var(--color-accent-fill)" />
      <g fill="none" stroke="var(--color-on-accent)" strokeWidth="1.75" strokeLinecap="round">
        <path d="M5.5 5v7.5a2 2 0 0 0 2 2h7" />
        <path d="M9.5 6h5M9.5 10.2h3.2" />
      </g>
    </svg>
  )
}
